"""Three years of a programme with everything that happens to one, in one test."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.api.history.v1 import History
from temporalio.testing import WorkflowEnvironment

from engine.connection import WORKFLOWS
from engine.desk import Desk
from engine.preflight import Taken
from engine.preflight.replaying import replayed
from reference.catalogue import calendar, plan, standards
from rehearsal.conduct import Answering, Conduct, ScriptedAction
from rules.apply import add_up
from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from rules.programme.apply import add_up_programme
from rules.programme.coverage import covered
from rules.programme.proposing import Wish, suggest
from schemas.clocks import BeforeSession
from schemas.events import DutyFiredLate
from schemas.outcomes import NotKnownYet
from schemas.people import Person, Role
from schemas.programme import Slot, SlotDraft
from schemas.programme.rows import Suggestion
from store.keeping import Keeping
from store.pool import Pool
from tests import programme as p
from tests import scenario as s
from tests.conftest import open_office
from tests.editions import forgotten
from tests.engine.changed import line_with
from tests.rules import acts
from tests.workflows import tools
from tests.workflows.years import NEW_CODE, PATCHED, Years, code
from workflows.cycle import CycleWorkflow

pytestmark = [pytest.mark.real, pytest.mark.long, pytest.mark.timeout(600)]

FIRST, SECOND = "acc-local-policing", "acc-protecting-people"
OUTAGE = (instant(date(2027, 9, 30), "00:00"), instant(date(2027, 10, 7), "00:00"))
OTHERS = [one for one in WORKFLOWS if one is not CycleWorkflow]
STARTS_AT = instant(date(2026, 4, 1), "10:00")
EDITIONS = ("england-and-wales/2027-05-24", "england-and-wales/2028-01-17")
SUCCESSOR, TAKES_OVER_ON = "west-mercia-board", date(2028, 5, 8)
PROCLAIMED = (date(2027, 6, 14), date(2028, 1, 28))
CHAIR = Person(id="board-chair", title="Chair of the board", role=Role.COMMISSIONER, organisation=SUCCESSOR)
IN_A_YEAR = 3


def conduct(slot: Slot) -> Conduct:
    """The first cycle of a year has a lead who says nothing; the second an action; the third is late."""
    place = int(slot.number[-2:])
    if place == 1:
        return Conduct(leads={SECOND: Answering("silent")}, reviews_after=1)
    if place == 2:
        action = ScriptedAction("Show it to the public", FIRST, 40, Answering())
        return Conduct(actions=(action,), reviews_after=1)
    return Conduct(leads={FIRST: Answering("late", 3)}, sends_back=frozenset({2}), reviews_after=1)


def noon(year: int, month: int, day: int) -> datetime:
    """Noon in London."""
    return instant(date(year, month, day), "12:00")


async def plan_year(years: Years, year: int) -> Suggestion:
    """A year from what the plan still lacks, proposed and adopted."""
    page = await years.office.reads.programme(years.programme)
    assert page
    today = civil(years.now)
    before = covered(plan(), await years.office.reads.asked(today), page.programme, today)
    wish = Wish(year, IN_A_YEAR, standards()["performance"], years.calendar, civil(years.now))
    found = suggest(plan(), before, wish)
    assert len(found.cycles) == IN_A_YEAR, found.why
    drafts = tuple(
        SlotDraft(
            title=s.say(one.title),
            theme=one.theme,
            commitments=one.commitments,
            question=s.say(one.question),
            cycle_kind="performance",
            officer="policy-officer",
            opens_on=one.opens_on,
            session_at=one.session_at,
            requests=(s.draft(FIRST, BeforeSession(days=5)), s.draft(SECOND, BeforeSession(days=5))),
            ground=one.ground,
            because=s.say(one.because),
            after=one.after,
        )
        for one in found.cycles
    )
    await years.act(p.propose(*drafts, year=year, ref=years.programme))
    await years.act(p.adopt(year, ref=years.programme))
    return found


async def recorded(years: Years) -> list[Taken]:
    """What the engine has recorded of every cycle under way, as a pre-flight takes it."""
    client = years.office.engine.client
    found = []
    for one in await years.under_way():
        history = await client.get_workflow_handle(one.reference).fetch_history()
        content = History(events=history.events).SerializeToString()
        found.append(Taken(workflow_id=one.reference, content=content))
    return found


async def an_act_in_the_outage(years: Years, reference: str) -> None:
    """Sent while no worker is there, nothing is known of it; sent again afterwards, it stands once."""
    office = years.office
    desk = Desk(
        office.engine.client, office.queue, Keeping(years.pool), office.reads, patience=timedelta(seconds=1)
    )
    act = acts.record_decision().model_copy(update={"cycle": reference})
    outcome = await desk.send(act, s.WORDS)
    assert isinstance(outcome, NotKnownYet), outcome
    years.unanswered = act


@pytest.fixture
async def years(pool: Pool, engine: WorkflowEnvironment) -> AsyncIterator[Years]:
    """The office on 1 April 2026, before anything is planned."""
    await p.numbers_of_its_own(pool)
    async with open_office(pool, engine) as office:
        pass
    with forgotten():
        known = WorkingCalendar(calendar())
        yield Years(office, pool, f"PRG-years-{s.key()}", STARTS_AT, known, conduct, OUTAGE)


async def two_years(years: Years, first: type) -> None:
    """Two years are planned, the second from what the first left open; a bank holiday is proclaimed."""
    async with years.at_work(first):
        await years.act(p.begin(set_back=s.wall_now() - STARTS_AT, ref=years.programme))
        await plan_year(years, 2026)
        await years.until(noon(2027, 3, 15))
        planned = await plan_year(years, 2027)
        assert [(one.ground, one.after) for one in planned.cycles][:1] == [
            ("not_assured", years.of["2026/01"])
        ]
        await years.until(noon(2027, 5, 24))
        assert await years.calendar_changes(EDITIONS[0], PROCLAIMED[0]) == [years.of["2027/01"]]
        await years.until(OUTAGE[0])


async def outage(years: Years, first: type) -> str:
    """For a week nobody works; what was sent meanwhile is sent again. The cycle that was under way."""
    (away,) = [one.reference for one in await years.under_way()]
    await an_act_in_the_outage(years, away)
    async with years.at_work(first):
        await years.said_again()
        await years.until(noon(2027, 11, 1))
    return away


async def third_year(years: Years, second: type) -> None:
    """Under the new code: another calendar, the third year, the succession, and the end of every cycle."""
    async with years.at_work(second):
        await years.until(noon(2028, 1, 17))
        assert await years.calendar_changes(EDITIONS[1], *PROCLAIMED) == [years.of["2027/03"]]
        await years.until(noon(2028, 3, 15))
        await plan_year(years, 2028)
        await years.until(noon(2028, 5, 2))
        told = await years.succession(SUCCESSOR, "West Mercia Policing Board", TAKES_OVER_ON)
        assert told == [years.of["2028/01"]]
        await years.until(instant(TAKES_OVER_ON, "00:00"))
        await years.takes_the_chair(CHAIR, s.COMMISSIONER.person)
        await years.until(noon(2028, 11, 1))
        await tools.done(years.office, years.of["2028/03"], acts.cancel())
        await years.until(noon(2028, 12, 15))


async def test_three_years_with_everything_that_happens_to_a_programme(years: Years, tmp_path: Path) -> None:
    """Succession, two calendars, new code, a week's outage: every cycle ends as it must, all on record."""
    with (
        code(tmp_path, "first_code", OUTAGE) as first,
        code(tmp_path, "broken_code", OUTAGE, NEW_CODE) as broken,
        code(tmp_path, "second_code", OUTAGE, PATCHED) as second,
    ):
        await two_years(years, first)
        away = await outage(years, first)
        under_way = await recorded(years)
        (caught,) = await replayed([broken, *OTHERS], under_way)
        assert caught.breaks
        thinks = line_with(broken, "await workflow.sleep(1)", "_write")
        assert (caught.workflow_id, caught.breaks.line) == (away, thinks)
        assert [one.breaks for one in await replayed([second, *OTHERS], under_way)] == [None]
        await third_year(years, second)
    stages = {one.reference: one.stage for one in await years.office.reads.cycles()}
    assert stages.pop(years.of["2028/03"]) == "cancelled"
    assert set(stages.values()) == {"closed"}
    assert len(stages) == 3 * IN_A_YEAR - 1
    await the_ledger_tells_it_all(years, away)


async def the_ledger_tells_it_all(years: Years, away: str) -> None:
    """Every ledger is whole and adds up to what the pages say, and says each thing that happened."""
    page = await years.office.reads.programme(years.programme)
    assert page
    entries = await years.office.reads.programme_entries(years.programme)
    assert add_up_programme(entries) == page.programme
    assert Counter(one.state for one in page.programme.slots) == {"opened": 3 * IN_A_YEAR}
    for reference in years.casts:
        ledger = await years.office.ledger.entries(reference)
        assert [one.version for one in ledger] == list(range(1, len(ledger) + 1))
        assert add_up(ledger) == await years.cycle(reference)
    assert await of_kind(years, "CalendarChanged") == {years.of["2027/01"]: 1, years.of["2027/03"]: 1}
    await late_is_said(years, away)
    await both_bodies_are_named(years)


async def of_kind(years: Years, kind: str) -> dict[str, int]:
    """How often a thing happened, cycle by cycle, where it did."""
    found = {one: len(await tools.entries(years.office, one, kind)) for one in years.casts}
    return {reference: times for reference, times in found.items() if times}


async def late_is_said(years: Years, away: str) -> None:
    """What fell due in the week of the outage is on record with by how much, and nothing else is."""
    late = {
        reference: [one.event for one in await tools.entries(years.office, reference, "DutyFiredLate")]
        for reference in years.casts
    }
    assert [one for one, found in late.items() if found] == [away]
    for one in late[away]:
        assert isinstance(one, DutyFiredLate)
        assert OUTAGE[0] <= one.planned_at < OUTAGE[1]
        assert timedelta(0) <= one.planned_at + one.late_by - OUTAGE[1] < timedelta(minutes=1)
    decisions = await tools.entries(years.office, away, "DecisionRecorded")
    assert len(decisions) == 1


async def both_bodies_are_named(years: Years) -> None:
    """Before the day the office acted for one body, from it on for the other, in one cycle's ledger."""
    ledger = await years.office.ledger.entries(years.of["2028/01"])
    ours = [one for one in ledger if one.actor.side == "opcc"]
    after = {one.actor.on_behalf_of for one in ours if civil(one.at) >= TAKES_OVER_ON}
    before = {one.actor.on_behalf_of for one in ours if civil(one.at) < TAKES_OVER_ON}
    assert after == {SUCCESSOR}
    assert SUCCESSOR not in before
    assert before
    assert await of_kind(years, "BodySucceeded") == {years.of["2028/01"]: 1}
    assert {(await years.cycle(one)).body for one in map(years.of.__getitem__, ("2028/02", "2028/03"))} == {
        SUCCESSOR
    }
