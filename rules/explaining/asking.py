"""Questions in writing: a day or an instant, a span, an extension; what cannot be read is refused."""

import re
from datetime import date, datetime, timedelta

from schemas.counting import Extended, Resumed, Suspended
from schemas.outcomes import Refused

LONGEST = 40
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*", re.ASCII)
NUMBER = re.compile(r"[+-]?\d{1,5}", re.ASCII)


def when(text: str, field: str = "start") -> date | datetime | Refused:
    """A day such as 2026-12-04, or an instant with its zone such as 2026-12-04T17:00:00Z.

    Source: process.wrong-input
    """
    clean = text.strip()
    if INSTANT.fullmatch(clean) and len(clean) <= LONGEST:
        return _instant(clean, field)
    return day(clean, field)


def day(text: str, field: str) -> date | Refused:
    """A day such as 2026-12-04.

    Source: process.wrong-input
    """
    clean = text.strip()
    try:
        if DAY.fullmatch(clean) and clean.isascii():
            return date.fromisoformat(clean)
    except ValueError:
        return _unreadable("There is no such day in the calendar. Write it as 2026-12-04.", field)
    return _unreadable("This is no day. Write it as 2026-12-04: year, month, day.", field)


def suspension(text: str) -> Suspended | Resumed | Refused:
    """A suspension such as 2026-05-07..2026-05-12, both days included; `FROM..` has not resumed.

    `..TO` says only that the clock stood still until then: it resumes on the day after, and is refused
    unless something had stopped it.

    Source: process.wrong-input
    """
    first, dots, last = (part.strip() for part in text.partition(".."))
    if not dots or not (first or last):
        return _unreadable("Write a suspension as FROM..TO, such as 2026-05-07..2026-05-12.", "suspend")
    from_on = day(first, "suspend") if first else None
    to_on = day(last, "suspend") if last else None
    if isinstance(from_on, Refused):
        return from_on
    if isinstance(to_on, Refused):
        return to_on
    if from_on is None and to_on is not None:
        return _resumed(to_on)
    return Suspended(from_on or date.min, to_on)


def extension(text: str) -> Extended | Refused:
    """An extension by a number of the clock's own days, such as 5, or to a day, such as 2026-12-11.

    Source: process.wrong-input
    Units: the clock's own.
    """
    clean = text.strip()
    if NUMBER.fullmatch(clean):
        return Extended(days=int(clean))
    found = day(clean, "extend")
    return found if isinstance(found, Refused) else Extended(to_on=found)


def count(text: str, field: str) -> int | Refused:
    """A whole number of at most five digits.

    Source: process.wrong-input
    """
    clean = text.strip()
    if NUMBER.fullmatch(clean):
        return int(clean)
    return _unreadable("This is no whole number. Write it in digits, such as 17.", field)


def _instant(text: str, field: str) -> datetime | Refused:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return _unreadable("This is no instant. Write it as 2026-12-04T17:00:00Z.", field)
    if found.tzinfo is not None:
        return found
    return Refused(
        code="instant_without_zone",
        message="Give the time with its zone, such as 2027-03-27T14:00:00Z.",
        source="process.clocks",
        field=field,
    )


def _resumed(to_on: date) -> Resumed | Refused:
    if to_on == date.max:
        return _unreadable("There is no day after this one.", "suspend")
    return Resumed(to_on + timedelta(days=1))


def _unreadable(message: str, field: str) -> Refused:
    return Refused(code="wrong_input", message=message, source="process.wrong-input", field=field)
