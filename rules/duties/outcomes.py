"""Duties about what was undertaken: actions that were missed, and how they stand."""

from datetime import datetime

from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from rules.duties.duty import Duty
from schemas.cycle import Action, Cycle
from schemas.events import AnyEvent, ProgressAsked
from schemas.notices import Delivery, Notice
from schemas.outcomes import Refused


def of_action(cycle: Cycle, action: Action, calendar: WorkingCalendar) -> list[Duty]:
    """The miss of an agreed action, and the next question of how it stands.

    Source: local.action
    """
    if action.state != "confirmed":
        return []
    found = [] if action.missed else [Duty(kind="miss", at=action.due.at, action=action.number)]
    if at := _asked_next(cycle, action, calendar):
        found.append(Duty(kind="progress", at=at, action=action.number))
    return found


def progress_wanted(cycle: Cycle, duty: Duty) -> Notice | None:
    """The question of how an action stands, to its owner.

    Source: local.action
    """
    action = cycle.action(duty.action or "")
    if action is None:
        return None
    return Notice(
        key=f"{cycle.reference}/{action.number}/progress/{civil(duty.at)}",
        template="progress_wanted",
        cycle=cycle.reference,
        to=(action.owner,),
        action=action.number,
        due_on=action.due.on,
        planned_at=duty.at,
    )


def progress_asked(cycle: Cycle, notice: Notice, delivery: Delivery) -> tuple[AnyEvent, ...]:
    """The event of that question, once for each time; `told` is empty where it reached nobody.

    Source: local.action
    """
    action = cycle.action(notice.action or "")
    planned_on, sent_on = civil(notice.planned_at), civil(delivery.at - cycle.set_back)
    if action is None or any(one >= planned_on for one in action.progress_asked):
        return ()
    return (ProgressAsked(action=action.number, on=max(planned_on, sent_on), told=delivery.told),)


def progress_still_wanted(cycle: Cycle, notice: Notice) -> bool:
    """Whether the question is still open: nobody has claimed it done or reported meanwhile.

    Source: local.action
    """
    action = cycle.action(notice.action or "")
    if action is None or action.state != "confirmed" or cycle.over or cycle.paused_at:
        return False
    return all(one.at <= notice.planned_at for one in action.progress)


def _asked_next(cycle: Cycle, action: Action, calendar: WorkingCalendar) -> datetime | None:
    """So many working days after it was agreed, reported on or asked about, whichever came last."""
    known = [civil(action.clock.starts_at), *(civil(one.at) for one in action.progress)]
    known += [*action.progress_asked, *([civil(action.confirmed_at)] if action.confirmed_at else [])]
    day = calendar.after(max(known), cycle.standards.progress_days)
    return None if isinstance(day, Refused) else instant(day, cycle.standards.reminder_hour)
