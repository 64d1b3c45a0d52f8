"""From a cycle's ledger to how it ran: the time in each step, with each side, and for each request."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from rules.apply import apply
from rules.calendars import WorkingCalendar
from rules.clocks import civil
from rules.programme.years import year_of
from rules.publishing.due import findings_due
from rules.stages import stage
from rules.timing.answers import answered, late_by
from rules.timing.between import working_days
from rules.timing.holding import holder
from rules.timing.spans import quarter_of
from rules.timing.turns import Turns
from schemas.cycle import Cycle
from schemas.events import ExtensionGranted, ReturnSentBack
from schemas.records import Entry
from schemas.timing import STEP_OF, AtStep, HeldBy, Holder, Run, Step

What = TypeVar("What")


def run_of(entries: Iterable[Entry], calendar: WorkingCalendar, now: datetime | None = None) -> Run:
    """How a cycle ran, from its ledger oldest first; with `now`, what lasts is late as far as it is by then.

    Source: process.events
    Units: working days of the calendar; the day on which something begins is not counted.
    Raises: LookupError: there are no entries, or they do not follow from one another.
    """
    track = _Track()
    cycle: Cycle | None = None
    for entry in entries:
        cycle = apply(cycle, entry)
        track.note(entry, cycle)
    if cycle is None:
        raise LookupError("an empty ledger adds up to nothing")
    return track.run(cycle, calendar, now).model_copy(update=_published(cycle, calendar))


@dataclass
class _Track:
    """What is gathered on the way."""

    steps: list[tuple[Step | None, datetime]] = field(default_factory=list)
    held: list[tuple[Holder, datetime]] = field(default_factory=list)
    turns: Turns = field(default_factory=Turns)
    sent_back: int = 0
    more_time: int = 0

    def note(self, entry: Entry, after: Cycle) -> None:
        self.steps.append((STEP_OF[stage(after)], entry.at))
        self.held.append((holder(after), entry.at))
        self.turns.note(entry)
        self.sent_back += isinstance(entry.event, ReturnSentBack)
        self.more_time += isinstance(entry.event, ExtensionGranted)

    def run(self, cycle: Cycle, calendar: WorkingCalendar, now: datetime | None) -> Run:
        return Run(
            cycle=cycle.reference,
            version=cycle.version,
            kind=cycle.standards.id,
            year=year_of(civil(cycle.opened_at)),
            opened_at=cycle.opened_at,
            steps=tuple(
                AtStep(step=step, from_at=start, to_at=end, days=working_days(start, end, calendar))
                for step, start, end in _spells(self.steps)
                if step
            ),
            held=tuple(
                HeldBy(holder=who, from_at=start, to_at=end, days=working_days(start, end, calendar))
                for who, start, end in _spells(self.held)
                if who != "nobody"
            ),
            asked=self.turns.spells(calendar, now),
            answered=answered(cycle, calendar),
            sent_back=self.sent_back,
            more_time=self.more_time,
            cancelled=cycle.cancelled_at is not None,
        )


def _spells(marks: list[tuple[What, datetime]]) -> Iterator[tuple[What, datetime, datetime | None]]:
    """Marks as stretches of time: equals that follow each other join, and what lasted no time is left out."""
    joined: list[tuple[What, datetime]] = []
    for what, at in marks:
        if joined and joined[-1][1] == at:
            joined.pop()
        if not joined or joined[-1][0] != what:
            joined.append((what, at))
    ends: list[datetime | None] = [*(at for _, at in joined[1:]), None]
    yield from ((what, start, end) for (what, start), end in zip(joined, ends, strict=True))


def _published(cycle: Cycle, calendar: WorkingCalendar) -> dict[str, object]:
    first = min((one.published_at for one in cycle.findings if one.published_at), default=None)
    if first is None:
        return {}
    owed = findings_due(cycle, calendar)
    return {
        "published_at": first,
        "published_quarter": quarter_of(civil(first)),
        "published_days": working_days(cycle.opened_at, first, calendar),
        "published_late": late_by(owed.at, first, calendar) if owed else None,
    }
