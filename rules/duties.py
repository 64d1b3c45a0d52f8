"""Duties: what the engine itself has to do for a cycle, and when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from rules.calendars import WorkingCalendar
from rules.clocks import due, instant
from rules.deciding.moment import Moment, ask_clock, session_day
from schemas.clocks import Due
from schemas.cycle import Action, Cycle, Request
from schemas.events import AnyEvent, DutyMissed, EvidenceRequested, ReminderBounced, ReminderDelivered
from schemas.notices import Delivery, Notice
from schemas.outcomes import Refused
from schemas.people import Role
from schemas.standards import Rung


@dataclass(frozen=True)
class Duty:
    """Something that falls to the engine at an instant.

    Source: process.clocks
    """

    kind: Literal["ask", "remind", "miss"]
    at: datetime
    request: int | None = None
    action: str | None = None
    rung: int | None = None


def duties(cycle: Cycle, calendar: WorkingCalendar) -> tuple[Duty, ...]:
    """Every duty still to come, soonest first; none while the cycle is paused or over.

    Source: process.clocks
    """
    if cycle.over or cycle.paused_at:
        return ()
    found = [Duty(kind="ask", at=one.ask_at, request=one.request) for one in cycle.planned]
    for request in cycle.requests:
        found += _of_request(cycle, request, calendar)
    for action in cycle.actions:
        found += _of_action(action)
    return tuple(sorted(found, key=lambda one: one.at))


def rung_instant(request: Request, rung: Rung, cycle: Cycle, calendar: WorkingCalendar) -> datetime | None:
    """When a rung of the ladder falls for the request's present due day; None beyond the calendar.

    Source: local.ladder
    Units: working days from the due day, at the reminder hour in London.
    """
    if request.due is None:
        return None
    day: date | Refused = request.due.on
    if rung.offset < 0:
        day = calendar.before(request.due.on, -rung.offset)
    elif rung.offset > 0:
        day = calendar.after(request.due.on, rung.offset)
    return None if isinstance(day, Refused) else instant(day, cycle.standards.reminder_hour)


def pending_rungs(
    cycle: Cycle, request: Request, calendar: WorkingCalendar
) -> tuple[tuple[Rung, datetime], ...]:
    """The rungs still to fire for the present due day, soonest first.

    Rungs that would have come before the day was set stay silent: nobody is chased for what was just asked.

    Source: local.ladder
    """
    if not request.open or request.due is None:
        return ()
    fired = {one.rung for one in request.reminded if one.due_on == request.due.on}
    rungs = []
    for rung in cycle.standards.ladder:
        at = rung_instant(request, rung, cycle, calendar)
        if at and at > request.due_set_at and rung.offset not in fired:
            rungs.append((rung, at))
    return tuple(sorted(rungs, key=lambda one: one[1]))


def asked(cycle: Cycle, duty: Duty, moment: Moment) -> tuple[AnyEvent, ...]:
    """The event of a planned request that goes out now.

    Source: local.back-planning
    """
    planned = next((one for one in cycle.planned if one.request == duty.request), None)
    if planned is None:
        return ()
    clock = ask_clock(planned.draft, cycle.standards, moment)
    found = due(clock, moment.calendar, session_day(cycle))
    falls = found if isinstance(found, Due) else None
    return (EvidenceRequested(request=planned.request, draft=planned.draft, clock=clock, due=falls),)


def missed(cycle: Cycle, duty: Duty) -> tuple[AnyEvent, ...]:
    """The event of a due instant that passed with nothing in hand.

    Source: process.clocks
    """
    if duty.action:
        action = cycle.action(duty.action)
        return (DutyMissed(duty="action", action=action.number, due=action.due),) if action else ()
    request = cycle.request(duty.request or 0)
    if request is None or request.due is None:
        return ()
    return (DutyMissed(duty="return", request=request.number, due=request.due),)


def reminder(cycle: Cycle, number: int, calendar: WorkingCalendar, now: datetime) -> Notice | None:
    """The one reminder that is due for a request now: the latest rung, with those it passes over.

    Source: local.ladder
    """
    request = cycle.request(number)
    if request is None or request.due is None or cycle.paused_at or cycle.over:
        return None
    due_now = [(rung, at) for rung, at in pending_rungs(cycle, request, calendar) if at <= now]
    if not due_now:
        return None
    rung, at = due_now[-1]
    return Notice(
        key=f"{cycle.reference}/{request.number}/rung{rung.offset:+d}/{request.due.on}",
        template="evidence_reminder" if rung.offset <= 0 else "evidence_overdue",
        cycle=cycle.reference,
        to=(request.draft.lead,),
        roles=(Role.FORCE_COORDINATION,) if "coordination" in rung.to else (),
        copy_deputies="deputy" in rung.to,
        request=request.number,
        rung=rung.offset,
        due_on=request.due.on,
        planned_at=at,
        passed_over=tuple(other.offset for other, _ in due_now[:-1]),
    )


def reminded(cycle: Cycle, notice: Notice, delivery: Delivery) -> tuple[AnyEvent, ...]:
    """The event of a reminder that was sent; none for other notices, or where it stands already.

    Source: local.ladder
    """
    request = cycle.request(notice.request or 0)
    if request is None or notice.rung is None or notice.due_on is None:
        return ()
    if any((one.rung, one.due_on) == (notice.rung, notice.due_on) for one in request.reminded):
        return ()
    kind = ReminderDelivered if delivery.delivered else ReminderBounced
    event = kind(
        request=request.number,
        rung=notice.rung,
        due_on=notice.due_on,
        planned_at=notice.planned_at,
        told=delivery.told,
        passed_over=notice.passed_over,
    )
    return (event,)


def still_wanted(cycle: Cycle, notice: Notice) -> bool:
    """Whether a reminder that waited to be sent still tells the truth.

    Source: local.ladder
    """
    if notice.rung is None:
        return True
    request = cycle.request(notice.request or 0)
    if request is None or cycle.over or cycle.paused_at:
        return False
    return request.open and request.due is not None and request.due.on == notice.due_on


def _of_request(cycle: Cycle, request: Request, calendar: WorkingCalendar) -> list[Duty]:
    if not request.open or request.due is None:
        return []
    found = [
        Duty(kind="remind", at=at, request=request.number, rung=rung.offset)
        for rung, at in pending_rungs(cycle, request, calendar)
    ]
    if not request.late:
        found.append(Duty(kind="miss", at=request.due.at, request=request.number))
    return found


def _of_action(action: Action) -> list[Duty]:
    if action.state != "confirmed" or action.missed:
        return []
    return [Duty(kind="miss", at=action.due.at, action=action.number)]
