"""Working days between two instants, where the calendar reaches."""

from datetime import datetime

from rules.calendars import WorkingCalendar
from rules.clocks import civil


def working_days(start: datetime, end: datetime | None, calendar: WorkingCalendar) -> int | None:
    """Working days after the day of `start` up to that of `end`; None where it lasts or nobody can count.

    Source: process.clocks
    Units: working days.
    """
    if end is None:
        return None
    first, last = civil(start), civil(end)
    return calendar.between(first, last) if calendar.covers(first) and calendar.covers(last) else None
