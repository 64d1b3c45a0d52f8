"""The sum in words: one paragraph that a person can check with a calendar on the wall."""

from datetime import date
from functools import lru_cache

from rules.counting.ledger import Settled
from rules.counting.table import Table
from schemas.counting import (
    AsSoonAs,
    Budget,
    CalendarDays,
    ClearDays,
    FixedDate,
    InForce,
    Months,
    NamedDay,
    Rule,
    ToSet,
    Weeks,
    WorkingDaysAfter,
    WorkingDaysBefore,
)

KINDS = {
    "statutory": "This is a clock of the law",
    "panel_set": "This period is for the panel to set",
    "commissioner_set": "This period is for the commissioner to set",
    "local": "This is a local standard and not law",
}
LEAP_YEAR = 2024  # any year: only the month's name is wanted
MARKS = {
    "verified": "its words were read",
    "partly": "part of its words were read",
    "not_verified": "its words have not been verified",
}


@lru_cache(maxsize=512)
def budget_words(budget: Budget) -> str:
    """What a budget asks for, in words.

    Source: process.clocks
    """
    match budget:
        case CalendarDays(days=days, beginning_with=True):
            return f"{_many(days, 'day')} beginning with the start day, which is day 1"
        case CalendarDays(days=days):
            return f"{_many(days, 'day')} after the start day"
        case Weeks(weeks=weeks):
            return f"{_many(weeks, 'week')} ({weeks * 7} days) beginning with the start day, which is day 1"
        case WorkingDaysAfter(days=days):
            return f"{_many(days, 'working day')} after the start day"
        case WorkingDaysBefore(days=days):
            return f"{_many(days, 'working day')} before the day"
        case ClearDays(days=days, before=before):
            return (
                f"{_many(days, 'clear working day')} {'before the meeting' if before else 'after the start'}"
            )
        case AsSoonAs(days=days):
            return f"as soon as practicable, which has no number; locally {_many(days, 'working day')}"
    return _dated(budget)


def paragraph(rule: Rule, settled: Settled, due: int, advice: int | None, table: Table) -> str:
    """The whole sum in words: rule, start, what moved it, the due day, and how sure we are.

    Source: process.clocks
    """
    parts = [
        f"{rule.title}: {budget_words(settled.budget)}.",
        f"The start day is {table.words(_start(settled, table))}.",
    ]
    if settled.restarted:
        parts.append("The clock was started again on that day.")
    if settled.superseded:
        parts.append("Another period was set in place of the first.")
    if settled.spans:
        parts.append(f"It stood still {_times(len(settled.spans))}; the days are given back.")
    if settled.extensions:
        parts.append(f"It was extended {_times(len(settled.extensions))}.")
    parts.append(f"Due on {table.words(due)} {'at ' + rule.hour if rule.hour else 'by the end of the day'}.")
    if advice is not None:
        parts.append(
            f"That is {table.why_not(due)}; the date does not move, so act by {table.words(advice)}."
        )
    if rule.window:
        parts.append(window_words(rule.window))
    parts.append(f"{KINDS[rule.kind]}; its source is marked: {MARKS[rule.mark]}. Calendar {table.version}.")
    return " ".join(parts)


def window_words(window: InForce) -> str:
    """Where an office's own number came from: which edition, of what, who set it, when and why.

    Source: process.clocks
    """
    where = f"the standards of {window.kind}" if window.kind else "the office's window"
    said = f"The number stands in {where}, edition {window.edition}"
    if window.edition == 1:
        return f"{said}, as it came with the product."
    if window.set_by is None or window.set_on is None:
        return f"{said}, as the office changed it."
    why = f": {window.reason.strip().rstrip('.')}" if window.reason.strip() else ""
    return f"{said}, set by {window.set_by} on {_day(window.set_on)}{why}."


def offset_words(offset: int) -> str:
    """Where a rung stands, such as `2 working days before it is due`.

    Source: local.ladder
    Units: working days from the due day.
    """
    if offset == 0:
        return "on the day it is due"
    return f"{_many(abs(offset), 'working day')} {'before it is' if offset < 0 else 'after it was'} due"


def _day(on: date) -> str:
    return f"{on:%A} {on.day} {on:%B %Y}"


def _start(settled: Settled, table: Table) -> int:
    return settled.start.toordinal() - table.first


def _dated(budget: Budget) -> str:
    match budget:
        case FixedDate(month=month, day=day):
            return f"by {day} {date(LEAP_YEAR, month, 1):%B} of the financial year of the start day"
        case Months(months=months):
            return f"{_many(months, 'month')} after the start day"
        case NamedDay(on=on):
            return f"by the day that was named, {on.isoformat()}" if on else "on the start day itself"
        case ToSet(counts=counts):
            return f"so many {'months' if counts == 'months' else 'working days'}, as the office has set"
    return "no deadline"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
