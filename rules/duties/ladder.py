"""The ladder: which rung falls when, to whom it goes, and what is written down when it was sent."""

from datetime import date, datetime, timedelta

from rules.acting.delegation import delegates
from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant, suspended
from schemas.cycle import Cycle, Request
from schemas.events import AnyEvent, ReminderBounced, ReminderDelivered
from schemas.notices import Delivery, Notice
from schemas.outcomes import Refused
from schemas.people import Role
from schemas.standards import Recipient, Rung

ROUTES: tuple[Recipient, ...] = ("lead", "deputy", "coordination")
"""Where a reminder goes, one after the other, until somebody gets it."""
RUNNING = timedelta(days=1)
"""Nobody is reminded on two days running of the same thing, unless more people are told."""


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
    So do rungs on the day after another that told as many: a due day that moved chases nobody twice running.

    Source: local.ladder
    """
    if not request.open or request.due is None or suspended(request.clock):
        return ()
    fired = {one.rung for one in request.reminded if one.due_on == request.due.on}
    rungs = []
    for rung in cycle.standards.ladder:
        at = rung_instant(request, rung, cycle, calendar)
        if at and at > request.due_set_at and rung.offset not in fired and not _too_soon(request, rung, at):
            rungs.append((rung, at))
    return tuple(sorted(rungs, key=lambda one: one[1]))


def reminder(cycle: Cycle, number: int, calendar: WorkingCalendar, now: datetime) -> Notice | None:
    """The one reminder that is due for a request now: the latest rung, with those it passes over.

    It goes to the lead; where that bounced, to the lead's deputy; then to the coordination unit.

    Source: local.ladder
    """
    request = cycle.request(number)
    if request is None or request.due is None or cycle.paused_at or cycle.over:
        return None
    due_now = [(rung, at) for rung, at in pending_rungs(cycle, request, calendar) if at <= now]
    if not due_now:
        return None
    rung, at = due_now[-1]
    route = _route(request, rung.offset, request.due.on)
    key = f"{cycle.reference}/{request.number}/rung{rung.offset:+d}/{request.due.on}"
    written = Notice(
        key=key if route == "lead" else f"{key}/{route}",
        template="evidence_reminder" if rung.offset <= 0 else "evidence_overdue",
        cycle=cycle.reference,
        to=(request.draft.lead, *delegates(request, civil(now))),
        roles=(Role.FORCE_COORDINATION,) if "coordination" in rung.to else (),
        copy_deputies="deputy" in rung.to,
        request=request.number,
        rung=rung.offset,
        due_on=request.due.on,
        planned_at=at,
        passed_over=tuple(other.offset for other, _ in due_now[:-1]),
        route=route,
        reach=rung.to,
    )
    return written if route == "lead" else _rerouted(written)


def reminded(cycle: Cycle, notice: Notice, delivery: Delivery) -> tuple[AnyEvent, ...]:
    """The event of a reminder that was sent; none for other notices, or where it stands already.

    Source: local.ladder
    """
    request = cycle.request(notice.request or 0)
    if request is None or notice.rung is None or notice.due_on is None:
        return ()
    rung = (notice.rung, notice.due_on)
    if rung in ((one.rung, one.due_on) for one in request.reminded):
        return ()
    if notice.route in {one.route for one in request.bounced if (one.rung, one.due_on) == rung}:
        return ()
    facts = {
        "request": request.number,
        "rung": notice.rung,
        "due_on": notice.due_on,
        "planned_at": notice.planned_at,
        "told": delivery.told,
        "passed_over": notice.passed_over,
        "route": notice.route,
    }
    if delivery.delivered:
        return (ReminderDelivered.model_validate({**facts, "to": notice.reach}),)
    return (ReminderBounced.model_validate(facts),)


def wanted(cycle: Cycle, notice: Notice) -> bool:
    """Whether a reminder that waited to be sent still tells the truth.

    Source: local.ladder
    """
    request = cycle.request(notice.request or 0)
    if request is None or cycle.over or cycle.paused_at or suspended(request.clock):
        return False
    if notice.to and request.draft.lead not in notice.to:
        return False
    return request.open and request.due is not None and request.due.on == notice.due_on


def _too_soon(request: Request, rung: Rung, at: datetime) -> bool:
    """Whether somebody was reminded on the day before, and this rung goes no further than that one did.

    What a person had sent by hand went to the lead alone.
    """
    by_hand = any(abs(civil(at) - civil(one.at)) <= RUNNING for one in request.chased)
    return (by_hand and set(rung.to) <= {"lead"}) or any(
        one.on is not None and civil(at) - one.on <= RUNNING and set(rung.to) <= set(one.to)
        for one in request.reminded
    )


def _route(request: Request, rung: int, due_on: date) -> Recipient:
    """Whose turn it is: the first to whom this rung has not bounced."""
    bounced = {one.route for one in request.bounced if (one.rung, one.due_on) == (rung, due_on)}
    return next((one for one in ROUTES if one not in bounced), "coordination")


def _rerouted(notice: Notice) -> Notice:
    """The same reminder, put to one other: the lead's deputy, whom the directory knows, or coordination."""
    if notice.route == "deputy":
        return notice.model_copy(update={"roles": (), "copy_deputies": False})
    alone = {"to": (), "roles": (Role.FORCE_COORDINATION,), "copy_deputies": False}
    return notice.model_copy(update=alone)
