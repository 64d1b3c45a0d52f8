"""Loading the demonstration: every act through the Desk, on the day on which the story puts it, once."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from demonstration import performance, planned, thematic
from demonstration.dates import PERFORMANCE, PLANNED, THEMATIC, Dates, DemonstrationError, again, fresh
from demonstration.notes import notes
from demonstration.telling import Numbers, Step, Story, key_of
from engine.desk import Desk
from reference.catalogue import demonstration_people, plan
from rules.clocks import civil
from schemas.commands import AnyCommand
from schemas.events import SessionFixed
from schemas.outcomes import Receipt, Refused
from schemas.rows import TimelineRow
from schemas.shape import Words
from store.keeping import Keeping
from store.reads import Reads

MARK = "(demonstration)"
"""In the title of each of its cycles."""

NAMES = (PERFORMANCE, THEMATIC, PLANNED)
PATIENCE = timedelta(seconds=30)
LEVEL = timedelta(seconds=1)
"""A cycle's clock that is no further behind than this is level."""

MOST_SKIPS = 10_000
Progress = Callable[[int, int], None]
"""Told how many acts are done, and of how many."""


@dataclass(frozen=True)
class Loaded:
    """One cycle of the demonstration and whether this loading made it."""

    name: str
    reference: str
    acts: int
    """How many acts were done now; none where they had been done before."""


@dataclass(frozen=True)
class Found:
    """A cycle of an earlier loading: its reference, its ledger, and how far its clock was set back."""

    reference: str
    set_back: timedelta
    over: bool
    rows: Sequence[TimelineRow]

    @property
    def keys(self) -> set[str]:
        """The keys of everything that was done in it."""
        return {row.entry.key for row in self.rows}

    @property
    def session_at(self) -> datetime:
        """When its session was first fixed for."""
        events = (row.entry.event for row in reversed(self.rows))
        return next(event.draft.starts_at for event in events if isinstance(event, SessionFixed))


@dataclass
class Loader:
    """Loads the demonstration. May be run again at any time: what is there stays as it is."""

    desk: Desk
    reads: Reads
    keeping: Keeping
    client: Client
    clock: Callable[[], datetime]
    progress: Progress = lambda _done, _of: None
    dates: Dates | None = None
    """The days of the sessions; moved so that one of them is in flight now, where none are given."""
    to_the_end: bool = False
    """Whether each session is told to its end, or as far as today."""

    def __post_init__(self) -> None:
        config = TimeSkippingConfig(enabled=False, max_session_skip_count=MOST_SKIPS)
        self._skipper = TimeSkipper(self.client, config=config)
        self._done = self._of = 0

    async def load(self, *, beside_others: bool = False) -> list[Loaded]:
        """Load what is missing and say what there is.

        Raises: DemonstrationError: the engine cannot move time, other cycles are here, or an act was refused.
        """
        found = await self._found()
        if not found and not beside_others:
            await self._refuse_beside_others()
        await self._keep_people_and_plan()
        dates = self._dates(found)
        stories = self._stories(dates, await self._numbers(dates, found))
        self._of = sum(len(one.steps) + 1 for one in stories)
        if len(found) < len(NAMES):
            await self._can_move_time()
        for one in stories:  # one after the other, so that the acts of all three need only name them
            await self.keeping.keep_words(one.texts())
        return list(await asyncio.gather(*(self._tell(one, found.get(one.name)) for one in stories)))

    async def _found(self) -> dict[str, Found]:
        openings = {key_of(name, "open"): name for name in NAMES}
        found: dict[str, Found] = {}
        for row in await self.reads.cycles(search=MARK):
            timeline = await self.reads.timeline(row.reference)
            name = openings.get(timeline[-1].entry.key)
            page = await self.reads.cycle(row.reference)
            if name and page:
                found[name] = Found(row.reference, page.cycle.set_back, page.cycle.over, timeline)
        return found

    async def _refuse_beside_others(self) -> None:
        others = await self.reads.cycles(most=1)
        if others:
            raise DemonstrationError(
                f"There are cycles here that are not the demonstration's, such as {others[0].reference}. "
                "Load it beside them with --beside-others, or into an empty database."
            )

    async def _keep_people_and_plan(self) -> None:
        there = await self.reads.people()
        await self.keeping.keep_people(one for one in demonstration_people().values() if one.id not in there)
        if await self.reads.plan(plan().id) is None:
            await self.keeping.keep_plan(plan())

    def _dates(self, found: dict[str, Found]) -> Dates:
        if self.dates:
            return self.dates
        for name, one in found.items():
            return again(name, civil(one.session_at))
        return fresh(civil(self.clock()))

    def _stories(self, dates: Dates, numbers: Numbers) -> list[Story]:
        tellers = (performance.story, thematic.story, planned.story)
        return [tell(dates, numbers, to_its_end=self.to_the_end) for tell in tellers]

    async def _numbers(self, dates: Dates, found: dict[str, Found]) -> Numbers:
        cycles: dict[str, str] = {}
        actions: dict[str, tuple[str, ...]] = {}
        for name in NAMES:
            year, key = dates.on(name, performance.OUT).year, key_of(name, "open")
            cycles[name] = (
                found[name].reference if name in found else await self.desk.cycle_reference(key, year)
            )
        for name, count in self._agreed():
            keys = [key_of(name, f"action-{n}") for n in range(1, count + 1)]
            year = dates.on(name, 1).year
            actions[name] = tuple([await self.desk.action_number(key, year) for key in keys])
        return Numbers(cycles=cycles, actions=actions)

    def _agreed(self) -> tuple[tuple[str, int], ...]:
        """How many actions each session leaves that is told so far."""
        first = (PERFORMANCE, len(performance.ACTIONS))
        return (first, (THEMATIC, len(thematic.agreed()))) if self.to_the_end else (first,)

    async def _can_move_time(self) -> None:
        """Ask the engine about a cycle that does not exist: one that moves time says only that."""
        try:
            await self._skipper.fast_forward(self.client.get_workflow_handle("no-such-cycle"), 1.0)
        except RPCError as refused:
            if refused.status != RPCStatusCode.NOT_FOUND:
                raise DemonstrationError(
                    "This Temporal server does not let time be moved, which the demonstration needs. "
                    "Start the product with standalone.py, or set frontend.WorkflowTimeSkippingEnabled=true "
                    "in the server's dynamic configuration."
                ) from None

    async def _tell(self, story: Story, found: Found | None) -> Loaded:
        reference, acts, set_back = story.opening.cycle, 0, timedelta(0)
        if found:
            set_back = found.set_back
        else:
            command = story.open(self.clock())
            set_back = command.set_back
            await self._send(command)
            acts += 1
        self._advance()
        done = _already(story, found)
        self._advance(done)
        for step in story.steps[done:]:
            await self._forward(reference, set_back, step.at)
            await self._send(*await self._written(step))
            self._advance()
            acts += 1
        if story.in_the_past and not self.to_the_end and not (found and found.over):
            await self._forward(reference, set_back, self.clock())
        return Loaded(story.name, reference, acts)

    async def _written(self, step: Step) -> tuple[AnyCommand, Words]:
        """The act, with the notes of the session in it where it begins from them, and their words."""
        words = Words()
        page = await self.reads.cycle(step.command.cycle) if step.after_notes else None
        if page is None or step.after_notes is None:
            return step.command, words
        body = words.ref(f"{notes(page)}\n{step.after_notes}")
        return step.command.model_copy(update={"body": body}), words

    async def _forward(self, reference: str, set_back: timedelta, to: datetime) -> None:
        """Let the cycle's own clock run on to an instant; what it owes meanwhile is done on its way."""
        handle = self.client.get_workflow_handle(reference)
        now = await self._skipper.get_current_time(handle) - set_back
        if to - now > LEVEL:
            await self._skipper.fast_forward(handle, to - now)

    async def _send(self, command: AnyCommand, words: Words | None = None) -> None:
        until = self.clock() + PATIENCE
        outcome = await self.desk.send(command, words)
        while not isinstance(outcome, Receipt) and self.clock() < until and not isinstance(outcome, Refused):
            outcome = await self.desk.send(command, words)
        if not isinstance(outcome, Receipt):
            raise DemonstrationError(f"{command.kind} in {command.cycle}: {outcome.message}")

    def _advance(self, acts: int = 1) -> None:
        self._done += acts
        self.progress(self._done, self._of)


def _already(story: Story, found: Found | None) -> int:
    """How many steps of the story were done before."""
    if found is None:
        return 0
    done = [n for n, step in enumerate(story.steps, start=1) if step.command.key in found.keys]
    return max(done, default=0)
