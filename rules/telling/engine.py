"""Telling: whom it concerns what the engine noticed by itself, and what was taken to somebody higher."""

from typing import Any

from rules.telling.notice import Tell, notice_of
from schemas.cycle import Cycle
from schemas.events import (
    ActionEscalated,
    FactCheckDeemed,
    NonResponseDeemed,
    ReminderBounced,
    RequestEscalated,
)
from schemas.notices import Notice
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


def _escalated(entry: Entry, cycle: Cycle, event: Any) -> tuple[Notice, ...]:
    to = tuple(dict.fromkeys((event.to, cycle.opened_by.person)))
    if isinstance(event, RequestEscalated):
        return (notice_of(entry, "escalated", to=to, request=event.request),)
    return (notice_of(entry, "escalated", to=to, action=event.action),)


ENGINE: dict[type, Tell] = {
    NonResponseDeemed: _silent,
    ReminderBounced: _given_up,
    FactCheckDeemed: _deemed,
    RequestEscalated: _escalated,
    ActionEscalated: _escalated,
}
"""Whom it concerns, by the event."""
