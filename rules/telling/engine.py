"""Telling: whom it concerns what the engine noticed by itself, and what was taken to somebody higher."""

from typing import Any

from rules.telling.notice import Tell, notice_of
from rules.telling.requests import answerers
from schemas.cycle import Cycle
from schemas.events import (
    ActionEscalated,
    ActionReminded,
    DutyMissed,
    FactCheckDeemed,
    NonResponseDeemed,
    ReminderBounced,
    RequestEscalated,
    RequestReminded,
)
from schemas.notices import Notice, NoticeTemplate
from schemas.people import Role
from schemas.records import Entry


def _silent(entry: Entry, cycle: Cycle, event: NonResponseDeemed) -> tuple[Notice, ...]:
    roles = (Role.FORCE_COORDINATION, Role.CHIEF_CONSTABLE)
    to = (cycle.opened_by.person,)
    facts = {"request": event.request, "due_on": event.due.on}
    return (notice_of(entry, "non_response", to=to, roles=roles, **facts),)


def _given_up(entry: Entry, cycle: Cycle, event: ReminderBounced) -> tuple[Notice, ...]:
    if event.route != "coordination":
        return ()
    facts = {"request": event.request, "due_on": event.due_on}
    return (notice_of(entry, "reminder_undeliverable", to=(cycle.opened_by.person,), **facts),)


def _deemed(entry: Entry, cycle: Cycle, _event: FactCheckDeemed) -> tuple[Notice, ...]:
    return (notice_of(entry, "fact_check_deemed", to=(cycle.opened_by.person,)),)


def _missed(entry: Entry, cycle: Cycle, event: DutyMissed) -> tuple[Notice, ...]:
    """An action that is overdue, to owner and officer; comments that the law asks for, to who answers."""
    officer = cycle.opened_by.person
    if event.duty == "comments":
        roles = (Role.CHIEF_EXECUTIVE, Role.COMMISSIONER)
        return (notice_of(entry, "comments_missed", to=(officer,), roles=roles, due_on=event.due.on),)
    action = cycle.action(event.action or "") if event.duty == "action" else None
    if action is None:
        return ()
    to = tuple(dict.fromkeys((action.owner, officer)))
    return (notice_of(entry, "action_overdue", to=to, action=action.number, due_on=event.due.on),)


def _escalated(entry: Entry, cycle: Cycle, event: Any) -> tuple[Notice, ...]:
    to = tuple(dict.fromkeys((event.to, cycle.opened_by.person)))
    if isinstance(event, RequestEscalated):
        return (notice_of(entry, "escalated", to=to, request=event.request),)
    return (notice_of(entry, "escalated", to=to, action=event.action),)


def _request_reminded(entry: Entry, cycle: Cycle, event: RequestReminded) -> tuple[Notice, ...]:
    request = cycle.request(event.request)
    if request is None or request.due is None:
        return ()
    template: NoticeTemplate = "evidence_reminder" if entry.at < request.due.at else "evidence_overdue"
    to = answerers(request, entry)
    return (notice_of(entry, template, to=to, request=event.request, due_on=event.due_on),)


def _action_reminded(entry: Entry, cycle: Cycle, event: ActionReminded) -> tuple[Notice, ...]:
    action = cycle.action(event.action)
    if action is None:
        return ()
    return (
        notice_of(entry, "action_reminder", to=(action.owner,), action=event.action, due_on=event.due_on),
    )


ENGINE: dict[type, Tell] = {
    DutyMissed: _missed,
    NonResponseDeemed: _silent,
    ReminderBounced: _given_up,
    FactCheckDeemed: _deemed,
    RequestReminded: _request_reminded,
    ActionReminded: _action_reminded,
    RequestEscalated: _escalated,
    ActionEscalated: _escalated,
}
"""Whom it concerns, by the event."""
