"""Events from outside on the real engine: each of the six kinds, once whatever the number of deliveries."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from engine.connection import Address, reach
from engine.intake import Intake
from engine.programme_desk import ProgrammeDesk
from rules.clocks import civil
from schemas.commands import AnyCommand
from schemas.outcomes import Receipt, Refused
from schemas.outside import Became, OutsideEvent, Promise
from store.pool import Pool
from tests import programme as p
from tests import scenario as s
from tests.conftest import Office
from tests.events import Outside, event, measure, outside_of, report

pytestmark = pytest.mark.real


@pytest.fixture
async def outside(office: Office, pool: Pool) -> Outside:
    """An office with a programme that no other test has."""
    await p.numbers_of_its_own(pool)
    made = outside_of(office, pool, f"PRG-test-{s.key()}")
    await made.begin()
    return made


CONCERN: dict[str, Any] = {
    "title": "Speeding on the A49",
    "weight": 620,
    "previous": 480,
    "theme": "reassuring",
    "commitments": ("SWM-REASSURE-04",),
}


@pytest.mark.parametrize(
    ("one", "rule", "theme"),
    [
        (report(), "cause-of-concern", "victims"),
        (measure(87.5, 91), "999-answered-slowly", "reforming"),
        (event("answerable.concern.gathered", **CONCERN), "public-concern", "reassuring"),
        (
            event(
                "answerable.panel.recommended",
                recommendation="Publish response times by district",
                theme="reassuring",
                commitments=("SWM-REASSURE-04",),
            ),
            "panel-recommendation",
            "reassuring",
        ),
    ],
)
async def test_what_happens_outside_proposes_a_cycle(
    outside: Outside, one: OutsideEvent, rule: str, theme: str
) -> None:
    """The proposal waits for an officer, opens nothing, and its line says which rule and why."""
    became = await outside.take(one)
    assert (became.state, became.outcome, became.rule, became.proposal) == ("taken", "proposed", rule, 1)
    programme = await outside.programme()
    [proposal] = programme.proposals
    assert (proposal.state, proposal.theme, proposal.event) == ("waiting", theme, one.name)
    assert programme.slots == ()
    [line] = await outside.lines()
    words = await outside.records.words({line.because})
    assert words[line.because].startswith('The rule "')
    assert (line.rule, line.rules_edition) == (rule, "triggers/1")


async def test_a_promise_that_comes_due_is_proposed_once(office: Office, pool: Pool) -> None:
    """By the round of every morning, so many working days before its day, however often it looks."""
    due = p.working(civil(s.wall_now()), 10)
    promise = Promise(
        id="control-centre",
        commitment="SWM-REFORM-05",
        title="the control centre",
        due_on=due,
        looked_at_before=10,
        source="local.outside",
        mark="not_verified",
    )
    later = promise.model_copy(update={"id": "much-later", "due_on": due + timedelta(days=40)})
    outside = outside_of(office, pool, f"PRG-test-{s.key()}", promises=(promise, later))
    await outside.begin()
    first, second = await outside.lookout.look_ahead(), await outside.lookout.look_ahead()
    assert ((first.events, first.again), (second.events, second.again)) == ((1, 0), (0, 1))
    [proposal] = (await outside.programme()).proposals
    assert (proposal.rule, proposal.theme) == ("promise-due", "reforming")


async def test_a_session_that_ends_not_assured_is_proposed_again_once(outside: Outside) -> None:
    """Once the Commissioner says so, however many items are judged so; an officer's word alone waits."""
    office, ref = outside.office, s.fresh_reference()

    async def acts(*commands: AnyCommand) -> None:
        for command in commands:
            outcome = await office.desk.send(command, s.WORDS)
            assert isinstance(outcome, Receipt), outcome

    await acts(s.open_cycle(ref, s.wall_now()))
    await office.skip(ref, 45)
    judged = s.judge(ref, judgement="not_assured")
    by_officer = judged.model_copy(update={"request": 2, "key": s.key(), "actor": s.OFFICER})
    await acts(s.attendance(ref), by_officer)
    assert (await outside.lookout.look()).events == 0
    await acts(judged, judged.model_copy(update={"request": 3, "key": s.key()}))
    assert (await outside.lookout.look()).events == 1
    assert (await outside.lookout.look()).again == 0
    [proposal] = (await outside.programme()).proposals
    words = await outside.records.words({proposal.title})
    assert proposal.rule == "session-not-assured"
    assert words[proposal.title].startswith(f"Follow-up of {ref}: ")


async def test_ten_deliveries_at_once_make_one_proposal(outside: Outside) -> None:
    """From two processes, and each delivery is told the same."""
    other = outside_of(outside.office, outside.records._pool, outside.ref)
    one = report(of="delivered-ten-times")
    answers = await asyncio.gather(*((outside if n % 2 else other).take(one) for n in range(10)))
    assert {(found.state, found.outcome, found.proposal) for found in answers} == {("taken", "proposed", 1)}
    assert sum(not found.again for found in answers) == 1
    assert len((await outside.programme()).proposals) == 1
    assert len(await outside.lines()) == 1
    row = await outside.records.outside_event(one.source, one.id)
    assert row is not None
    assert row.deliveries == 10


async def test_the_same_name_with_another_content_is_refused(outside: Outside) -> None:
    """With one sentence; what was taken stays."""
    await outside.take(report(of="changed"))
    refused = await outside.intake.take(report("inadequate", of="changed"), "http")
    assert isinstance(refused, Refused)
    assert (refused.code, "said something else" in refused.message) == ("event_reused", True)
    assert len(await outside.lines()) == 1


async def test_an_event_of_which_nothing_follows_says_why(outside: Outside) -> None:
    """Each rule of its kind with the condition that failed; or that there is none for its kind."""
    none = await outside.take(measure(95, 93))
    assert none.outcome == "nothing"
    assert "value is 95, which is not below 90" in none.said
    assert "value was above 90 before" in none.said
    unknown = await outside.take(event("weather.report"))
    assert (unknown.outcome, unknown.said) == (
        "nothing",
        "Nothing follows: there is no rule for weather.report.",
    )
    noted = await outside.take(measure(92, 88))
    assert (noted.outcome, noted.rule) == ("noted", "999-answered-in-time-again")
    assert [one.outcome for one in await outside.lines()] == ["nothing", "nothing", "noted"]
    assert (await outside.programme()).proposals == ()


async def test_a_cycle_opens_by_itself_only_where_the_rule_says_so(outside: Outside) -> None:
    """It is in the programme, adopted, on working days; a second that clashes waits for an officer."""
    became = await outside.take(report("accelerated cause of concern"))
    assert (became.outcome, became.proposal) == ("opens", None)
    [slot] = (await outside.programme()).slots
    assert (slot.number, slot.state, slot.draft.officer) == (became.slot, "adopted", "policy-officer")
    assert slot.draft.opens_on == p.working(civil(s.wall_now()), 1)
    assert slot.draft.session_at is not None
    assert civil(slot.draft.session_at) == p.working(slot.draft.opens_on, 20)
    clash = await outside.take(report("accelerated cause of concern"))
    assert (clash.outcome, clash.proposal) == ("proposed", 1)
    row = await outside.records.outside(outcome="proposed")
    assert len(row) == 1


async def test_what_concerns_a_cycle_under_way_is_told_to_its_officer(outside: Outside) -> None:
    """Its page shows it, one mail without the event's words goes out, and the cycle itself is not changed."""
    ref = s.fresh_reference()
    opened = await outside.office.desk.send(s.open_cycle(ref, s.wall_now()), s.WORDS)
    assert isinstance(opened, Receipt)
    before = await outside.office.reads.cycle(ref)
    assert before is not None
    about = tuple(before.cycle.commitments[:1])
    became = await outside.take(report(commitments=about))
    assert (became.outcome, became.rule) == ("fed", "inspection-of-what-is-asked")
    [line] = await outside.lines()
    assert line.cycle == ref
    assert (await outside.lookout.look()).told == 1
    assert (await outside.lookout.look()).told == 0
    [notice] = [one for one in outside.office.post.sent if one.template == "outside_fed"]
    assert (notice.cycle, notice.to) == (ref, ("policy-officer",))
    [fed] = await outside.records.outside_feeds(ref)
    assert fed.told == ("policy-officer",)
    after = await outside.office.reads.cycle(ref)
    assert after is not None
    assert after.cycle == before.cycle


async def test_without_a_programme_an_event_waits_and_is_taken_when_there_is_one(
    office: Office, pool: Pool
) -> None:
    """It says so, is kept once, and the next round takes it."""
    outside = outside_of(office, pool, f"PRG-test-{s.key()}")
    one = report()
    for _ in range(2):
        became = await outside.take(one)
        assert (became.state, became.outcome) == ("waiting", None)
        assert became.said.startswith("There is no programme yet")
    assert (await outside.lookout.look()).waiting == 1
    await outside.begin()
    assert (await outside.lookout.look()).taken == 1
    assert len((await outside.programme()).proposals) == 1
    again = await outside.take(one)
    assert (again.again, again.proposal) == (True, 1)


async def test_what_stopped_between_keeping_and_telling_is_taken_up(outside: Outside) -> None:
    """By the next round or the next delivery, with the very act that was decided before."""
    outside.desk.away = True
    one, two = report(), report("inadequate")
    for lost in (one, two):
        became = await outside.take(lost)
        assert (became.state, became.said.startswith("The programme has not answered")) == ("waiting", True)
    assert await outside.lines() == []
    outside.desk.away = False
    assert (await outside.take(one)).proposal == 1
    assert (await outside.lookout.look()).taken == 1
    programme = await outside.programme()
    assert [found.event for found in programme.proposals] == [one.name, two.name]
    first, *others = [sent for sent in outside.desk.sent if sent.key == outside.desk.sent[0].key]
    assert others == [first]


async def test_an_engine_that_is_down_keeps_nobody_from_handing_in(outside: Outside) -> None:
    """The event is kept and said to wait; when the engine is there again, the next round takes it."""
    gone = await reach(Address(target="127.0.0.1:9"), when_needed=True)
    desk = ProgrammeDesk(gone, "nowhere", outside.records, outside.records, patience=timedelta(seconds=1))
    one = report()
    became = await Intake(outside.records, outside.records, desk, s.wall_now).take(one, "http")
    assert isinstance(became, Became)
    assert (became.state, became.said.startswith("The programme has not answered")) == ("waiting", True)
    assert (await outside.lookout.look()).taken == 1
    assert (await outside.take(one)).proposal == 1


async def test_an_answer_that_was_lost_is_found_again(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The programme had taken it; the next delivery learns which proposal it became, and makes no second."""
    one = report()

    async def lost(*_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(outside.records, "settle_outside", lost)
        with pytest.raises(ConnectionError):
            await outside.intake.take(one, "http")
    became = await outside.take(one)
    assert (became.again, became.proposal) == (True, 1)
    assert len((await outside.programme()).proposals) == 1
