"""Telling of sessions: whom it concerns that one is called off, its papers are open, or it was judged."""

from typing import Any

from rules.acting.authority import COMMISSIONERS
from rules.telling.notice import Tell, notice_of
from schemas.cycle import Cycle
from schemas.events import AgendaPublished, AssuranceJudged, PapersPublished, SessionCancelled
from schemas.notices import Notice, NoticeTemplate
from schemas.people import Role
from schemas.records import Entry

CIRCLE = (Role.COMMISSIONER, Role.FORCE_COORDINATION, Role.PANEL_SECRETARIAT)
"""Who is told of every session."""


def _called_off(entry: Entry, cycle: Cycle, event: SessionCancelled) -> tuple[Notice, ...]:
    moved = [(one, cycle.request(one.request)) for one in event.moved]
    waiting = {request.draft.lead for one, request in moved if request and one.due is None}
    return (
        notice_of(entry, "session_cancelled", to=tuple(sorted(waiting)), roles=CIRCLE),
        *(
            notice_of(entry, "due_moved", to=(request.draft.lead,), request=one.request, due_on=one.due.on)
            for one, request in moved
            if request and one.due
        ),
    )


def _opened(template: NoticeTemplate) -> Tell:
    def tell(entry: Entry, _cycle: Cycle, _event: Any) -> tuple[Notice, ...]:
        return (notice_of(entry, template, roles=CIRCLE),)

    return tell


def _judged(entry: Entry, _cycle: Cycle, event: AssuranceJudged) -> tuple[Notice, ...]:
    """The Commissioner, where somebody else recorded it: it is theirs only once they confirm it."""
    if entry.actor.role in COMMISSIONERS:
        return ()
    return (notice_of(entry, "judgement_to_confirm", roles=(Role.COMMISSIONER,), request=event.request),)


SESSIONS: dict[type, Tell] = {
    SessionCancelled: _called_off,
    AssuranceJudged: _judged,
    AgendaPublished: _opened("agenda_published"),
    PapersPublished: _opened("papers_published"),
}
"""Whom what happens to a session's notice concerns, by the event."""
