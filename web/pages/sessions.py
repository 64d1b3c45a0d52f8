"""One session of a cycle: its notice, agenda, attendance, what was said and voted, and draft notes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reference.working import working_calendar
from rules.acting.authority import MAY
from rules.clocks import civil
from rules.meeting.agenda import agenda_with
from rules.meeting.minutes import day_of, minutes
from rules.meeting.noticing import notice_of
from schemas.board_pages import MeetingToJoin
from schemas.clocks import Due
from schemas.cycle import Cycle, Session
from schemas.outcomes import Refused
from schemas.people import Person, Role
from schemas.rows import CyclePage
from schemas.sessions import AgendaItem
from web.acting.scenes import cycle_page
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import Rooms, rooms
from web.forms.catalogue import FORMS
from web.forms.form import Form
from web.showing.notes import notes
from web.showing.notes import titles as titles_by
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES, Role.PANEL_SECRETARIAT))]
TO_COME = ("MoveSession", "CancelSession", "PublishAgenda", "RecordAttendance")
ANY_TIME = ("PublishPapers", "DeclareInterest", "AskQuestion")
HELD = ("JudgeAssurance", "RecordVote")
SHARED = (*TO_COME, "PublishPapers")
"""What is done to the whole meeting where a session is part of one."""


@router.get("/cycles/{reference}/sessions/{number}")
async def one(request: Request, reference: str, number: int, person: Reader) -> Response:
    """One session, and what I may do about it."""
    page = await cycle_page(request, reference)
    session = session_of(page, number)
    here = rooms(request)
    titles = await titles_of(here)
    proposed = await _proposed(here, page, session)
    say = await words_of(here, page, proposed)
    return render(
        request, "sessions/one.html", title=f"Session {number} of {reference}", cycle=page.cycle,
        session=session, named=page.named_on(day_of(session)), say=say.say, titles=titles,
        owed=owed(page.cycle, session), key=key_of(session),
        proposed=proposed,
        quorum=minutes(page.cycle, session).quorum, offers=offers(person, session, page.cycle),
        notes=notes(page, session, titles) if session.held_at else "",
        joinable=await _joinable(here, person, page.cycle, session),
        back=(f"/cycles/{reference}", f"Cycle {reference}"),
    )  # fmt: skip


@router.get("/cycles/{reference}/sessions/{number}/notes.md")
async def draft(request: Request, reference: str, number: int, _person: Reader) -> Response:
    """The draft notes of a session as a file."""
    page = await cycle_page(request, reference)
    session = session_of(page, number)
    said = notes(page, session, await titles_of(rooms(request)))
    name = f"notes-{reference.lower()}-{number}.md"
    return Response(
        said,
        media_type="text/markdown; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def session_of(page: CyclePage, number: int) -> Session:
    """The session of that number.

    Raises: HTTPException: there is none.
    """
    found = page.cycle.session(number)
    if found is None:
        raise HTTPException(404)
    return found


def owed(cycle: Cycle, session: Session) -> Due | None:
    """When the notice of a session is owed."""
    calendar = working_calendar(cycle.calendar)
    return None if isinstance(calendar, Refused) else notice_of(cycle, session, calendar)


def key_of(session: Session) -> str:
    """The key of a session's notice among the deadlines."""
    return f"{'panel-notice' if session.forum == 'panel' else 'notice'}/{session.number}"


def offers(person: Person, session: Session, cycle: Cycle) -> list[Form]:
    """What a person may do about a session now."""
    if cycle.over or session.cancelled_at:
        return []
    if person.role == Role.PANEL_SECRETARIAT and session.forum != "panel":
        return []
    kinds = [*(TO_COME if session.coming else HELD), *ANY_TIME]
    kinds += ["RecordAnswer"] if session.questions else []
    if session.meeting:
        kinds = [one for one in kinds if one not in SHARED]
    if not (session.rules and session.rules.votes_by):
        kinds = [one for one in kinds if one != "RecordVote"]
    return [FORMS[kind] for kind in kinds if person.role in MAY[kind]]


async def titles_of(here: Rooms) -> dict[str, str]:
    """How people and seats are shown, by id."""
    return titles_by(await here.reads.people(), here.forums)


async def words_of(here: Rooms, page: CyclePage, proposed: Iterable[AgendaItem]) -> CyclePage:
    """The page with the words of other cycles' items that its agendas name."""
    refs = {item.title for session in page.cycle.sessions for one in session.agendas for item in one.agenda}
    refs |= {one.title for one in proposed}
    missing = refs - set(page.words)
    more = await here.reads.words(missing) if missing else {}
    return page.model_copy(update={"words": {**more, **page.words}})


async def _proposed(here: Rooms, page: CyclePage, session: Session) -> tuple[AgendaItem, ...]:
    """The agenda that the record proposes, where none was published."""
    if session.agendas or not session.coming:
        return ()
    lent = await here.reads.lent_items((page.cycle.reference,), civil(session.starts_at))
    return agenda_with((page.cycle,), lent.items, civil(session.starts_at))


async def _joinable(here: Rooms, person: Person, cycle: Cycle, session: Session) -> tuple[MeetingToJoin, ...]:
    """The meetings of other cycles that a session could become part of."""
    if session.meeting or not session.coming or FORMS["MoveSession"] not in offers(person, session, cycle):
        return ()
    return await here.reads.meetings_to_join(session.forum, cycle.reference)


def same_hour(starts: list[datetime]) -> bool:
    """Whether several sessions start together."""
    return len(set(starts)) <= 1
