"""Days that pictures are laid out by: the weeks of a month, the months and quarters of a span."""

from calendar import Calendar
from datetime import date, timedelta

MONTHS, QUARTER = 12, 3


def weeks_of(year: int, month: int) -> tuple[tuple[date, ...], ...]:
    """The weeks of a month from Monday to Sunday, with the days of its neighbours that fill them.

    Source: process.clocks
    Units: civil days.
    """
    return tuple(tuple(week) for week in Calendar().monthdatescalendar(year, month))


def month_after(day: date, count: int) -> date:
    """The first day of the month that is so many months after a day's own; before it where negative.

    Source: process.clocks
    Units: calendar months.
    """
    months = day.year * MONTHS + day.month - 1 + count
    return date(months // MONTHS, months % MONTHS + 1, 1)


def last_of_month(day: date) -> date:
    """The last day of a day's month.

    Source: process.clocks
    Units: civil days.
    """
    return month_after(day, 1) - timedelta(days=1)


def months_between(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months from a day's own to another's.

    Source: process.clocks
    Units: calendar months.
    """
    count = (last.year - first.year) * MONTHS + last.month - first.month
    return tuple(month_after(first, place) for place in range(count + 1))


def quarter_of(day: date) -> date:
    """The first day of a day's quarter: from January, April, July or October.

    Source: local.programme
    Units: calendar quarters, which the programme's year shares.
    """
    return date(day.year, (day.month - 1) // QUARTER * QUARTER + 1, 1)


def quarters_back(day: date, count: int) -> tuple[date, ...]:
    """The first days of so many quarters, oldest first, up to a day's own.

    Source: local.programme
    Units: calendar quarters.
    """
    newest = quarter_of(day)
    return tuple(month_after(newest, QUARTER * (place - count + 1)) for place in range(count))


def along(first: date, last: date, day: date) -> float:
    """How far along a span a day lies: 0 at its first day, 1 at its last, and never outside.

    Source: process.clocks
    Units: a share of the span's civil days.
    """
    whole = max((last - first).days, 1)
    return min(max((day - first).days / whole, 0.0), 1.0)


def padded(first: date, last: date, least: int) -> tuple[date, date]:
    """A span that is at least so many days long, ended later where it is shorter.

    Source: process.clocks
    Units: civil days.
    """
    return first, max(last, first + timedelta(days=least))


def day_after(day: date) -> date:
    """The civil day after a day.

    Source: process.clocks
    Units: civil days.
    """
    return day + timedelta(days=1)


def days_within(first: date, last: date) -> tuple[date, ...]:
    """Every civil day from one to another, both included.

    Source: process.clocks
    Units: civil days.
    """
    return tuple(first + timedelta(days=count) for count in range((last - first).days + 1))
