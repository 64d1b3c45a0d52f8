"""What comes next: meetings that are fixed, and the first day on which findings can be expected."""

from dataclasses import dataclass
from datetime import date, datetime

from reference.working import working_calendar
from rules.clocks import civil
from schemas.outcomes import Refused
from schemas.rows import DeadlineRow, ReleaseRow
from store.reads import Reads

A_FEW = 3
"""Meetings that the first page shows."""


@dataclass(frozen=True)
class Coming:
    """The next meetings, and when the first findings are due."""

    meetings: tuple[DeadlineRow, ...]
    first_on: date | None
    releases: tuple[ReleaseRow, ...] = ()
    """Findings whose release is scheduled."""


async def coming(reads: Reads, now: datetime) -> Coming:
    """What comes next, as far as it is fixed."""
    meetings = await reads.soonest("session", now, A_FEW)
    return Coming(meetings, await _first_on(reads), tuple(await reads.releases()))


async def _first_on(reads: Reads) -> date | None:
    """The first publication that is due; before any meeting was held, as its own standards will have it."""
    due = next(iter(await reads.soonest("findings")), None)
    if due:
        return civil(due.due_at)
    session = next(iter(await reads.soonest("session")), None)
    page = await reads.cycle(session.cycle) if session else None
    if session is None or page is None:
        return None
    calendar = working_calendar(page.cycle.calendar)
    if isinstance(calendar, Refused):
        return None
    on = calendar.after(civil(session.due_at), page.cycle.standards.findings.publish_days)
    return None if isinstance(on, Refused) else on
