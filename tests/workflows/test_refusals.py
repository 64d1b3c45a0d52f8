"""Wrong input at the Desk: one clear refusal each, and nothing half-written."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from pydantic import ValidationError
from temporalio.testing import WorkflowEnvironment

from engine.desk import Desk
from rules.clocks import instant
from rules.doorway import MOST_LETTERS
from schemas.clocks import OnDate
from schemas.commands import AnyCommand
from schemas.outcomes import Refused
from schemas.sessions import SessionDraft
from schemas.shape import Words
from store.keeping import Keeping
from store.pool import Pool
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts
from tests.workflows.tools import done, refused

pytestmark = pytest.mark.real

FAR = date(2029, 3, 1)
BOXING_DAY = instant(date(2028, 12, 26), "14:00")

Make = Callable[[str, datetime], AnyCommand]


def opening(**changes: object) -> Make:
    """An opening with changes."""
    return lambda ref, now: s.open_cycle(ref, now).model_copy(update=changes)


def with_session(starts_at: datetime) -> Make:
    """An opening whose session is then."""
    return opening(session=SessionDraft(starts_at=starts_at), requests=())


WRONG_OPENINGS: dict[str, Make] = {
    "unknown_commitment": opening(commitments=("SWM-NOTHING-99",)),
    "no_commitment": opening(commitments=()),
    "no_address": opening(requests=(s.draft(lead="detective-lead-on-leave"),)),
    "unknown_person": opening(requests=(s.draft(lead="nobody-here"),)),
    "due_in_past": opening(requests=(s.draft(due=OnDate(on=date(2026, 1, 5))),)),
    "beyond_horizon": opening(requests=(s.draft(due=OnDate(on=FAR)),)),
    "session_in_past": with_session(instant(date(2026, 1, 5), "14:00")),
    "session_on_non_working_day": with_session(BOXING_DAY),
    "unknown_calendar": opening(calendar="england-and-wales/1999-01-01"),
    "not_your_role": opening(actor=s.LEAD),
}

WRONG_ACTS: dict[str, AnyCommand] = {
    "unknown_person": s.add_request(acts.REF, lead="nobody-here"),
    "no_address": s.add_request(acts.REF, lead="detective-lead-on-leave"),
    "due_in_past": s.add_request(acts.REF, due=OnDate(on=date(2026, 1, 5))),
    "beyond_horizon": acts.propose(FAR),
    "session_on_non_working_day": acts.move_session(BOXING_DAY),
    "session_in_past": s.fix_session(acts.REF, instant(date(2026, 1, 5), "14:00")),
    "no_such_request": acts.acknowledge(9),
    "nothing_given": s.submit(acts.REF, items=()),
    "request_state": s.accept(acts.REF),
    "not_your_request": s.submit(acts.REF, actor=s.OTHER_LEAD),
    "not_your_role": s.publish(acts.REF, actor=s.OFFICER),
    "no_such_action": acts.confirm(),
    "session_not_held": s.findings(acts.REF),
    "not_yet_held": s.attendance(acts.REF),
    "not_paused": acts.resume(),
}


@pytest.mark.parametrize("code", sorted(WRONG_OPENINGS))
async def test_a_wrong_opening_leaves_nothing(office: Office, code: str) -> None:
    """Refused with its own code; no cycle, no entry, and nothing in the engine."""
    ref = s.fresh_reference()
    found = await refused(office, ref, WRONG_OPENINGS[code](ref, s.wall_now()), code)
    assert found.message
    assert await office.reads.cycle(ref) is None
    assert [one async for one in office.engine.client.list_workflows(f"WorkflowId = '{ref}'")] == []


async def test_a_wrong_act_leaves_the_cycle_as_it_was(office: Office) -> None:
    """Each is refused with its own code and adds nothing to the ledger."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now()))
    for code, command in WRONG_ACTS.items():
        await refused(office, ref, command, code)
    assert len(await office.ledger.entries(ref)) == 5


async def test_a_refused_act_leaves_no_trace_in_the_engine(office: Office) -> None:
    """A refusal is no event in the workflow's history."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 0))
    handle = office.engine.client.get_workflow_handle(ref)
    await office.skip(ref, 1)
    before = (await handle.describe()).history_length
    await refused(office, ref, acts.resume(), "not_paused")
    await refused(office, ref, s.publish(ref), "no_findings")
    assert (await handle.describe()).history_length == before


async def test_an_unusual_session_may_be_confirmed(office: Office) -> None:
    """The bank holiday that was refused is fixed once somebody says that it is meant."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 0))
    await refused(office, ref, acts.move_session(BOXING_DAY), "session_on_non_working_day")
    await done(office, ref, acts.move_session(BOXING_DAY, confirmed=True))


async def test_a_marking_above_what_the_system_may_hold_is_refused(office: Office) -> None:
    """Such a command cannot even be written, and the ledger never sees it."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now()))
    before = await office.ledger.entries(ref)
    with pytest.raises(ValidationError):
        s.submit(ref, marking="SECRET")
    assert await office.ledger.entries(ref) == before


@pytest.mark.parametrize("end", ["cancelled", "closed"])
async def test_a_cycle_that_is_over_takes_nothing_more(office: Office, end: str) -> None:
    """Every command is refused, whether the cycle was cancelled or has closed."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 0))
    if end == "cancelled":
        await done(office, ref, acts.cancel())
    else:
        await office.skip(ref, 60)
        await done(office, ref, s.attendance(ref), s.findings(ref))
        await done(office, ref, s.approve(ref, s.CHIEF_EXECUTIVE), s.approve(ref, s.COMMISSIONER))
        await done(office, ref, s.publish(ref))
    await office.skip(ref, 1)
    for command in (s.add_request(ref), acts.pause(), acts.cancel(), acts.record_decision()):
        await refused(office, ref, command, "cycle_over")


async def test_a_cycle_that_does_not_exist_takes_nothing(office: Office) -> None:
    """The reference is named in the refusal, and no cycle is begun by it."""
    ref = s.fresh_reference()
    found = await refused(office, ref, s.submit(ref), "no_such_cycle")
    assert ref in found.message
    assert await office.reads.cycle(ref) is None


async def test_a_text_too_large_is_refused_and_not_kept(office: Office) -> None:
    """Words are checked before they are written, for the command as a whole."""
    ref = s.fresh_reference()
    words = Words()
    long = words.ref("a" * (MOST_LETTERS + 1))
    command = s.open_cycle(ref, s.wall_now()).model_copy(update={"question": long})
    found = await office.desk.send(command, words)
    assert isinstance(found, Refused)
    assert found.code == "text_too_long"
    assert await office.reads.words({long}) == {}
    assert await office.ledger.entries(ref) == []


async def test_only_the_demonstration_opens_cycles_in_the_past(
    pool: Pool, office: Office, engine: WorkflowEnvironment
) -> None:
    """The same opening is refused at an ordinary desk and allowed at the demonstration's."""
    ref = s.fresh_reference()
    command = opening(set_back=timedelta(days=3))(ref, s.wall_now())
    ordinary = Desk(engine.client, office.queue, Keeping(pool), office.reads)
    found = await ordinary.send(command, s.WORDS)
    assert isinstance(found, Refused)
    assert found.code == "no_time_travel"
    assert await office.ledger.entries(ref) == []
    await done(office, ref, command)
    [first, *_] = await office.ledger.entries(ref)
    assert timedelta(days=2.9) < s.wall_now() - first.at < timedelta(days=3.1)
