"""Editions of the calendar in which a bank holiday was just proclaimed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from reference import catalogue
from reference.catalogue import calendar, know
from rules.calendars import WorkingCalendar
from schemas.clocks import BankHoliday, Calendar

VERSION = "england-and-wales/2099-01-01"


def proclaimed(*days: date, version: str = VERSION) -> Calendar:
    """The newest edition with these days added."""
    known = catalogue.calendar("england-and-wales/2026-11-22")
    extra = [BankHoliday(on=on, title="A day that was proclaimed") for on in days]
    every = tuple(sorted((*known.days, *extra), key=lambda one: one.on))
    return known.model_copy(update={"version": version, "days": every})


def working(*days: date) -> WorkingCalendar:
    """The same as a calendar that can be asked."""
    return WorkingCalendar(proclaimed(*days))


@contextmanager
def forgotten() -> Iterator[None]:
    """What this process learns in the block it does not know afterwards."""
    from reference.working import _built  # noqa: PLC0415 - what was built of it goes too

    assert calendar().version != VERSION
    try:
        yield
    finally:
        catalogue._KNOWN.clear()
        catalogue._every.cache_clear()
        _built.cache_clear()


@contextmanager
def learned(edition: Calendar) -> Iterator[Calendar]:
    """An edition that this process knows in the block."""
    with forgotten():
        know([edition])
        yield edition
