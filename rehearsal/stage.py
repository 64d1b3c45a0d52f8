"""The stage: cycles played in skipped time on an engine of their own, several at once where wanted."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from temporalio.client import WorkflowHandle
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper

from engine.connection import employ
from engine.desk import ENDED, Desk
from engine.in_force import forums_now, periods_now
from reference.catalogue import calendar, demonstration_people, plan, standards
from reference.cyclefile import Opening, open_command
from reference.forums import forums as shipped_forums
from reference.working import working_calendar
from rehearsal.conduct import Conduct
from rehearsal.engine import ALONE, engine_alone
from rehearsal.evidence import on_evidence
from rehearsal.memory import Kept, Memory
from rehearsal.outcomes import on_actions, on_findings
from rehearsal.people import Cast, Planned
from rehearsal.script import Script
from rehearsal.sitting import on_sessions
from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from rules.duties import duties
from rules.meeting.forums import Forums
from schemas.commands import AnyCommand
from schemas.cycle import Cycle
from schemas.outcomes import Outcome, Receipt, Refused
from schemas.people import Role
from schemas.shape import Words

QUEUE = "rehearsal"
MOST_STEPS = 5_000
A_MOMENT = timedelta(seconds=1)
GLANCES, GLANCE = 500, timedelta(milliseconds=10)
LEADS_ON = frozenset({"ask", "release", "fact_check"})
"""What the engine does by itself after which people have something new to do."""
WITHOUT_END = "progress"
"""The engine asks for ever how an open action stands: nobody waits for that."""


class RehearsalError(Exception):
    """The rehearsal cannot go on; the message says where and why."""


@dataclass(frozen=True)
class Rehearsed:
    """What happened: everything that would have been recorded and sent."""

    script: Script
    reference: str
    memory: Memory

    @property
    def kept(self) -> Kept:
        """The ledger and the post of this cycle."""
        return self.memory.of(self.reference)

    @property
    def cycle(self) -> Cycle:
        """The cycle as it stands at the end."""
        return self.memory.standing(self.reference)

    @property
    def ended_at(self) -> datetime:
        """When the last thing happened."""
        return self.kept.ledger[-1].at


@dataclass
class Stage:
    """One engine alone with its worker, and the memory in which everything ends."""

    skipper: TimeSkipper
    memory: Memory
    desk: Desk
    forums: Forums
    at_once: bool = False
    """Whether acts that fall at one instant are handed in together: faster, and in no certain order."""
    lenient: bool = False
    """Whether an act that is refused is noted and left, where a rehearsal would end."""
    undone: list[tuple[Planned, Outcome]] = field(default_factory=list)

    async def cast(self, conduct: Conduct, days: WorkingCalendar, since: datetime | None = None) -> Cast:
        """The people of this stage, who know its calendar, its forums and its polls."""
        return Cast(
            conduct=conduct,
            people=self.memory.everybody,
            calendar=days,
            words=Words(),
            forums=self.forums,
            periods=await periods_now(self.memory),
            since=since,
        )

    async def play(self, reference: str, cast: Cast) -> None:
        """Go from act to act, and let the engine do its own on the way, until nobody has anything left to do.

        Raises: RehearsalError: an act was refused, and the stage is not lenient.
        """
        handle = self.skipper.client.get_workflow_handle(reference)
        refused: set[str] = set()
        clock = await self._clock(handle, reference)
        for _ in range(MOST_STEPS):
            cycle = self.memory.standing(reference)
            if cycle.over:
                break
            acts = [one for one in acts_of(cast, cycle) if one.command.key not in refused]
            now = sorted((one for one in acts if one.at <= clock), key=lambda one: one.at)
            if now:
                refused |= await self._hand_in(now if self.at_once else now[:1], cast.words)
                continue
            ahead = _next(acts, cycle, cast.calendar, clock)
            if ahead is None or not await self.skipper.fast_forward(handle, max(ahead - clock, A_MOMENT)):
                break
            clock = await self._clock(handle, reference)
            await self._caught_up(reference, cast.calendar, clock)
        await self._told(handle)

    async def send(self, command: AnyCommand, words: Words) -> Outcome:
        """Hand in one act."""
        return await self.desk.send(command, words)

    async def _hand_in(self, planned: list[Planned], words: Words) -> set[str]:
        """Hand in what is due now; the keys of what was refused."""
        outcomes = await asyncio.gather(*(self.desk.send(one.command, words) for one in planned))
        failed = [pair for pair in zip(planned, outcomes, strict=True) if not isinstance(pair[1], Receipt)]
        if failed and not self.lenient:
            act, outcome = failed[0]
            why = outcome.message if not isinstance(outcome, Receipt) else ""
            raise RehearsalError(f"{act.command.kind}: {why}")
        self.undone += failed
        return {one.command.key for one, _ in failed}

    async def _caught_up(self, reference: str, days: WorkingCalendar, clock: datetime) -> None:
        """Wait until the engine has done what people's next acts hang on: skipped time outruns its worker.

        What is never done by itself (of a cycle that stands still) is waited for `GLANCES` and no longer.
        """
        for _ in range(GLANCES):
            left = duties(self.memory.standing(reference), days)
            if not any(one.kind in LEADS_ON and one.at <= clock for one in left):
                return
            await asyncio.sleep(GLANCE.total_seconds())

    async def _told(self, handle: WorkflowHandle[object, object]) -> None:
        """Wait until everybody is told: no time passes while a letter is on its way."""
        try:
            await self.skipper.fast_forward(handle, A_MOMENT)
        except RPCError as ended:
            if ended.status not in ENDED:
                raise

    async def _clock(self, handle: WorkflowHandle[object, object], reference: str) -> datetime:
        return await self.skipper.get_current_time(handle) - self.memory.standing(reference).set_back


def acts_of(cast: Cast, cycle: Cycle) -> Iterator[Planned]:
    """Everything that anybody would do next."""
    return chain(
        on_evidence(cast, cycle), on_sessions(cast, cycle), on_actions(cast, cycle), on_findings(cast, cycle)
    )


def _next(acts: list[Planned], cycle: Cycle, days: WorkingCalendar, clock: datetime) -> datetime | None:
    """When to look again: at the next act, or once the engine has done what leads on to others.

    What the engine does on the way to it needs nobody to look. Where nobody acts any more, its duties are
    let come one after the other, but for those that never end.
    """
    left = [one for one in duties(cycle, days) if one.at + A_MOMENT > clock]
    opens = [one.at + A_MOMENT for one in left if one.kind in LEADS_ON]
    if acts:
        return min([*opens, *(one.at for one in acts)])
    return next((one.at + A_MOMENT for one in left if one.kind != WITHOUT_END), None)


@asynccontextmanager
async def staged(
    skipper: TimeSkipper,
    memory: Memory,
    forums: Forums | None = None,
    *,
    at_once: bool = False,
    lenient: bool = False,
) -> AsyncIterator[Stage]:
    """A stage with its worker at work, for as long as the block runs."""
    known = shipped_forums() if forums is None else forums
    desk = Desk(skipper.client, QUEUE, memory, memory, demonstration=True, forums=known, periods=())
    async with employ(skipper.client, QUEUE, memory, memory, policed=False, alone=True):
        now = await forums_now(known, memory)
        yield Stage(skipper, memory, desk, now, at_once=at_once, lenient=lenient)


async def rehearse(script: Script, temporal: str, now: datetime) -> Rehearsed:
    """Run the whole cycle in skipped time with the real workflow.

    `temporal` is the path of the Temporal program; `now` only says how far the cycle's clock is set.

    Raises: RehearsalError: an act of the script was refused.
    """
    memory = fresh_memory()
    async with engine_alone(temporal) as engine, staged(engine[ALONE], memory) as stage:
        return await perform(stage, script, f"HTA-{script.starts_on.year}-01", now)


def fresh_memory() -> Memory:
    """A memory with the people and the plan of the demonstration, and no cycle yet."""
    return Memory(everybody=demonstration_people(), plan_in_force=plan())


async def perform(stage: Stage, script: Script, reference: str, now: datetime) -> Rehearsed:
    """Open a script's cycle on a stage and play it to its end.

    Raises: RehearsalError: an act of the script was refused.
    """
    days = working_calendar(calendar().version)
    if isinstance(days, Refused):
        raise RehearsalError(days.message)
    cast = await stage.cast(script.conduct, days)
    starts_at = instant(script.starts_on, "09:00")
    body = stage.memory.plan_in_force.body if stage.memory.plan_in_force else plan().body
    opening = Opening(
        cycle=reference,
        key="rehearsal-opening",
        actor=cast.by(Role.POLICY_OFFICER, civil(starts_at)),
        standards=standards()[script.cycle.kind],
        calendar=days.version,
        body=body,
        set_back=now - starts_at,
    )
    outcome = await stage.send(open_command(script.cycle, opening, cast.words), cast.words)
    if not isinstance(outcome, Receipt):
        raise RehearsalError(f"OpenCycle: {outcome.message}")
    await stage.play(reference, cast)
    return Rehearsed(script=script, reference=reference, memory=stage.memory)
