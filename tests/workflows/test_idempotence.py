"""The same act any number of times, and many acts at the same time."""

import asyncio

import pytest

from schemas.commands import Cancel
from schemas.outcomes import Receipt, Refused
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts
from tests.workflows.tools import cycle_of, done, entries, refused, send

pytestmark = pytest.mark.real


async def opened(office: Office) -> str:
    """An ordinary cycle."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now()))
    return ref


async def test_the_same_key_gets_the_same_answer(office: Office) -> None:
    """Sent five times, carried out once, answered the same every time."""
    ref = await opened(office)
    command = s.submit(ref)
    answers = [await done(office, ref, command) for _ in range(5)]
    assert all(one == answers[0] for one in answers)
    assert len(await entries(office, ref, "ReturnSubmitted")) == 1


async def test_the_same_key_with_other_content_is_refused(office: Office) -> None:
    """A form sent again with other words is not the same act."""
    ref = await opened(office)
    command = s.submit(ref)
    await done(office, ref, command)
    await refused(office, ref, command.model_copy(update={"partial": True}), "key_reused")
    other = acts.acknowledge(2).model_copy(update={"key": command.key})
    await refused(office, ref, other, "key_reused")


async def test_twenty_at_once_with_one_key_are_one_act(office: Office) -> None:
    """However impatient the client is."""
    ref = await opened(office)
    command = s.submit(ref)
    answers = await asyncio.gather(*(send(office, ref, command) for _ in range(20)))
    assert isinstance(answers[0], Receipt)
    assert all(one == answers[0] for one in answers)
    assert len(await entries(office, ref, "ReturnSubmitted")) == 1


async def test_twenty_different_acts_at_once_are_twenty_acts(office: Office) -> None:
    """One after another, each with its own number and its own place in the ledger."""
    ref = await opened(office)
    answers = await asyncio.gather(*(send(office, ref, acts.record_decision()) for _ in range(20)))
    receipts = [one for one in answers if isinstance(one, Receipt)]
    assert sorted(int(one.number or 0) for one in receipts) == list(range(1, 21))
    assert len({one.version for one in receipts}) == 20
    assert [one.number for one in (await cycle_of(office, ref)).decisions] == list(range(1, 21))


async def test_rivals_for_one_state_are_decided_in_order(office: Office) -> None:
    """Of ten acceptances of one return, one is carried out and nine are told that it was."""
    ref = await opened(office)
    await done(office, ref, s.submit(ref))
    answers = await asyncio.gather(*(send(office, ref, s.accept(ref)) for _ in range(10)))
    assert sum(isinstance(one, Receipt) for one in answers) == 1
    assert {one.code for one in answers if isinstance(one, Refused)} == {"request_state"}


async def test_an_act_that_changes_nothing_is_answered(office: Office) -> None:
    """A second acknowledgement leaves no entry and is no error."""
    ref = await opened(office)
    first = await done(office, ref, acts.acknowledge())
    again = await done(office, ref, acts.acknowledge())
    assert (again.version, again.happened) == (first.version, ())


async def test_a_cycle_opened_twice_with_one_key_is_one_cycle(office: Office) -> None:
    """The second opening gets the first receipt, at once or at the same time."""
    ref = s.fresh_reference()
    command = s.open_cycle(ref, s.wall_now())
    answers = await asyncio.gather(*(send(office, ref, command) for _ in range(5)))
    assert isinstance(answers[0], Receipt)
    assert all(one == answers[0] for one in (*answers, await send(office, ref, command)))
    assert len(await entries(office, ref, "CycleOpened")) == 1


async def test_a_reference_that_is_taken_is_refused(office: Office) -> None:
    """Another opening under the same reference is told so, while the cycle runs and after it."""
    ref = await opened(office)
    await refused(office, ref, s.open_cycle(ref, s.wall_now()), "reference_taken")
    await done(office, ref, acts.cancel())
    await office.skip(ref, 1)
    await refused(office, ref, s.open_cycle(ref, s.wall_now()), "reference_taken")


async def test_the_last_act_of_a_cycle_may_be_sent_again(office: Office) -> None:
    """The answer to the act that ended a cycle is still there for who did not hear it."""
    ref = await opened(office)
    command = acts.cancel()
    first = await done(office, ref, command)
    await office.skip(ref, 1)
    assert await send(office, ref, command) == first


async def test_a_key_is_answered_after_its_cycle_has_ended(office: Office) -> None:
    """Sent again after the cycle is over, an act gets its receipt; other content under its key is refused."""
    ref = s.fresh_reference()
    opening = s.open_cycle(ref, s.wall_now(), requests=0)
    first = await office.desk.send(opening, s.WORDS)
    cancel = Cancel(cycle=ref, key=s.key(), actor=s.OFFICER, reason=s.say("Not needed."))
    await office.desk.send(cancel, s.WORDS)
    await office.engine.client.get_workflow_handle(ref).result()
    assert await office.desk.send(opening, s.WORDS) == first
    other = opening.model_copy(update={"theme": "victims"})
    await refused(office, ref, other, "key_reused")
