# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""How cycles ran, what falls on a day, and figures of measures, over a record in memory."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.deadlines import deadlines
from rules.timing.following import run_of
from schemas.calendar import DueRow, HeardRow, Layer, MeasureFigure
from schemas.insights import Insights, KindSum, LeadSum, StepSum
from schemas.outcomes import Refused
from schemas.records import Entry
from schemas.rows import DeadlineRow, PublicationRow
from schemas.timing import HOLDERS, STEPS, Run


class TimingMemory:
    """What the pages with pictures ask."""

    memory: Any
    _open: Callable[[], None]
    deadlines: Callable[..., Awaitable[list[DeadlineRow]]]
    measured: tuple[MeasureFigure, ...] = ()
    heard_rows: tuple[HeardRow, ...] = ()
    about: tuple[PublicationRow, ...] = ()

    async def run(self, cycle: str) -> Run | None:
        """None is kept: pages count for themselves."""
        return None

    async def written(self, reference: str, key: str | None = None) -> tuple[Entry, ...]:
        """The ledger, oldest first."""
        found = self.memory.ledgers.get(reference, [])
        return tuple(one for one in found if key in (None, one.key))

    async def insights(self, kind: str | None = None, year: int | None = None) -> Insights:
        """Counted by hand from every run."""
        days = working_calendar(calendar().version)
        assert not isinstance(days, Refused)
        every = [run_of(one, days) for one in self.memory.ledgers.values()]
        runs = [one for one in every if kind in (None, one.kind) and year in (None, one.year)]
        return Insights(
            cycles=len(runs),
            sent_back_cycles=sum(bool(one.sent_back) for one in runs),
            sent_back=sum(one.sent_back for one in runs),
            more_time_cycles=sum(bool(one.more_time) for one in runs),
            more_time=sum(one.more_time for one in runs),
            behind=0,
            steps=tuple(
                StepSum(
                    step=step, median=_median(found), cycles=len([one for one in found if one is not None])
                )
                for step, found in ((step, [one.step_days(step) for one in runs]) for step in STEPS)
            ),
            held={side: sum(one.holder_days(side) for one in runs) for side in HOLDERS},
            leads=tuple(_leads(runs)),
            kinds=tuple(
                KindSum(kind=name, cycles=count, published=0, late=0, median=None)
                for name, count in Counter(one.kind for one in runs).items()
            ),
            quarters=(),
            years=tuple(sorted({one.year for one in every}, reverse=True)),
            all_kinds=tuple(sorted({one.kind for one in every})),
        )

    async def due_between(
        self, first: datetime, last: datetime, person: str, sides: Mapping[str, Sequence[str]],
        layers: Sequence[Layer], *, of_office: bool, most: int = 12, skip: int = 0,
    ) -> list[DueRow]:  # fmt: skip
        """Everything owed between two instants."""
        self._open()
        found = [one for reference in self.memory.ledgers for one in self._due(reference, person)]
        rows = [one for one in found if first <= one.due_at < last and one.layer in layers]
        days = Counter(one.due_at.date() for one in rows)
        seen: Counter[Any] = Counter()
        shown = []
        for one in sorted(rows, key=lambda row: (row.due_at, row.cycle, row.key)):
            seen[one.due_at.date()] += 1
            if skip < seen[one.due_at.date()] <= skip + most:
                shown.append(one.model_copy(update={"of_day": days[one.due_at.date()]}))
        return shown

    def _due(self, reference: str, person: str) -> Iterable[DueRow]:
        cycle = self.memory.cycle(reference)
        for one in deadlines(cycle, self.memory.moment().calendar):
            owned: Layer = "own" if one.owner == person else "force" if one.what == "return" else "team"
            session = cycle.session(int(one.number)) if one.what == "session" else None
            yield DueRow(
                cycle=reference,
                title=self.memory.words.get(cycle.title, ""),
                key=one.key,
                what=one.what,
                number=one.number,
                about=self.memory.words.get(one.title, ""),
                owner=one.owner,
                due_at=one.due_at,
                missed=one.missed,
                done=one.done,
                layer="panel" if session and session.forum == "panel" else owned,
                forum=session.forum if session else None,
                meeting=session.meeting if session else None,
                of_day=1,
            )

    async def heard(self, commitment: str | None = None) -> list[HeardRow]:
        """What a test says."""
        return [one for one in self.heard_rows if commitment in (None, one.commitment)]

    async def findings_about(self, commitment: str, most: int = 50) -> list[PublicationRow]:
        """What a test says."""
        return [one for one in self.about if commitment in one.facts["commitments"]][:most]

    async def sessions_about(self, commitment: str, now: datetime, most: int = 5) -> list[DeadlineRow]:
        """Sessions to come of the cycles about it."""
        rows = await self.deadlines()
        about = [one for one in rows if commitment in self.memory.cycle(one.cycle).commitments]
        return [one for one in about if one.what == "session" and one.due_at >= now][:most]

    async def figures(self, measures: Sequence[str], most: int = 2_000) -> list[MeasureFigure]:
        """What a test says."""
        return [one for one in self.measured if one.measure in measures]


def _median(found: Sequence[int | None]) -> int | None:
    ordered = sorted(one for one in found if one is not None)
    return ordered[(len(ordered) - 1) // 2] if ordered else None


def _leads(runs: Sequence[Run]) -> Iterable[LeadSum]:
    answers = [one for run in runs for one in run.answered]
    for lead in sorted({one.lead for one in answers}):
        own = [one for one in answers if one.lead == lead]
        late = [one.late_days for one in own if one.late]
        yield LeadSum(lead=lead, asked=len(own), late=len(late), late_days=dict(Counter(late)))
