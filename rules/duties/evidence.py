"""Duties about evidence: what is planned, days that were missed, silence, claims that come to their end."""

from datetime import datetime

from rules.calendars import WorkingCalendar
from rules.clocks import due, instant, suspended
from rules.deciding.moment import Moment, ask_clock, session_day
from rules.duties.duty import Duty
from rules.duties.ladder import pending_rungs
from rules.publishing.withholding import lapsing
from schemas.clocks import Due
from schemas.cycle import Cycle, Request
from schemas.events import AnyEvent, DutyMissed, EvidenceRequested, NonResponseDeemed, SensitivityLapsed
from schemas.outcomes import Refused

NOTHING_IN = frozenset({"asked", "acknowledged", "sent_back"})
"""States in which nothing has come since it was last asked for."""


def of_planned(cycle: Cycle) -> list[Duty]:
    """The planned requests, each to be sent at its instant.

    Source: local.back-planning
    """
    return [Duty(kind="ask", at=one.ask_at, request=one.request) for one in cycle.planned if one.ask_at]


def of_request(cycle: Cycle, request: Request, calendar: WorkingCalendar) -> list[Duty]:
    """Reminders, the miss and the deemed non-response of one request; none while its clock stands still.

    Source: local.ladder
    """
    if not request.open or request.due is None or suspended(request.clock):
        return []
    found = [
        Duty(kind="remind", at=at, request=request.number, rung=rung.offset)
        for rung, at in pending_rungs(cycle, request, calendar)
    ]
    if not request.late:
        found.append(Duty(kind="miss", at=request.due.at, request=request.number))
    if at := _silent_since(cycle, request, calendar):
        found.append(Duty(kind="non_response", at=at, request=request.number))
    return found


def of_claims(cycle: Cycle) -> list[Duty]:
    """Claims of sensitivity that withhold something, each to lapse as the day after its last begins.

    Source: process.commands
    """
    return [Duty(kind="lapse", at=one.at, request=one.request, claim=one.claim) for one in lapsing(cycle)]


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


def deemed_silent(cycle: Cycle, duty: Duty) -> tuple[AnyEvent, ...]:
    """The event of a silence that has lasted so long that it is taken as no answer.

    Source: local.ladder
    """
    request = cycle.request(duty.request or 0)
    if request is None or request.due is None:
        return ()
    days = cycle.standards.overdue_escalates_after
    return (NonResponseDeemed(request=request.number, due=request.due, after_days=days),)


def lapsed(cycle: Cycle, duty: Duty) -> tuple[AnyEvent, ...]:
    """The event of a claim whose last day has passed.

    Source: process.commands
    """
    request = cycle.request(duty.request or 0)
    claims = request.claims if request else ()
    return tuple(
        SensitivityLapsed(request=duty.request or 0, claim=claim.number)
        for claim in claims
        if claim.number == duty.claim and claim.withholds
    )


def _silent_since(cycle: Cycle, request: Request, calendar: WorkingCalendar) -> datetime | None:
    """When silence is taken as no answer: once for each due day. Units: working days after the due day."""
    if request.due is None or request.state not in NOTHING_IN or request.due.on in request.deemed:
        return None
    day = calendar.after(request.due.on, cycle.standards.overdue_escalates_after)
    if isinstance(day, Refused):
        return None
    return max(instant(day, cycle.standards.reminder_hour), request.due_set_at)
