"""The working calendar of an edition, built once in a process."""

from functools import cache

from reference.catalogue import calendar
from rules.calendars import WorkingCalendar
from schemas.commands import AnyCommand, ChangeCalendar, OpenCycle
from schemas.cycle import Cycle
from schemas.outcomes import Refused


def edition_for(command: AnyCommand, cycle: Cycle | None) -> str:
    """The edition by which a command is decided: the one that it names, or the cycle's own."""
    if isinstance(command, OpenCycle):
        return command.calendar
    if isinstance(command, ChangeCalendar):
        return command.to
    return cycle.calendar if cycle else ""


def working_calendar(version: str) -> WorkingCalendar | Refused:
    """The working days of one edition; a refusal where this process knows no such edition (yet)."""
    try:
        return _built(version)
    except LookupError as missing:
        return Refused(
            code="unknown_calendar",
            message=f"There is {missing}. Leave the calendar out to use the newest.",
            source="process.clocks",
            field="calendar",
        )


@cache
def _built(version: str) -> WorkingCalendar:
    return WorkingCalendar(calendar(version))
