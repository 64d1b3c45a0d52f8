"""Counting backward, and clear days: the days that must lie free between two events."""

from rules.counting.forward import negative
from rules.counting.ledger import Settled, refuse
from rules.counting.table import Table
from schemas.counting import ClearDays, CountedDay, Rule, WorkingDaysBefore
from schemas.outcomes import Refused


def counts_between(settled: Settled) -> bool:
    """Whether the budget is counted back from its start, or clear of it.

    Source: process.clocks
    """
    return isinstance(settled.budget, ClearDays | WorkingDaysBefore)


def between(settled: Settled, rule: Rule, table: Table) -> tuple[int, tuple[CountedDay, ...]] | Refused:
    """The place of the due day, and every day from the earlier of the two events to the later.

    Clear days are working days, and so is the day of the notice: papers open where offices open.

    Source: lga-1972.clear-days
    Source: process.clocks
    Units: working days; neither event's day is a clear day.
    """
    start = table.place(settled.start)
    if isinstance(start, Refused):
        return start
    if settled.spans or settled.extensions:
        return refuse("cannot_move", "A day that is planned from a meeting moves only with the meeting. "
                      "Leave out suspensions and extensions.", "start", rule.source)  # fmt: skip
    match settled.budget:
        case ClearDays(days=days, before=True) if days > 0:
            due = table.working_before(start, days + 1)
            return table.unknown() if due is None else (due, _clear(due, start, table, (_NOTICE, _MEETING)))
        case ClearDays(days=days) if days > 0:
            late = table.nth(start + 1, days + 1, "working")
            return table.unknown() if late is None else (late, _clear(start, late, table, (_AFTER, _FIRST)))
        case WorkingDaysBefore(days=days) if days > 0:
            due = table.working_before(start, days)
            return table.unknown() if due is None else (due, _back(due, start, table))
    return negative()


_NOTICE = "the last day for the papers; not a clear day"
_MEETING = "the day of the meeting; not a clear day"
_AFTER = "the start day; not a clear day"
_FIRST = "the first day after the clear days"


def _clear(first: int, last: int, table: Table, ends: tuple[str, str]) -> tuple[CountedDay, ...]:
    inside = table.rows(first + 1, last - 1, "working")
    return (
        CountedDay(table.dates[first], counted=False, why=ends[0]),
        *(CountedDay(one.on, one.counted, "a clear day") if one.counted else one for one in inside),
        CountedDay(table.dates[last], counted=False, why=ends[1]),
    )


def _back(due: int, start: int, table: Table) -> tuple[CountedDay, ...]:
    counted = table.rows(due, start - 1, "working")
    return (
        *counted,
        CountedDay(table.dates[start], counted=False, why="the day counted back from, which is not counted"),
    )
