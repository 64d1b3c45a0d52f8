"""A question about a date, in writing, answered with the calendars that are here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from reference.catalogue import calendar, calendar_names
from reference.windows import SHIPPED, OfOffice, rule_of
from rules.counting.table import Table, london_day
from rules.explaining import asking
from rules.explaining.explain import explain, set_period
from schemas.counting import Entry, Explanation, Extended, Resumed, Superseded, Suspended
from schemas.outcomes import Refused

MOST_ENTRIES = 50
"""Nobody suspends a clock oftener; a longer ledger is a mistake."""


@dataclass(frozen=True)
class Question:
    """What was asked, as it was typed."""

    rule: str
    start: str
    calendar: str | None = None
    suspend: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    by: str | None = None
    """A day that whoever may set the period has named."""
    period: str | None = None
    """A number of working days that whoever may set the period has set."""
    kind: str | None = None
    """The kind of cycle by whose standards to count; of weight only where the number stands in them."""


def table(name: str) -> Table | Refused:
    """The arrays of a calendar by its name (the newest edition) or by its version."""
    try:
        return _built(name if "/" in name else calendar(name=name).version)
    except LookupError:
        return Refused(
            code="unknown_calendar",
            message=f"There is no such calendar. The calendars here are {', '.join(calendar_names())}.",
            source="process.clocks",
            field="calendar",
        )


@cache
def _built(version: str) -> Table:
    return Table(calendar(version))


def answer(question: Question, of: OfOffice = SHIPPED) -> Explanation | Refused:
    """Why a date is the date; a refusal with a sentence and a source where that cannot be said.

    A number that is an office's own is the one in force on the start day, of the office that is given.
    """
    start = asking.when(question.start)
    on = start if isinstance(start, Refused) else london_day(start)
    known = None if isinstance(on, Refused) else on
    found = rule_of(question.rule.strip(), of, known, (question.kind or "").strip() or None)
    if isinstance(found, Refused):
        return found
    if isinstance(start, Refused):
        return start
    days = table(question.calendar.strip()) if question.calendar else table(found.calendar)
    if isinstance(days, Refused):
        return days
    ledger = on if isinstance(on, Refused) else _ledger(question, on)
    if isinstance(ledger, Refused):
        return ledger
    suspensions = [one for one in ledger if isinstance(one, Suspended | Resumed)]
    extensions = [one for one in ledger if isinstance(one, Extended)]
    others = [one for one in ledger if isinstance(one, Superseded)]
    return explain(found, start, days, suspensions, extensions, others=others)


def _ledger(question: Question, on: date) -> Sequence[Entry] | Refused:
    if len(question.suspend) + len(question.extend) > MOST_ENTRIES:
        return _wrong("There are too many suspensions and extensions for one clock.", "suspend")
    read: list[Entry | Refused] = [asking.suspension(one) for one in question.suspend]
    read += [asking.extension(one) for one in question.extend]
    other = _period(question, on)
    if other is not None:
        read.append(other)
    entries = [one for one in read if not isinstance(one, Refused)]
    return next((one for one in read if isinstance(one, Refused)), entries)


def _period(question: Question, on: date) -> Superseded | Refused | None:
    number = asking.count(question.period, "period") if question.period else None
    if isinstance(number, Refused):
        return number
    by_on = asking.day(question.by, "by") if question.by else None
    if isinstance(by_on, Refused):
        return by_on
    return set_period(number, by_on, on)


def _wrong(message: str, field: str) -> Refused:
    return Refused(code="wrong_input", message=message, source="process.wrong-input", field=field)
