"""Duties about comments on an inspection report: reminders of their last day, and that it was missed."""

from datetime import datetime

from rules.calendars import WorkingCalendar
from rules.clocks import instant
from rules.deciding.moment import Moment
from rules.duties.duty import Duty
from rules.publishing.commenting import comments_due
from schemas.cycle import Cycle
from schemas.events import AnyEvent, CommentsReminded, DutyMissed
from schemas.notices import Delivery, Notice
from schemas.outcomes import Refused


def of_comments(cycle: Cycle, calendar: WorkingCalendar) -> list[Duty]:
    """The reminders still to come, and the miss, until the comments are published.

    The window is the law's: it runs on while the cycle is paused. A report that came to the office late is
    noted as missed when the cycle is opened, and not before.

    Source: police-act-1996.s55
    Source: local.ladder
    """
    due = comments_due(cycle, calendar)
    if due is None or cycle.published() or cycle.comments_missed:
        return []
    missed = Duty(kind="comments", at=max(due.at, cycle.opened_at))
    rungs = _rungs(cycle, calendar)
    return [*(Duty(kind="comments_reminder", at=at) for _, at in rungs[:1]), missed]


def comments_missed(cycle: Cycle, _duty: Duty, moment: Moment) -> tuple[AnyEvent, ...]:
    """The event of comments that were not published within the window of the law.

    Source: police-act-1996.s55
    """
    due = comments_due(cycle, moment.calendar)
    return (DutyMissed(duty="comments", due=due),) if due else ()


def reminder(cycle: Cycle, _duty: Duty, moment: Moment) -> Notice | None:
    """The one reminder that is due now, to the officer of the cycle: the latest of those that are.

    Source: local.ladder
    """
    due = comments_due(cycle, moment.calendar)
    found = [one for one in _rungs(cycle, moment.calendar) if one[1] <= moment.now]
    if due is None or not found:
        return None
    rung, at = found[-1]
    return Notice(
        key=f"{cycle.reference}/comments/rung{rung:+d}",
        template="comments_due",
        cycle=cycle.reference,
        to=(cycle.opened_by.person,),
        rung=rung,
        due_on=due.on,
        planned_at=at,
    )


def reminded(cycle: Cycle, notice: Notice, delivery: Delivery) -> tuple[AnyEvent, ...]:
    """The event of such a reminder, once; `told` is empty where it reached nobody.

    Source: local.ladder
    """
    if notice.rung is None or notice.due_on is None or notice.rung in cycle.comments_reminded:
        return ()
    return (CommentsReminded(rung=notice.rung, due_on=notice.due_on, told=delivery.told),)


def still_wanted(cycle: Cycle, _notice: Notice) -> bool:
    """Whether the comments are still owed, so that the reminder tells the truth.

    Source: local.ladder
    """
    return not cycle.over and not cycle.published() and cycle.comments_missed is None


def _rungs(cycle: Cycle, calendar: WorkingCalendar) -> list[tuple[int, datetime]]:
    """The rungs before and on the last day that are still to fire, later than the newest that has.

    Rungs of before the opening stay silent: nobody is chased for what was just begun.
    """
    due = comments_due(cycle, calendar)
    if due is None:
        return []
    found = []
    for offset in sorted({one.offset for one in cycle.standards.ladder if one.offset <= 0}):
        on = calendar.before(due.on, -offset) if offset else due.on
        if isinstance(on, Refused) or offset <= max(cycle.comments_reminded, default=offset - 1):
            continue
        at = instant(on, cycle.standards.reminder_hour)
        if at > cycle.opened_at:
            found.append((offset, at))
    return found
