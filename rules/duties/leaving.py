"""What left late: letters that only tell, and rungs in whose place a later one was sent."""

from collections.abc import Iterable

from rules.calendars import WorkingCalendar
from rules.duties.doing import waits
from rules.duties.ladder import rung_instant
from rules.duties.lateness import fired_late
from schemas.cycle import Cycle
from schemas.events import AnyEvent
from schemas.notices import Delivery, Notice


def left_late(
    cycle: Cycle, told: Iterable[tuple[Notice, Delivery]], calendar: WorkingCalendar
) -> tuple[AnyEvent, ...]:
    """The events of what left late besides the duties themselves, which have their own.

    Source: process.clocks
    Units: more than five minutes after it was planned.
    """
    found: list[AnyEvent] = []
    for notice, delivery in told:
        if not delivery.delivered:
            continue
        if waits(notice) is None:
            found += fired_late(_letter(notice), notice.planned_at, delivery.at - cycle.set_back)
        else:
            found += _passed_over(cycle, notice, delivery, calendar)
    return tuple(found)


def _letter(notice: Notice) -> str:
    about = notice.request or notice.action
    return f"letter/{notice.template}" + (f"/{about}" if about else "")


def _passed_over(
    cycle: Cycle, notice: Notice, delivery: Delivery, calendar: WorkingCalendar
) -> Iterable[AnyEvent]:
    """Rungs that fell while nobody was there: the reminder that was sent stands for them too."""
    request = cycle.request(notice.request or 0)
    for rung in cycle.standards.ladder:
        at = rung_instant(request, rung, cycle, calendar) if request else None
        if at and rung.offset in notice.passed_over:
            yield from fired_late(f"remind/{notice.request}", at, delivery.at - cycle.set_back)
