"""Whether requests were answered in time."""

from collections.abc import Iterator
from datetime import date, datetime

from rules.calendars import WorkingCalendar
from rules.clocks import civil
from rules.timing.spans import quarter_of
from schemas.cycle import Cycle, Request
from schemas.timing import Answered


def answered(cycle: Cycle, calendar: WorkingCalendar) -> tuple[Answered, ...]:
    """Each request that came due or was answered, and how late; those withdrawn unanswered are left out.

    Source: process.clocks
    Units: working days after the due day up to the day of the first full return.
    """
    return tuple(_answers(cycle, calendar))


def _answers(cycle: Cycle, calendar: WorkingCalendar) -> Iterator[Answered]:
    for one in cycle.requests:
        full = next((version for version in one.returns if not version.partial), None)
        if full is None and (one.state == "withdrawn" or not one.missed):
            continue
        owed = _owed(one)
        came = civil(full.received_at) if full else None
        late = full.late if full else True
        yield Answered(
            request=one.number,
            lead=one.draft.lead,
            due_on=owed,
            due_quarter=quarter_of(owed) if owed else None,
            returned_on=came,
            late_days=late_days(owed, came, calendar) if late else 0,
            late=late,
        )


def _owed(request: Request) -> date | None:
    """The day by which it was owed: the first that was missed, else the one that holds."""
    return request.missed[0] if request.missed else request.due.on if request.due else None


def late_days(owed: date | None, came: date | None, calendar: WorkingCalendar) -> int:
    """How many working days lie between the day something was owed and the day it came; never below 0.

    Source: process.clocks
    Units: working days; 0 where either day is not known or the calendar does not reach.
    """
    if owed is None or came is None or not (calendar.covers(owed) and calendar.covers(came)):
        return 0
    return max(calendar.between(owed, came), 0)


def late_by(due_at: datetime, done_at: datetime, calendar: WorkingCalendar) -> int:
    """How many working days after its instant something was done; 0 where it was in time.

    Source: process.clocks
    Units: working days.
    """
    return late_days(civil(due_at), civil(done_at), calendar) if done_at > due_at else 0
