"""The programme of the demonstration, over its three cycles on the real engine."""

from datetime import UTC, datetime

import pytest
from temporalio.testing import WorkflowEnvironment

from demonstration.dates import PLANNED
from demonstration.load import Loader
from demonstration.year import EVENTS, NEXT, NOW, Planner
from engine.planning import coverage_now, programme_now
from reference.catalogue import plan
from rules.calendars import WorkingCalendar
from rules.clocks import civil
from schemas.outcomes import Refused
from schemas.programme import Programme
from store.keeping import Keeping
from store.pool import Pool
from tests import programme as p
from tests import scenario as s
from tests.conftest import Office

pytestmark = pytest.mark.real


def clock() -> datetime:
    """The real clock."""
    return datetime.now(UTC)  # noqa: TID251 - the demonstration ends at the real now


@pytest.fixture
async def cycles(office: Office, pool: Pool, engine: WorkflowEnvironment) -> dict[str, str]:
    """The three cycles, of an office that no other test has."""
    await p.numbers_of_its_own(pool)
    keeping = Keeping(pool)
    loaded = await Loader(office.desk, office.reads, keeping, engine.client, clock).load()
    await keeping.keep_plan(plan().model_copy(update={"body": f"opcc-{s.key()}"}))
    return {one.name: one.reference for one in loaded}


async def told(office: Office, pool: Pool, cycles: dict[str, str]) -> tuple[Planner, Programme]:
    """The programme after it was told, once more where it was told before."""
    planner = Planner(office.programme, office.reads, Keeping(pool), clock)
    await planner.load(cycles)
    programme = await programme_now(office.reads)
    assert programme
    return planner, programme


async def test_a_year_is_adopted_one_is_proposed_and_two_proposals_wait(
    office: Office, pool: Pool, cycles: dict[str, str]
) -> None:
    """And coverage has something to say; told again, nothing is done."""
    planner, programme = await told(office, pool, cycles)
    (adopted,) = programme.adopted
    states = [one.state for one in programme.in_year(adopted)]
    assert states.count("adopted") == NOW
    assert [one.state for one in programme.in_year(adopted + 1)].count("proposed") == NEXT
    waiting = [one for one in programme.proposals if one.state == "waiting"]
    assert [one.event for one in waiting] == [one.name for one in EVENTS]
    opened = [one.cycle for one in programme.slots if one.state == "opened"]
    calendar: WorkingCalendar = p.days()
    assert opened == ([cycles[PLANNED]] if calendar.is_working(civil(clock())) else [])
    rows = await coverage_now(office.reads, clock())
    assert not isinstance(rows, Refused)
    grounds = {one.ground for one in rows if one.times}
    assert "not_assured" in grounds or "partly_assured" in grounds
    assert sum(1 for one in rows if one.planned) > NOW
    assert planner.acts >= len(EVENTS) + 4
    again, same = await told(office, pool, cycles)
    assert (again.acts, same) == (0, programme)


async def test_an_offices_own_programme_stays_as_it_is(
    office: Office, pool: Pool, cycles: dict[str, str]
) -> None:
    """Where one was begun before, the demonstration adds nothing to it."""
    body = (await office.reads.plan() or plan()).body
    await office.programme.send(p.begin(ref=f"PRG-{body}"), p.WORDS)
    planner, programme = await told(office, pool, cycles)
    assert (planner.acts, programme.slots, programme.version) == (0, (), 1)
