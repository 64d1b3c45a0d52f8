"""A cycle as its timeline shows it: steps and requests, planned and actual, and who holds it since when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reference.working import working_calendar
from rules.calendars import WorkingCalendar
from rules.clocks import civil
from rules.timing.following import run_of
from rules.timing.planned import planned_ends
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.rows import CyclePage
from schemas.timing import HOLDERS, STEPS, AskedSpell, Run, Step
from store.reads import Reads
from web.pictures.ball import Held
from web.pictures.gantt import Bar, Lane, Timeline
from web.showing.words import STRIP

NAMES: dict[Step, str] = dict(zip(STEPS, STRIP, strict=True))
MOST_REQUESTS = 12
"""Requests that have a lane of their own; the others are in the list of requests."""


@dataclass(frozen=True)
class Ran:
    """What the page of a cycle shows of how it runs."""

    timeline: Timeline
    held: Held
    since: datetime | None
    """Since when whoever holds it has held it; None once it is over."""
    left_out: int


async def ran(reads: Reads, page: CyclePage, now: datetime) -> Ran | None:
    """How a cycle runs up to now, from what was kept where that reaches so far, else from its ledger."""
    calendar = working_calendar(page.cycle.calendar)
    if isinstance(calendar, Refused):
        return None
    kept = await reads.run(page.cycle.reference)
    if kept is None or kept.version < page.cycle.version:
        kept = run_of(await reads.written(page.cycle.reference), calendar)
    return pictured(page, kept, now, calendar)


def pictured(page: CyclePage, run: Run, now: datetime, calendar: WorkingCalendar) -> Ran:
    """The same from a run."""
    cycle = page.cycle
    today = max(civil(now - cycle.set_back), civil(cycle.changed_at))
    planned = planned_ends(cycle, calendar)
    lanes = tuple(_lanes(page, run, planned, today, calendar))
    ends = [bar.last for lane in lanes for bar in lane.bars] + [lane.due for lane in lanes if lane.due]
    first = civil(cycle.opened_at)
    timeline = Timeline(
        f"How {cycle.reference} runs", first, max([first, *ends, *([] if cycle.over else [today])]), today,
        lanes,
    )  # fmt: skip
    days: dict[str, int] = {side: run.holder_days(side) for side in HOLDERS}
    since = run.held[-1] if run.held and run.held[-1].to_at is None else None
    if since:
        days[since.holder] += _lasting(since.from_at, today, calendar)
    left_out = max(len(cycle.requests) - MOST_REQUESTS, 0)
    return Ran(timeline, Held(cycle.reference, days), since.from_at if since else None, left_out)


def _lasting(start: datetime, today: date, calendar: WorkingCalendar) -> int:
    first = civil(start)
    known = calendar.covers(first) and calendar.covers(today)
    return max(calendar.between(first, today), 0) if known else 0


def _lanes(
    page: CyclePage, run: Run, planned: dict[Step, date], today: date, calendar: WorkingCalendar
) -> Iterator[Lane]:
    coming = _first_coming(page.cycle, today)
    reached = max((STEPS.index(one.step) for one in run.steps), default=0)
    for step in STEPS:
        bars = tuple(_step_bars(run, step, planned.get(step), today, calendar))
        due = planned.get(step)
        behind = STEPS.index(step) < reached
        if not bars and due and due > coming and not behind and not page.cycle.over:
            bars = (Bar(coming, due, coming=True),)
        coming = max([coming, *([due] if due else [])])
        yield Lane(NAMES[step], bars, due)
        if step == "evidence":
            yield from _requests(page, run, today, calendar)


def _first_coming(cycle: Cycle, today: date) -> date:
    return max(civil(cycle.opened_at), today)


def _step_bars(
    run: Run, step: Step, due: date | None, today: date, calendar: WorkingCalendar
) -> Iterator[Bar]:
    for one in (one for one in run.steps if one.step == step):
        first = civil(one.from_at)
        last = civil(one.to_at) if one.to_at else max(today, first)
        late = due is not None and last > due
        yield Bar(
            first, last, _holder_at(run, one.from_at),
            one.days if one.to_at else _lasting(one.from_at, today, calendar),
            late_from=max(due, first) if late and due else None,
            late_days=max(calendar.between(max(due, first), last), 0) if late and due else 0,
            going_on=one.to_at is None,
        )  # fmt: skip


def _holder_at(run: Run, at: datetime) -> str:
    return next((one.holder for one in reversed(run.held) if one.from_at <= at), "office")


def _requests(page: CyclePage, run: Run, today: date, calendar: WorkingCalendar) -> Iterator[Lane]:
    for one in page.cycle.requests[:MOST_REQUESTS]:
        spells = [spell for spell in run.asked if spell.request == one.number]
        if spells:
            yield Lane(
                f"{one.number}: {page.say(one.draft.title)}",
                tuple(_spell(spell, today, calendar) for spell in spells),
                one.due.on if one.due and one.state != "withdrawn" else None,
                f"/cycles/{page.cycle.reference}/requests/{one.number}",
                inner=True,
            )


def _spell(spell: AskedSpell, today: date, calendar: WorkingCalendar) -> Bar:
    first = civil(spell.from_at)
    last = civil(spell.to_at) if spell.to_at else max(today, first)
    owed = civil(spell.due_at) if spell.due_at and spell.holder == "force" else None
    late = owed is not None and last > owed
    return Bar(
        first, last, spell.holder,
        spell.days if spell.to_at else _lasting(spell.from_at, today, calendar),
        late_from=max(owed, first) if late and owed else None,
        late_days=max(calendar.between(max(owed, first), last), 0) if late and owed else 0,
        going_on=spell.to_at is None,
    )  # fmt: skip
