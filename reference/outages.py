"""What was late, in words, with working days counted by the newest calendar."""

from collections.abc import Iterable

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.duties.outages import outages
from schemas.outages import LateRow, Outage
from schemas.outcomes import Refused

MOST = 2000
"""Late duties that are shown at the most, the newest."""


def in_words(rows: Iterable[LateRow]) -> tuple[Outage, ...]:
    """Outages, newest first."""
    days = working_calendar(calendar().version)
    assert not isinstance(days, Refused), days.message
    return outages(rows, days)
