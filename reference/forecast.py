"""The mails of the days to come over many cycles, each counted by its own calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from reference.working import working_calendar
from rules.telling.coming import coming
from schemas.coming import ComingRow
from schemas.cycle import Cycle
from schemas.outcomes import Refused

DAYS = 30


@dataclass(frozen=True)
class Forecast:
    """What will be sent, soonest first, and the cycles for which less, or nothing, can be said."""

    rows: tuple[ComingRow, ...]
    paused: tuple[str, ...] = ()
    """Paused cycles, by reference: nobody is reminded in them until they are resumed."""
    unknown: tuple[str, ...] = ()
    """Cycles whose edition of the calendar this process does not know."""

    def of(self, lead: str = "", cycle: str = "", request: int | None = None) -> "Forecast":
        """The part that is about one lead or owner, one cycle, one request."""
        rows = tuple(
            row
            for row in self.rows
            if lead in ("", row.lead, *row.to) and cycle in ("", row.cycle) and request in (None, row.request)
        )
        return Forecast(
            rows=rows,
            paused=tuple(one for one in self.paused if cycle in ("", one)),
            unknown=tuple(one for one in self.unknown if cycle in ("", one)),
        )

    def for_eyes_of(self, person: str) -> "Forecast":
        """Without what somebody else asked to be reminded of: that is nobody's but theirs."""
        rows = tuple(row for row in self.rows if row.template != "wake" or person in row.to)
        return Forecast(rows=rows, paused=self.paused, unknown=self.unknown)


def forecast(cycles: Iterable[Cycle], now: datetime, days: int = DAYS) -> Forecast:
    """Every notice that the engine will send by itself in so many days, if nobody does anything."""
    rows: list[ComingRow] = []
    paused, unknown = [], []
    for cycle in cycles:
        if cycle.cancelled_at:
            continue
        calendar = working_calendar(cycle.calendar)
        if isinstance(calendar, Refused):
            unknown.append(cycle.reference)
            continue
        if cycle.paused_at and not cycle.over:
            paused.append(cycle.reference)
        rows += coming(cycle, calendar, now, days)
    ordered = sorted(rows, key=lambda row: (row.at, row.cycle))
    return Forecast(rows=tuple(ordered), paused=tuple(paused), unknown=tuple(unknown))
