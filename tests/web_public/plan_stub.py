# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""What the plan's public pages ask, from the stories which a test tells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rules.clocks import civil
from rules.timing.spans import quarter_of
from schemas.calendar import HeardRow, MeasureFigure
from schemas.rows import DeadlineRow, PublicationRow
from web.public.finding import newest


@dataclass
class PlanReads:
    """How often each commitment was heard about, and figures of measures."""

    shown: list[PublicationRow] = field(default_factory=list)
    measured: list[MeasureFigure] = field(default_factory=list)
    sessions: list[DeadlineRow] = field(default_factory=list)

    def _rows(self) -> list[PublicationRow]:
        return [one for one in newest(self.shown) if one.withdrawn_at is None]

    async def heard(self, commitment: str | None = None) -> list[HeardRow]:
        """Counted from what is published."""
        found: dict[tuple[str, object], list[PublicationRow]] = {}
        for row in self._rows():
            for ref in row.facts["commitments"]:
                found.setdefault((ref, quarter_of(civil(row.published_at))), []).append(row)
        return [
            HeardRow(
                commitment=ref,
                quarter_on=quarter_of(civil(rows[0].published_at)),
                times=len(rows),
                last_at=rows[0].published_at,
                last=rows[0].cycle,
            )
            for (ref, _), rows in sorted(found.items(), key=lambda one: str(one[0]))
            if commitment in (None, ref)
        ]

    async def findings_about(self, commitment: str, most: int = 50) -> list[PublicationRow]:
        """The newest of each cycle about it."""
        return [one for one in self._rows() if commitment in one.facts["commitments"]][:most]

    async def sessions_about(self, commitment: str, now: datetime, most: int = 5) -> list[DeadlineRow]:
        """What a test says."""
        return self.sessions[:most]

    async def figures(self, measures: Sequence[str], most: int = 2_000) -> list[MeasureFigure]:
        """What a test says."""
        return [one for one in self.measured if one.measure in measures]
