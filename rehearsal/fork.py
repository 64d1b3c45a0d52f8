"""What-if: recorded facts run on twice in an engine of their own, as things stand and as supposed."""

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime

from temporalio.testing import TimeSkipper

from reference.catalogue import know, known_versions
from reference.explaining import table
from reference.working import working_calendar
from rehearsal.conduct import Answering, Conduct
from rehearsal.engine import engine_alone
from rehearsal.memory import Memory
from rehearsal.people import Cast
from rehearsal.stage import QUEUE, Stage, staged
from rules.answering import remembered
from rules.apply import add_up
from rules.calendars import WorkingCalendar
from rules.clocks import civil
from rules.deciding.moment import next_session
from rules.explaining.reasons import reason
from rules.supposing.asking import check
from rules.supposing.comparing import Both, rows
from rules.supposing.courses import Course
from rules.supposing.days import moved_to, with_holidays
from rules.supposing.missing import misses
from rules.supposing.summing import more_letters, summary
from schemas.commands import AnyCommand, ChangeCalendar, MoveSession
from schemas.counting import Explanation
from schemas.cycle import Cycle
from schemas.outcomes import Outcome, Receipt, Refused
from schemas.people import Role
from schemas.running import NEWEST, CycleStart
from schemas.sessions import OfficeForum
from schemas.supposing import Fork, Row, Supposing, Supposition, Undone, WhatIf
from workflows.cycle import CycleWorkflow

AS_IT_STANDS, SUPPOSED = "as-it-stands", "supposed"


@dataclass(frozen=True)
class Taken:
    """A fork made ready: the cycle as its ledger adds up, and the working days that it counts by."""

    fork: Fork
    cycle: Cycle
    days: WorkingCalendar
    at: datetime
    """The cycle's own instant: a demonstration's clock is set back, or has run ahead."""


@dataclass(frozen=True)
class Run:
    """One run to its end, and what could not be done in it."""

    course: Course
    undone: tuple[Undone, ...]


async def what_if(asked: Supposing, temporal: str, now: datetime) -> WhatIf | Refused:
    """Both runs on one engine alone, compared; or why nothing can be supposed so.

    `temporal` is the path of the Temporal program, `now` the true instant, from which only the distance to
    the fork's own is counted. The process learns the supposed edition of the calendar
    and is to be left afterwards: nobody else may ever count by it.
    """
    began = time.perf_counter()
    taken = take(asked.fork, now)
    if isinstance(taken, Refused):
        return taken
    refused = check(taken.cycle, asked.supposition, civil(taken.at), taken.days)
    if refused:
        return refused[0]
    supposed = _counting(taken, asked.supposition)
    if isinstance(supposed, Refused):
        return supposed
    async with engine_alone(temporal, (AS_IT_STANDS, SUPPOSED)) as engine:
        before, after = await asyncio.gather(
            _run(engine[AS_IT_STANDS], taken, taken.days, Supposition()),
            _run(engine[SUPPOSED], taken, supposed, asked.supposition),
        )
    if isinstance(before, Refused):
        return before
    if isinstance(after, Refused):
        return after
    return _answer(taken, asked.supposition, before, after, time.perf_counter() - began)


def take(fork: Fork, now: datetime) -> Taken | Refused:
    """A fork made ready, its clock set so that it goes on from the instant at which it was taken.

    A refusal where its calendar cannot be counted by.
    """
    know([fork.calendar])
    cycle = add_up(fork.entries)
    days = working_calendar(cycle.calendar)
    if isinstance(days, Refused):
        return days
    at = max(fork.at - cycle.set_back, cycle.changed_at)
    return Taken(fork, cycle.model_copy(update={"set_back": now - at}), days, at)


def conduct_of(cycle: Cycle, supposed: Supposition) -> Conduct:
    """Everybody does what is owed on its day, but for what is supposed."""
    standards = cycle.standards
    return Conduct(
        everybody=_manner(supposed),
        acknowledges=False,
        judges=False,
        reviews_after=standards.review_days + (supposed.office_late_days or 0),
        drafted_after=standards.findings.draft_days,
        published_after=standards.findings.publish_days,
    )


def _manner(supposed: Supposition) -> Answering:
    """How every lead keeps the day of a return."""
    late = supposed.force_late_days
    if late is None:
        return Answering()
    return Answering("silent") if late == "silent" else Answering("late", late)


def _counting(taken: Taken, supposed: Supposition) -> WorkingCalendar | Refused:
    """The working days of the run with the supposition: with more holidays where some are supposed."""
    if not supposed.holidays:
        return taken.days
    made = with_holidays(taken.fork.calendar, supposed.holidays, civil(taken.at), known_versions())
    know([made])
    return working_calendar(made.version)


async def _run(
    skipper: TimeSkipper, taken: Taken, days: WorkingCalendar, supposed: Supposition
) -> Run | Refused:
    fork, reference = taken.fork, taken.cycle.reference
    memory = Memory(
        everybody={one.id: one for one in fork.people}, plan_in_force=fork.plan, windows=fork.windows
    )
    memory.bring_in(fork.entries, taken.cycle)
    forums: dict[str, OfficeForum] = {one.rules.id: one for one in fork.forums}
    async with staged(skipper, memory, forums, at_once=True, lenient=True) as stage:
        await skipper.client.start_workflow(CycleWorkflow.run, _state(taken), id=reference, task_queue=QUEUE)
        cast = await stage.cast(conduct_of(taken.cycle, supposed), days, taken.at)
        for command in _supposed(taken, cast, supposed, days):
            outcome = await stage.send(command, cast.words)
            if not isinstance(outcome, Receipt):
                return _as_refused(outcome)
        await stage.play(reference, cast)
        return _ended(stage, reference, days)


def _state(taken: Taken) -> CycleStart:
    """What continue-as-new hands on, with nobody left to tell: whoever was told stays told."""
    return CycleStart(
        reference=taken.cycle.reference,
        cycle=taken.cycle,
        answered=remembered({}, taken.fork.entries),
        to_tell=(),
        edition=NEWEST,
    )


def _supposed(taken: Taken, cast: Cast, supposed: Supposition, days: WorkingCalendar) -> list[AnyCommand]:
    """The acts by which the office would bring about what is supposed: the real ones."""
    cycle, session = taken.cycle, next_session(taken.cycle)
    officer = cast.by(Role.POLICY_OFFICER, civil(taken.at))
    acts: list[AnyCommand] = []
    if supposed.session_moves_days and session:
        acts.append(
            MoveSession(
                cycle=cycle.reference,
                key=f"{cycle.reference}:as-if:move",
                actor=officer,
                session=session.number,
                starts_at=moved_to(session, supposed.session_moves_days),
                reason=cast.said("it is moved"),
            )
        )
    if days.version != cycle.calendar:
        key = f"{cycle.reference}:as-if:calendar"
        acts.append(ChangeCalendar(cycle=cycle.reference, key=key, actor=officer, to=days.version))
    return acts


def _as_refused(outcome: Outcome) -> Refused:
    if isinstance(outcome, Refused):
        return outcome
    return Refused(
        code="what_if_failed",
        message="The engine of the what-if gave no answer. Nothing was changed. Try again in a moment.",
        source="process.wrong-input",
    )


def _ended(stage: Stage, reference: str, days: WorkingCalendar) -> Run:
    kept = stage.memory.of(reference)
    undone = tuple(
        Undone(kind=act.command.kind, at=act.at, message=outcome.message, supposed=False)
        for act, outcome in stage.undone
        if not isinstance(outcome, Receipt)
    )
    course = Course(stage.memory.standing(reference), tuple(kept.ledger), tuple(kept.sent), days)
    return Run(course, undone)


def _answer(taken: Taken, supposed: Supposition, before: Run, after: Run, seconds: float) -> WhatIf:
    both = Both(before.course, after.course, supposed)
    found = tuple(_explained(both, one) for one in rows(both))
    letters, fewer = more_letters(both)
    stood = {(one.kind, one.message) for one in before.undone}
    undone = tuple(
        one.model_copy(update={"supposed": (one.kind, one.message) not in stood}) for one in after.undone
    )
    return WhatIf(
        cycle=taken.cycle.reference,
        supposition=supposed,
        at=taken.at,
        version=taken.cycle.version,
        summary=summary(both, found, len(letters)),
        misses=misses(both, found),
        rows=found,
        letters=letters,
        fewer_letters=fewer,
        undone=undone,
        ends_before=before.course.ended_at,
        ends_after=after.course.ended_at,
        calendar=after.course.calendar.version,
        seconds=round(seconds, 2),
    )


def _explained(both: Both, row: Row) -> Row:
    """A row with the sum of its new day in words, where the day is another."""
    if row.due_after is None or row.due_before in (None, row.due_after):
        return row
    said = reason(both.after.cycle, row.key, table)
    return row.model_copy(update={"why": said.due.words}) if isinstance(said, Explanation) else row
