"""Notices: whom an event concerns, and what they are told."""

from collections.abc import Callable, Iterable
from typing import Any

from rules.apply import apply
from rules.telling.engine import ENGINE
from rules.telling.findings import FINDINGS
from rules.telling.notice import ACTIONS, notice_of
from rules.telling.requests import REQUESTS, answerers
from rules.telling.sessions import SESSIONS
from schemas.changes import CalendarChanged, StandardsChanged
from schemas.cycle import Cycle
from schemas.events import (
    ActionConfirmed,
    ActionProposed,
    CycleCancelled,
    EvidenceRequested,
    ExtensionGranted,
    ExtensionRefused,
    FindingsApproved,
    FindingsDrafted,
    FindingsPublished,
    RequestWithdrawn,
    ReturnAccepted,
    ReturnSentBack,
    SessionFixed,
    SessionMoved,
)
from schemas.notices import Notice, NoticeTemplate
from schemas.people import Role
from schemas.records import Entry

ABOUT_ACTIONS: frozenset[NoticeTemplate] = frozenset({"action_claimed", "action_verified", "action_overdue"})
"""The latest letters: a run that has passed such an event without one goes on without it."""
LATER: frozenset[NoticeTemplate] = frozenset({"judgement_to_confirm", *ABOUT_ACTIONS})
"""Letters about events that were there before the letters were."""


def about_actions(notice: Notice) -> bool:
    """Whether what happens to an action was not told at first, so that a run's record has no letter of it.

    Source: process.commands
    """
    return notice.template in ABOUT_ACTIONS


def known_before(notice: Notice) -> bool:
    """Whether a run of before the whole process would have sent a notice too; it goes on as it was.

    Source: process.commands
    """
    return notice.template not in LATER


def notices(entry: Entry, cycle: Cycle) -> tuple[Notice, ...]:
    """What has to be told because of an entry, in the order in which it is sent.

    Source: process.commands
    """
    told = TOLD.get(type(entry.event))
    return told(entry, cycle, entry.event) if told else ()


def told_by(entries: Iterable[Entry], cycle: Cycle | None) -> tuple[Notice, ...]:
    """What has to be told because of an act, by the cycle as it stood before it.

    Source: process.commands
    """
    found: list[Notice] = []
    for entry in entries:
        cycle = apply(cycle, entry)
        found += notices(entry, cycle)
    return tuple(found)


def _to_lead(template: NoticeTemplate) -> Callable[[Entry, Cycle, Any], tuple[Notice, ...]]:
    def tell(entry: Entry, cycle: Cycle, event: Any) -> tuple[Notice, ...]:
        request = cycle.request(event.request)
        if request is None:
            return ()
        return (
            notice_of(
                entry,
                template,
                to=answerers(request, entry),
                request=request.number,
                due_on=request.due.on if request.due else None,
            ),
        )

    return tell


def _session(template: NoticeTemplate) -> Callable[[Entry, Cycle, Any], tuple[Notice, ...]]:
    def tell(entry: Entry, cycle: Cycle, event: Any) -> tuple[Notice, ...]:
        officer = notice_of(
            entry,
            template,
            roles=(Role.COMMISSIONER, Role.FORCE_COORDINATION, Role.PANEL_SECRETARIAT),
        )
        return (officer, *_moved(entry, cycle, event))

    return tell


def _moved(entry: Entry, cycle: Cycle, event: Any) -> tuple[Notice, ...]:
    return tuple(
        notice_of(entry, "due_moved", to=(request.draft.lead,), request=request.number, due_on=one.due.on)
        for one in event.moved
        if one.due and (request := cycle.request(one.request))
    )


def _action_proposed(entry: Entry, _cycle: Cycle, event: ActionProposed) -> tuple[Notice, ...]:
    roles = (Role.FORCE_COORDINATION,) if entry.actor.side == "opcc" else (Role.POLICY_OFFICER,)
    notice = notice_of(
        entry, "action_proposed", to=(event.owner,), roles=roles, action=event.action, due_on=event.due.on
    )
    return (notice,)


def _action_confirmed(entry: Entry, cycle: Cycle, event: ActionConfirmed) -> tuple[Notice, ...]:
    action = cycle.action(event.action)
    if action is None:
        return ()
    to = (action.owner, action.proposed_by.person)
    return (notice_of(entry, "action_confirmed", to=to, action=action.number, due_on=action.due.on),)


def _drafted(entry: Entry, _cycle: Cycle, _event: FindingsDrafted) -> tuple[Notice, ...]:
    return (notice_of(entry, "findings_to_sign", roles=(Role.CHIEF_EXECUTIVE,)),)


def _approved(entry: Entry, _cycle: Cycle, _event: FindingsApproved) -> tuple[Notice, ...]:
    first = entry.actor.role == Role.CHIEF_EXECUTIVE
    roles = (Role.COMMISSIONER,) if first else (Role.PUBLICATION_OFFICER,)
    return (notice_of(entry, "findings_to_sign", roles=roles),)


def _published(entry: Entry, cycle: Cycle, _event: FindingsPublished) -> tuple[Notice, ...]:
    roles = (Role.PANEL_SECRETARIAT, Role.FORCE_COORDINATION)
    return (notice_of(entry, "findings_published", to=(cycle.opened_by.person,), roles=roles),)


def _cancelled(entry: Entry, cycle: Cycle, _event: CycleCancelled) -> tuple[Notice, ...]:
    leads = tuple(sorted({one.draft.lead for one in cycle.requests if one.state != "withdrawn"}))
    return (notice_of(entry, "cycle_cancelled", to=leads, roles=(Role.FORCE_COORDINATION,)),)


TOLD: dict[type, Callable[[Entry, Cycle, Any], tuple[Notice, ...]]] = {
    EvidenceRequested: _to_lead("evidence_requested"),
    RequestWithdrawn: _to_lead("request_withdrawn"),
    ReturnSentBack: _to_lead("return_sent_back"),
    ReturnAccepted: _to_lead("return_accepted"),
    ExtensionGranted: _to_lead("extension_granted"),
    ExtensionRefused: _to_lead("extension_refused"),
    SessionFixed: _session("session_fixed"),
    SessionMoved: _session("session_moved"),
    ActionProposed: _action_proposed,
    ActionConfirmed: _action_confirmed,
    FindingsDrafted: _drafted,
    FindingsApproved: _approved,
    FindingsPublished: _published,
    CycleCancelled: _cancelled,
    CalendarChanged: _moved,
    StandardsChanged: _moved,
    **ACTIONS,
    **FINDINGS,
    **REQUESTS,
    **SESSIONS,
    **ENGINE,
}
