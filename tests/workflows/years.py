"""Years in one test: a programme and its cycles, each on its virtual clock, played up to one instant."""

import asyncio
import importlib
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from textwrap import indent

from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker

from engine.announcing import Wanted, announce, taken_by
from engine.appointments import schedule_id
from engine.connection import WORKFLOWS, sandbox, writing_and_telling
from engine.releasing import release
from engine.slots import SlotOpener, programme_effects
from reference.catalogue import demonstration_people, know
from rehearsal.conduct import Conduct
from rehearsal.people import Cast, Planned
from rehearsal.stage import LEADS_ON, acts_of
from rules.calendars import WorkingCalendar
from rules.clocks import instant
from rules.duties import duties, waits
from schemas.commands import AnyCommand, ChangeCalendar
from schemas.cycle import Cycle
from schemas.notices import Delivery, Notice
from schemas.outcomes import Receipt
from schemas.people import Person
from schemas.programme import Slot
from schemas.programme.commands import AnyProgrammeCommand
from schemas.programme.records import ProgrammeReceipt
from schemas.successions import Announced
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.programmes import ProgrammeLedger
from tests import programme as p
from tests import scenario as s
from tests.conftest import Office
from tests.editions import proclaimed
from workflows.cycle import CycleWorkflow

SOURCE = Path(__file__).parents[2] / "workflows" / "cycle.py"
A_MOMENT = timedelta(seconds=1)
AWAY = """
        if self._machine_is_away():
            await workflow.sleep(self._machine_is_away())"""
AWAY_TO_DELIVER = indent(AWAY.strip("\n"), "    ")
DUE = "    async def _do_what_is_due(self) -> None:"
DELIVER = "            told = await delivered(wanted) if wanted else []"
OUTAGE = """
    def _machine_is_away(self) -> timedelta:
        at, begins = self._now(), datetime.fromisoformat("{begins}")
        ends = datetime.fromisoformat("{ends}")
        return ends - at if begins <= at < ends else timedelta(0)

"""
WRITES = "        standing = await workflow.execute_local_activity_method("
NEW_CODE = f"        await workflow.sleep(1)\n{WRITES}"
"""A second to think before anything is written: no history of before has it."""
PATCHED = f'        if workflow.patched("a-second-to-think"):\n            await workflow.sleep(1)\n{WRITES}'


@contextmanager
def code(folder: Path, name: str, outage: tuple[datetime, datetime], change: str = WRITES) -> Iterator[type]:
    """The cycle's workflow on a machine that is away for a while; with a change of its code, where wanted.

    A server that skips time does not pass over work that nobody takes, so the worker's absence is made in the
    workflow itself: what falls due while the machine is away is begun when it is back.
    """
    text = SOURCE.read_text(encoding="utf8")
    body = OUTAGE.format(begins=outage[0].isoformat(), ends=outage[1].isoformat())
    for before, after in (
        (DUE, body + DUE + AWAY),
        (DELIVER, f"{AWAY_TO_DELIVER}\n{DELIVER}"),
        (WRITES, change),
    ):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    (folder / f"{name}.py").write_text(text, encoding="utf8")
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module(name).CycleWorkflow
    finally:
        sys.path.remove(str(folder))
        del sys.modules[name]


@dataclass
class PostOfTheDay:
    """The post by the clock of the cycle that it is told of, which is far from the true one.

    What only tells goes beside the cycle (ADR 0038), whose skipped time does not wait: it left when planned.
    """

    office: Office

    async def deliver(self, notice: Notice) -> Delivery:
        """Delivered now, by the cycle's own clock."""
        delivery = await self.office.post.deliver(notice)
        page = await self.office.reads.cycle(notice.cycle)
        if page and waits(notice) is None:
            return delivery.model_copy(update={"at": notice.planned_at + page.cycle.set_back})
        handle = self.office.engine.client.get_workflow_handle(notice.cycle)
        return delivery.model_copy(update={"at": await self.office.engine.get_current_time(handle)})


@dataclass
class Years:
    """The office, its programme, and how the people of each cycle behave."""

    office: Office
    pool: Pool
    programme: str
    now: datetime
    calendar: WorkingCalendar
    conduct: Callable[[Slot], Conduct]
    outage: tuple[datetime, datetime]
    casts: dict[str, Cast] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)
    """The cycle of each slot that was opened."""
    people: dict[str, Person] = field(default_factory=demonstration_people)
    unanswered: AnyCommand | None = None

    @asynccontextmanager
    async def at_work(self, workflow: type) -> AsyncIterator[None]:
        """A worker with this code of the cycle's workflow."""
        office = self.office
        opener = SlotOpener(office.desk, office.programme, office.reads)
        effects = programme_effects(office.engine.client, office.queue, ProgrammeLedger(self.pool), opener)
        post = PostOfTheDay(office)
        own, plugins = writing_and_telling(office.engine.client, office.queue, Ledger(self.pool), post)
        others = [one for one in WORKFLOWS if one is not CycleWorkflow]
        async with Worker(
            office.engine.client,
            task_queue=office.queue,
            workflows=[workflow, *others],
            activities=[*own, *effects],
            plugins=plugins,
            workflow_runner=sandbox(),
            sticky_queue_schedule_to_start_timeout=timedelta(seconds=2),
        ):
            yield

    async def act(self, command: AnyProgrammeCommand) -> ProgrammeReceipt:
        """Something is done with the programme."""
        outcome = await self.office.programme.send(command, p.WORDS)
        assert isinstance(outcome, ProgrammeReceipt), outcome
        return outcome

    async def slots(self, year: int) -> tuple[Slot, ...]:
        """The cycles to come of a year, as they stand."""
        page = await self.office.reads.programme(self.programme)
        assert page
        return page.programme.in_year(year)

    async def until(self, to: datetime) -> None:
        """Everything up to an instant: cycles open on their day, people act, the engine does its own."""
        while (slot := await self._next_opening(to)) is not None:
            at = instant(slot.draft.opens_on, "09:00")
            await self._all_up_to(at)
            await self._open(slot)
        await self._all_up_to(to)

    async def _next_opening(self, to: datetime) -> Slot | None:
        page = await self.office.reads.programme(self.programme)
        adopted = [one for one in page.programme.slots if one.state == "adopted"] if page else []
        ahead = sorted((one.draft.opens_on, one.number, one) for one in adopted)
        return ahead[0][2] if ahead and instant(ahead[0][0], "09:00") <= to else None

    async def _all_up_to(self, at: datetime) -> None:
        if at <= self.now:
            return
        for reference in list(self.casts):
            await self._play(reference, at)
        handle = self.office.engine.client.get_workflow_handle(self.programme)
        await self.office.engine.fast_forward(handle, at - self.now)
        self.now = at

    async def _open(self, slot: Slot) -> None:
        """Its schedule fires: schedules have the true clock, so the hour is struck by hand."""
        struck = False
        for _ in range(200):
            struck = struck or await self._strike(slot)
            page = await self.office.reads.programme(self.programme)
            found = page.programme.slot(slot.number) if page else None
            if found and found.cycle:
                self.of[found.number] = found.cycle
                self.casts[found.cycle] = self._cast(found)
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{slot.number} did not open")

    async def _strike(self, slot: Slot) -> bool:
        """Trigger its schedule; False while the engine has not entered it in its book yet."""
        handle = self.office.engine.client.get_schedule_handle(schedule_id(self.programme, slot.number))
        try:
            await handle.trigger()
        except RPCError as missing:
            if missing.status != RPCStatusCode.NOT_FOUND:
                raise
            return False
        return True

    def _cast(self, slot: Slot) -> Cast:
        return Cast(conduct=self.conduct(slot), people=self.people, calendar=self.calendar, words=s.WORDS)

    async def cycle(self, reference: str) -> Cycle:
        """A cycle as the pages read it."""
        page = await self.office.reads.cycle(reference)
        assert page
        return page.cycle

    async def _play(self, reference: str, to: datetime) -> None:
        """One cycle up to an instant: act after act, duty after duty."""
        engine, cast = self.office.engine, self.casts[reference]
        handle = engine.client.get_workflow_handle(reference)
        while True:
            cycle = await self.cycle(reference)
            if cycle.over:
                return
            clock = await engine.get_current_time(handle) - cycle.set_back
            if clock >= to:
                return
            acts = sorted(map(self._when_up, acts_of(cast, cycle)), key=lambda one: one.at)
            if acts and acts[0].at <= clock:
                await self._send(acts[0])
                continue
            opens = (one.at + A_MOMENT for one in duties(cycle, cast.calendar) if one.kind in LEADS_ON)
            ahead = min([to, *(one.at for one in acts[:1]), *(one for one in opens if one > clock)])
            if not await engine.fast_forward(handle, max(ahead - clock, A_MOMENT)):
                return

    def _when_up(self, act: Planned) -> Planned:
        """Nobody can do anything while the machine is away: they do it when it is back."""
        begins, ends = self.outage
        return replace(act, at=ends) if begins <= act.at < ends else act

    async def _send(self, act: Planned) -> None:
        outcome = await self.office.desk.send(act.command, s.WORDS)
        assert isinstance(outcome, Receipt), (act.command.kind, outcome)

    async def said_again(self) -> None:
        """What nobody answered is sent once more, under its key."""
        assert self.unanswered
        outcome = await self.office.desk.send(self.unanswered, s.WORDS)
        assert isinstance(outcome, Receipt), outcome

    async def under_way(self) -> list[Cycle]:
        """The cycles that have not ended."""
        found = [await self.cycle(one) for one in self.casts]
        return [one for one in found if not one.over]

    async def calendar_changes(self, version: str, *days: date) -> list[str]:
        """A new edition with more bank holidays, released to every cycle under way; the cycles."""
        edition = proclaimed(*days, version=version)
        know([edition])
        await Keeping(self.pool).keep_calendars([edition], "policy-officer")
        self.calendar = WorkingCalendar(edition)
        touched = [one.reference for one in await self.under_way()]
        commands = [
            ChangeCalendar(
                cycle=one, key=f"{version.replace('/', ':')}:{one}", actor=s.OFFICER, to=edition.version
            )
            for one in touched
        ]
        done = await release(commands, lambda _: True, self.office.desk)
        assert sorted(done.moved) == sorted(touched), done
        self.casts = {ref: replace(cast, calendar=self.calendar) for ref, cast in self.casts.items()}
        return touched

    async def succession(self, to: str, name: str, on: date) -> list[str]:
        """Another body takes over from a day: announced, and released to every cycle under way."""
        wanted = Wanted(what="body", to=to, to_name=name, from_on=on, reason="The Act says so.")
        keeping = Keeping(self.pool)
        made = await announce(wanted, s.CHIEF_EXECUTIVE, self.office.reads, keeping, self.now)
        assert isinstance(made, Announced), made
        taken = await taken_by(made, self.office.reads, s.CHIEF_EXECUTIVE, self.now)
        done = await release(taken.commands, lambda _: True, self.office.desk, words=taken.words)
        assert len(done.moved) == len(taken.commands), done
        return [one.cycle for one in taken.commands]

    async def takes_the_chair(self, holder: Person, instead_of: str) -> None:
        """Whoever takes over acts from now on in every cycle."""
        await Keeping(self.pool).keep_people([holder])
        self.people = {ref: one for ref, one in self.people.items() if ref != instead_of}
        self.people[holder.id] = holder
        self.casts = {ref: replace(cast, people=self.people) for ref, cast in self.casts.items()}
