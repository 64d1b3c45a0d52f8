"""A programme on the real engine: its ledger, its schedules, the cycles that it opens, its many runs."""

import asyncio
from datetime import date, datetime, timedelta

import pytest
from temporalio.client import ScheduleHandle
from temporalio.service import RPCError

from engine.appointments import schedule_id
from reference.catalogue import demonstration_people
from rules.clocks import civil, instant
from rules.programme.years import year_of
from schemas.outcomes import Refused
from schemas.people import Appointment, Role
from schemas.programme import Programme, Slot
from schemas.programme.commands import AnyProgrammeCommand, SlotMove
from schemas.programme.records import ProgrammeReceipt
from store.keeping import Keeping
from store.pool import Pool
from tests import programme as p
from tests import scenario as s
from tests.conftest import Office

pytestmark = pytest.mark.real


@pytest.fixture
async def ref(pool: Pool) -> str:
    """A programme that no other test has, and numbers for its cycles that no other has."""
    await p.numbers_of_its_own(pool)
    return f"PRG-test-{s.key()}"


async def done(office: Office, command: AnyProgrammeCommand) -> ProgrammeReceipt:
    """Send a command that must be accepted."""
    outcome = await office.programme.send(command, p.WORDS)
    assert isinstance(outcome, ProgrammeReceipt), outcome
    return outcome


async def refused(office: Office, command: AnyProgrammeCommand) -> Refused:
    """Send a command that must be refused."""
    outcome = await office.programme.send(command, p.WORDS)
    assert isinstance(outcome, Refused), outcome
    return outcome


async def standing(office: Office, ref: str) -> Programme:
    """The programme as its row says, which must be what its ledger adds up to."""
    page = await office.reads.programme(ref)
    assert page
    return page.programme


async def slot(office: Office, ref: str, number: str) -> Slot:
    """One of its cycles to come."""
    found = (await standing(office, ref)).slot(number)
    assert found
    return found


async def until_opened(office: Office, ref: str, number: str) -> Slot:
    """A slot once it was opened, or its opening refused."""
    for _ in range(150):
        found = await slot(office, ref, number)
        if found.state == "opened" or found.refused:
            return found
        await asyncio.sleep(0.1)
    raise AssertionError(f"{number} was not opened")


async def scheduled(office: Office, ref: str, number: str) -> datetime | None:
    """The instant for which the engine has a slot's opening in its book; None where it has none."""
    for _ in range(100):
        handle: ScheduleHandle = office.engine.client.get_schedule_handle(schedule_id(ref, number))
        try:
            found = await handle.describe()
        except RPCError:
            await asyncio.sleep(0.05)
            continue
        return next(iter(found.info.next_action_times), None)
    return None


def soon() -> tuple[date, int]:
    """A working day two weeks from now, and its programme year by its session."""
    opens = p.working(civil(s.wall_now()), 10)
    return opens, year_of(p.working(opens, 25))


async def test_an_adopted_year_stands_in_the_engines_schedules_and_opens_its_cycles(
    office: Office, ref: str
) -> None:
    """After adoption each cycle has its schedule; once it fires, the cycle is open and on record."""
    opens, year = soon()
    await done(office, p.begin(ref=ref))
    made = await done(office, p.propose(p.draft(opens), year=year, ref=ref))
    (number,) = made.slots
    await done(office, p.adopt(year, ref=ref))
    assert await scheduled(office, ref, number) == instant(opens, "09:00")
    await office.engine.client.get_schedule_handle(schedule_id(ref, number)).trigger()
    opened = await until_opened(office, ref, number)
    assert opened.cycle
    page = await office.reads.cycle(opened.cycle)
    assert page
    assert (page.cycle.slot, page.cycle.opened_by.person) == (number, "policy-officer")
    kinds = [one.event.kind for one in await office.reads.programme_entries(ref)]
    assert kinds == ["ProgrammeOpened", "SlotProposed", "YearAdopted", "SlotAdopted", "SlotOpened"]


async def test_a_schedule_fires_at_its_hour_by_itself(office: Office, ref: str) -> None:
    """Nobody does anything: when the hour comes by the programme's clock, the cycle opens, in time."""
    opens, year = soon()
    hour = instant(opens, "09:00")
    await done(office, p.begin(set_back=s.wall_now() + timedelta(seconds=4) - hour, ref=ref))
    (number,) = (await done(office, p.propose(p.draft(opens), year=year, ref=ref))).slots
    await done(office, p.adopt(year, ref=ref))
    assert (await slot(office, ref, number)).state == "adopted"
    opened = await until_opened(office, ref, number)
    assert opened.opened_at
    assert timedelta(0) <= opened.opened_at - hour < timedelta(minutes=1)
    assert opened.late_by is None


async def test_a_moved_cycle_has_its_schedule_moved_and_a_dropped_one_loses_it(
    office: Office, ref: str
) -> None:
    """The engine's book follows the programme: other days, or no appointment any more."""
    opens, year = soon()
    later = p.working(opens, 5)
    await done(office, p.begin(ref=ref))
    (number,) = (await done(office, p.propose(p.draft(opens), year=year, ref=ref))).slots
    await done(office, p.adopt(year, ref=ref))
    assert await scheduled(office, ref, number) == instant(opens, "09:00")
    session = instant(p.working(later, 25), "14:00")
    await done(office, p.move(SlotMove(slot=number, opens_on=later, session_at=session), ref=ref))
    for _ in range(100):
        if await scheduled(office, ref, number) == instant(later, "09:00"):
            break
        await asyncio.sleep(0.05)
    assert await scheduled(office, ref, number) == instant(later, "09:00")
    await done(office, p.drop(number, ref=ref))
    handle = office.engine.client.get_schedule_handle(schedule_id(ref, number))
    for _ in range(100):
        try:
            await handle.describe()
        except RPCError:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the schedule of a dropped cycle still stands")


async def test_a_cycle_that_cannot_be_opened_says_why_and_opens_once_that_is_mended(
    office: Office, pool: Pool, ref: str
) -> None:
    """An officer who has left cannot open it: that stands in the programme; with another name it opens."""
    opens, year = soon()
    await done(office, p.begin(ref=ref))
    draft = p.draft(opens)
    (number,) = (await done(office, p.propose(draft, year=year, ref=ref))).slots
    await done(office, p.adopt(year, ref=ref))
    await scheduled(office, ref, number)
    left = Appointment(role=Role.POLICY_OFFICER, from_on=date(2020, 1, 1), to_on=date(2021, 1, 1))
    officer = demonstration_people()["policy-officer"].model_copy(update={"appointments": (left,)})
    await Keeping(pool).keep_people([officer])
    await office.engine.client.get_schedule_handle(schedule_id(ref, number)).trigger()
    stuck = await until_opened(office, ref, number)
    assert stuck.state == "adopted"
    assert stuck.refused
    words = await office.reads.words({stuck.refused})
    assert "policy officer" in words[stuck.refused]
    mended = p.change(number, draft.model_copy(update={"officer": "second-policy-officer"}), ref=ref)
    await done(office, mended.model_copy(update={"actor": s.SECOND_OFFICER}))
    assert (await slot(office, ref, number)).refused is None
    await scheduled(office, ref, number)
    await office.engine.client.get_schedule_handle(schedule_id(ref, number)).trigger()
    assert (await until_opened(office, ref, number)).state == "opened"


async def test_what_is_adopted_after_its_day_opens_at_once_and_says_how_late(
    office: Office, ref: str
) -> None:
    """A cycle whose hour has passed when it is adopted opens now; the ledger says by how much late."""
    opens, year = soon()
    hour = instant(opens, "09:00")
    await done(office, p.begin(set_back=s.wall_now() - hour - timedelta(hours=3), ref=ref))
    (number,) = (await done(office, p.propose(p.draft(opens), year=year, ref=ref))).slots
    await done(office, p.adopt(year, ref=ref))
    opened = await until_opened(office, ref, number)
    assert opened.late_by
    assert timedelta(hours=3) <= opened.late_by < timedelta(hours=3, minutes=1)


async def test_an_opening_that_is_done_twice_opens_one_cycle(office: Office, ref: str) -> None:
    """A schedule that fires twice, as after a crash, opens one cycle and leaves one line."""
    opens, year = soon()
    await done(office, p.begin(ref=ref))
    (number,) = (await done(office, p.propose(p.draft(opens), year=year, ref=ref))).slots
    await done(office, p.adopt(year, ref=ref))
    await scheduled(office, ref, number)
    handle = office.engine.client.get_schedule_handle(schedule_id(ref, number))
    await asyncio.gather(handle.trigger(), handle.trigger())
    opened = await until_opened(office, ref, number)
    await asyncio.sleep(0.5)
    entries = await office.reads.programme_entries(ref, kind="SlotOpened")
    assert len(entries) == 1
    assert [one.reference for one in await office.reads.cycles()] == [opened.cycle]


async def test_a_programme_outlives_many_runs_with_nothing_lost(office: Office, ref: str) -> None:
    """After a hundred acts the engine has begun a new run, every act stands, and old keys still answer."""
    opens, year = soon()
    await done(office, p.begin(ref=ref))
    first = p.propose(p.draft(opens), year=year, ref=ref, key=s.key())
    receipt = await done(office, first)
    (number,) = receipt.slots
    before = (await office.engine.client.get_workflow_handle(ref).describe()).run_id
    for round_ in range(80):
        draft = p.draft(opens, title=s.say(f"Title {round_}"))
        await done(office, p.change(number, draft, ref=ref))
    after = (await office.engine.client.get_workflow_handle(ref).describe()).run_id
    assert after != before
    assert await done(office, first) == receipt
    assert len(await office.reads.programme_entries(ref)) == 82
    words = await office.reads.programme(ref)
    assert words
    assert words.say(words.programme.slots[0].draft.title) == "Title 79"


async def test_the_same_outside_event_ten_times_at_once_makes_one_proposal(office: Office, ref: str) -> None:
    """Ten deliveries of one event get one answer, and one proposal waits."""
    await done(office, p.begin(ref=ref))
    command = p.outside(ref=ref)
    receipts = await asyncio.gather(*(done(office, command) for _ in range(10)))
    assert len({one.version for one in receipts}) == 1
    assert len((await standing(office, ref)).proposals) == 1


async def test_a_clash_is_refused_and_nothing_of_it_is_written(office: Office, ref: str) -> None:
    """Two sessions at one hour: neither is put in, with one sentence that names both."""
    opens, year = soon()
    await done(office, p.begin(ref=ref))
    twice = p.propose(p.draft(opens), p.draft(opens, commitment="SWM-REASSURE-05"), year=year, ref=ref)
    no = await refused(office, twice)
    assert no.code == "programme_clash"
    assert (await standing(office, ref)).slots == ()


async def test_an_act_on_a_programme_that_is_not_there_is_refused(office: Office, ref: str) -> None:
    """The sentence says how to begin one, and no run is left behind."""
    opens, year = soon()
    no = await refused(office, p.propose(p.draft(opens), year=year, ref=ref))
    assert no.code == "no_programme"
    with pytest.raises(RPCError):
        await office.engine.client.get_workflow_handle(ref).describe()
