"""Days as the model counts them: Monday to Friday without the holidays that the calendar lists."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from reference.catalogue import calendar

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
DUE_HOUR, REMINDER_HOUR = 17, 9
"""In London, as the standards of a quarterly cycle say."""


@cache
def holidays() -> frozenset[date]:
    """The bank holidays, as listed."""
    return frozenset(one.on for one in calendar().days)


def works(day: date) -> bool:
    """Whether people usually work on a day."""
    return day.weekday() < 5 and day not in holidays()


def working_after(day: date, count: int) -> date:
    """So many working days after a day."""
    while count:
        day += DAY
        count -= works(day)
    return day


def working_between(first: date, last: date) -> int:
    """How many working days lie after the first to the last."""
    days = (last - first).days
    return sum(works(first + n * DAY) for n in range(1, days + 1))


def london(instant: datetime) -> datetime:
    """An instant by the clock on the wall in London."""
    return instant.astimezone(LONDON)


def over(day: date, now: datetime) -> bool:
    """Whether the hour at which things fall due has passed on a day."""
    return at(day, DUE_HOUR) <= now


def at(day: date, hour: int = 14) -> datetime:
    """An hour of a day in London."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)
