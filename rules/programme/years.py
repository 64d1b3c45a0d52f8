"""Programme years and the hour at which a cycle of the programme opens."""

from datetime import date, datetime, timedelta

from rules.clocks import instant
from schemas.programme import Programme, Slot
from schemas.programme.records import Opening

OPENS_AT = "09:00"
"""The hour in London at which a cycle of the programme opens on its day."""
CAUGHT_UP = timedelta(days=366)
"""How long after its hour a missed opening is still made up for: longer than any outage. Calendar days."""
FIRST_MONTH = 4
LAST_OF_MARCH = (3, 31)


def year_of(day: date) -> int:
    """The programme year of a day, by the calendar year in which it begins: from 1 April to 31 March.

    Source: local.programme
    Units: calendar days in London.
    """
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_day(year: int) -> date:
    """The first day of a programme year.

    Source: local.programme
    Units: calendar days in London.
    """
    return date(year, FIRST_MONTH, 1)


def last_day(year: int) -> date:
    """The last day of a programme year.

    Source: local.programme
    Units: calendar days in London.
    """
    return date(year + 1, *LAST_OF_MARCH)


def label(year: int) -> str:
    """A programme year as people write it, such as `2026-27`.

    Source: process.commands
    """
    return f"{year}-{(year + 1) % 100:02d}"


def opens_at(slot: Slot) -> datetime:
    """The instant at which a slot's cycle opens.

    Source: local.programme
    Units: 09:00 in London, as UTC.
    """
    return instant(slot.draft.opens_on, OPENS_AT)


def within(year: int, day: date) -> bool:
    """Whether a day lies in a programme year.

    Source: process.commands
    Units: calendar days in London.
    """
    return first_day(year) <= day <= last_day(year)


def openings(programme: Programme) -> tuple[Opening, ...]:
    """The openings that have to stand as schedules: one for each adopted cycle that nothing holds up.

    Source: local.programme
    """
    return tuple(
        Opening(
            programme=programme.reference,
            slot=one.number,
            planned_at=opens_at(one),
            at=opens_at(one) + programme.set_back,
            demonstration=bool(programme.set_back),
        )
        for one in programme.slots
        if one.state == "adopted" and one.refused is None
    )
