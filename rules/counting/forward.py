"""Counting forward: a first day, so many days of a unit, and spans of days that do not count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.counting.ledger import Settled, refuse
from rules.counting.table import Table, financial_year, months_later
from schemas.counting import (
    AsSoonAs,
    Budget,
    CalendarDays,
    CountedDay,
    FixedDate,
    Months,
    NamedDay,
    Unit,
    Weeks,
    WorkingDaysAfter,
)
from schemas.outcomes import Refused

WEEK = 7
Span = tuple[int, int]


@dataclass(slots=True)
class Count:
    """What to count: from which place, how many, in which unit.

    Source: process.clocks
    """

    first: int
    number: int
    unit: Unit


@dataclass(slots=True)
class Reached:
    """Where a count ended, before extensions and after them; `fixed` where no day was counted at all.

    Source: process.clocks
    """

    start: int
    base: int
    end: int
    count: Count | None
    spans: tuple[Span, ...]


def unit_of(budget: Budget) -> Unit:
    """The unit in which a budget, and so its extensions, are counted.

    Source: process.clocks
    """
    return "working" if isinstance(budget, WorkingDaysAfter | AsSoonAs) else "calendar"


def forward(settled: Settled, table: Table) -> Reached | Refused:
    """Where the budget ends, counted forward from the start.

    Source: process.clocks
    Units: the budget's own.
    """
    start = table.place(settled.start)
    if isinstance(start, Refused):
        return start
    if isinstance(settled.budget, FixedDate | NamedDay):
        end = _fixed(settled, table)
        return end if isinstance(end, Refused) else Reached(start, end, end, None, ())
    count = _count(settled.budget, start, settled.start, table)
    if isinstance(count, Refused):
        return count
    spans = places(settled.spans, table)
    base = run(count, spans, table)
    if base is None:
        return table.unknown()
    return Reached(start, base, base, count, spans)


def run(count: Count, spans: Sequence[Span], table: Table) -> int | None:
    """The place of the last day of a count that skips these spans; None beyond the horizon.

    Source: process.clocks
    Units: the count's own.
    """
    if count.number == 0:
        return _of_nothing(count, spans, table)
    number = count.number
    end = table.nth(count.first, number, count.unit)
    for first, last in spans:
        if end is None or first > end:
            break
        number += table.count(max(first, count.first), last, count.unit)
        end = table.nth(count.first, number, count.unit)
    return end


def places(spans: Sequence[tuple[date, date]], table: Table) -> tuple[Span, ...]:
    """The spans by their places; what lies outside the edition is cut to just beyond its ends.

    Source: process.clocks
    """
    return tuple(
        (max(one.toordinal() - table.first, -1), min(other.toordinal() - table.first, table.size))
        for one, other in spans
    )


def rows(reached: Reached, table: Table) -> tuple[CountedDay, ...]:
    """Every day from the start to the due day, and whether it counts.

    Source: process.clocks
    """
    if reached.count is None:
        return _uncounted(reached, table)
    begins, unit = reached.count.first, reached.count.unit
    start = table.start_row(reached.start, counted=begins == reached.start)
    plain = (start, *table.rows(reached.start + 1, reached.end, unit))
    if not reached.spans and reached.end == reached.base:
        return plain
    return _moved(plain, reached, begins)


def _moved(plain: Sequence[CountedDay], reached: Reached, begins: int) -> tuple[CountedDay, ...]:
    """The days with those marked on which the clock stood still, and those of the extension."""
    days = list(plain)
    for first, last in reached.spans:
        for place in range(max(first, begins), min(last, reached.end) + 1):
            n = place - reached.start
            why = "suspended: the clock stood still" if days[n].counted else f"{days[n].why}; suspended"
            days[n] = CountedDay(days[n].on, counted=False, why=why)
    for n in range(reached.base - reached.start + 1, len(days)):
        days[n] = CountedDay(days[n].on, counted=days[n].counted, why=f"{days[n].why} (extension)")
    return tuple(days)


def _of_nothing(count: Count, spans: Sequence[Span], table: Table) -> int | None:
    """The end of a budget of no days: the day before the first, or the next working day on or after it."""
    here = count.first - 1
    if count.unit == "calendar":
        return here
    end = table.nth(here, 1, count.unit)
    for first, last in spans:
        if end is not None and first <= end <= last:
            end = table.nth(last + 1, 1, count.unit)
    return end


def _uncounted(reached: Reached, table: Table) -> tuple[CountedDay, ...]:
    """A day that is named is reached, not counted to."""
    last = reached.end - reached.start
    return tuple(
        CountedDay(
            table.dates[reached.start + n],
            counted=False,
            why="the day that is named" if n == last else "not counted: the day is named",
        )
        for n in range(last + 1)
    )


def _count(budget: Budget, start: int, on: date, table: Table) -> Count | Refused:
    match budget:
        case CalendarDays(days=days, beginning_with=True) if days > 0:
            return Count(start, days, "calendar")
        case CalendarDays(days=days, beginning_with=False) if days >= 0:
            return Count(start + 1, days, "calendar")
        case Weeks(weeks=weeks) if weeks > 0:
            return Count(start, weeks * WEEK, "calendar")
        case WorkingDaysAfter(days=days) | AsSoonAs(days=days) if days >= 0:
            return Count(start + 1, days, "working")
        case Months(months=months) if months >= 0:
            return _months(on, months, start, table)
    return negative()


def negative() -> Refused:
    """The refusal of a budget that is less than nothing, or of no days beginning with one.

    Source: process.wrong-input
    """
    return refuse(
        "negative_budget", "A budget cannot be negative, nor can no days begin with a day.", "period"
    )


def _months(on: date, months: int, start: int, table: Table) -> Count | Refused:
    if on.year + months // 12 + 1 > table.dates[-1].year + 1:
        return table.unknown()
    later = table.place(months_later(on, months))
    return later if isinstance(later, Refused) else Count(start + 1, later - start, "calendar")


def _fixed(settled: Settled, table: Table) -> int | Refused:
    named = settled.start
    if isinstance(settled.budget, FixedDate):
        try:
            year = financial_year(settled.start)
            if (settled.budget.month, settled.budget.day) >= (4, 1):
                year -= 1
            named = date(year, settled.budget.month, settled.budget.day)
        except ValueError:
            return refuse("no_such_day", "The rule names a day that this year does not have.", "start")
    elif isinstance(settled.budget, NamedDay) and settled.budget.on:
        named = settled.budget.on
    if named < settled.start:
        return refuse(
            "start_after_due",
            f"The start, {settled.start.isoformat()}, lies after the day that is due, {named.isoformat()}. "
            "Give a start on or before it.",
            "start",
        )
    return table.place(named)
