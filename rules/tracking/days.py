"""The day that a cell means: as people in Britain write days, or as a spreadsheet counts them."""

import re
from datetime import date, timedelta

from schemas.trackers import Cell

FIRST = date(1899, 12, 30)
"""Day 0 of a spreadsheet that counts days."""
SERIALS = range(25_569, 73_051)
"""From 1970 to 2099: other numbers are no days."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
WRITTEN = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-]+([a-z]{3,9})\.?,?[ \-]+(\d{4}|\d{2})")
ISO = re.compile(r"(20\d\d)-(\d\d)-(\d\d)(?:[t ]\d\d:\d\d.*)?")
A_MONTH = re.compile(r"([a-z]{3,9})\.? (20\d\d)")
SHORT_YEAR = 100


def day_of(cell: Cell) -> date | str:
    """The day of a cell, or the sentence that says what to write in its place.

    Source: local.import
    """
    said = " ".join(cell.text.casefold().split())
    if re.fullmatch(r"\d{5}(\.\d+)?", said):
        serial = int(float(said))
        return FIRST + timedelta(days=serial) if serial in SERIALS else _write("This number is no day.")
    if found := ISO.fullmatch(said):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMBERS.fullmatch(said):
        return _british(int(found[1]), int(found[2]), int(found[3]))
    if found := WRITTEN.fullmatch(said):
        month = _month(found[2])
        return (
            _made(_year(int(found[3])), month, int(found[1])) if month else _write("The month is not known.")
        )
    if (found := A_MONTH.fullmatch(said)) and _month(found[1]):
        return _write("This is a month without its day.")
    return _write("This is no day.")


def _british(day: int, month: int, year: int) -> date | str:
    if month > len(MONTHS) >= day:
        return _write("The day stands first, then the month.")
    return _made(_year(year), month, day)


def _made(year: int, month: int, day: int) -> date | str:
    try:
        return date(year, month, day)
    except ValueError:
        return _write("There is no such day.")


def _month(said: str) -> int:
    return next((n for n, name in enumerate(MONTHS, 1) if said.startswith(name)), 0)


def _year(said: int) -> int:
    return said + 2000 if said < SHORT_YEAR else said


def _write(why: str) -> str:
    return f"{why} Write one such as 27/3/2027."
