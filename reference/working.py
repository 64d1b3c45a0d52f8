"""The working calendar of an edition, built once in a process."""

from functools import cache

from reference.catalogue import calendar
from rules.calendars import WorkingCalendar
from schemas.outcomes import Refused


@cache
def working_calendar(version: str) -> WorkingCalendar | Refused:
    """The working days of one edition; a refusal where there is no such edition."""
    try:
        return WorkingCalendar(calendar(version))
    except LookupError as missing:
        return Refused(
            code="unknown_calendar",
            message=f"There is {missing}. Leave the calendar out to use the newest.",
            source="process.clocks",
            field="calendar",
        )
