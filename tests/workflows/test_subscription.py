"""Subscriptions on the real engine: everything in order, nothing lost, whatever the receiver does."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from temporalio.testing import WorkflowEnvironment

from engine import subscriptions
from schemas.feed import Cursor
from schemas.outcomes import Refused
from schemas.records import Entry
from schemas.subscriptions import Answer
from store.pool import Pool
from tests import scenario as s
from tests.outside import Outside, outside_of
from tests.receiver import SECRET, Receiver, receiving
from tests.rules import acts
from tests.rules.table import signed
from tests.store.put import as_of, corrected, put

pytestmark = pytest.mark.real


@pytest.fixture
async def outside(pool: Pool, engine: WorkflowEnvironment) -> AsyncIterator[Outside]:
    """An office whose events go outside."""
    async with outside_of(pool, engine) as one:
        yield one


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver that takes everything."""
    async with receiving() as one:
        yield one


def many(count: int) -> list[Entry]:
    """At least so many entries, of as many cycles as it takes."""
    entries = signed().entries
    cycles = [f"HTA-2026-{n:04d}" for n in range(5000, 5000 + count // len(entries) + 1)]
    return [one for name in cycles for one in as_of(entries, name)]


async def test_five_hundred_entries_come_in_order(outside: Outside, receiver: Receiver) -> None:
    """Each once, as they were recorded; the cursor stands at the end and nothing is behind."""
    entries = many(500)
    await put(outside.pool, entries)
    async with outside.worker():
        name = await outside.add(receiver)
        await receiver.has(len(entries))
        assert receiver.ids() == [f"{one.cycle}/{one.version}" for one in entries]
        assert receiver.trouble == []
        row = await outside.caught_up(name)
        assert row.subscription.last_success_at
        assert row.subscription.failing_since is None


async def test_everybody_hears_what_is_public_and_the_office_all(outside: Outside) -> None:
    """Two receivers of one ledger get exactly their sets, and in public nobody and no text is named."""
    entries = [*corrected(), *as_of(signed().entries, "HTA-2026-8888")]
    async with receiving() as open_to_all, receiving() as office, outside.worker():
        await outside.add(open_to_all, scope="public", actor=s.OFFICER)
        await outside.add(office)
        await put(outside.pool, entries)
        public = [f"{one.cycle}/{one.version}" for one in entries if one.public and one.cycle == acts.REF]
        await office.has(len(entries))
        await open_to_all.has(len(public))
        await asyncio.sleep(0.3)
    assert open_to_all.ids() == public
    assert office.ids() == [f"{one.cycle}/{one.version}" for one in entries]
    said = str(open_to_all.events)
    assert "text:" not in said
    assert all(person not in said for person in ("policy-officer", "acc-local-policing", "council-01"))


async def test_what_is_recorded_is_heard_at_once(outside: Outside, receiver: Receiver) -> None:
    """A subscription that waits is woken by the act, not by a clock."""
    async with outside.worker():
        await outside.add(receiver)
        await put(outside.pool, signed().entries[:1])
        await receiver.has(1)
        loop = asyncio.get_running_loop()
        await asyncio.sleep(0.2)
        began = loop.time()
        await put(outside.pool, signed().entries[1:2])
        await receiver.has(2)
        assert loop.time() - began < 2


async def test_a_receiver_that_was_down_gets_everything_when_it_is_up(outside: Outside) -> None:
    """Nothing is lost and the order stays; meanwhile the list says since when it fails."""
    entries = signed().entries
    async with receiving() as before:
        port = before.port
    async with outside.worker():
        name = await outside.add(before)
        await put(outside.pool, entries)
        async with asyncio.timeout(20):
            while not (await outside.now(name)).failing_since:
                await asyncio.sleep(0.05)
        assert "could not be reached" in str((await outside.now(name)).last_failure)
        async with receiving(port) as after:
            await after.has(len(entries), 60)
            assert after.ids() == [f"{one.cycle}/{one.version}" for one in entries]


@pytest.mark.parametrize("answer", [500, 302])
async def test_what_was_not_taken_comes_again_under_the_same_name(
    outside: Outside, receiver: Receiver, answer: int
) -> None:
    """Two refusals, then a yes: the same delivery, once."""
    receiver.answers = [answer, answer]
    entries = signed().entries
    await put(outside.pool, entries)
    async with outside.worker():
        name = await outside.add(receiver)
        await receiver.has(len(entries))
        assert receiver.deliveries == 3
        assert len(receiver.names) == 1
        assert str(answer) in str((await outside.now(name)).last_failure)


async def test_a_receiver_that_is_gone_ends_its_subscription(outside: Outside, receiver: Receiver) -> None:
    """It said so itself: nothing is tried again, and the list says why."""
    receiver.always = 410
    await put(outside.pool, signed().entries)
    async with outside.worker():
        name = await outside.add(receiver)
        assert await outside.run(name).result() == "ended"
    found = await outside.now(name)
    assert (found.state, receiver.deliveries) == ("ended", 1)
    assert "410" in str(found.because)
    again = await outside.arranged.change(name, s.CHIEF_EXECUTIVE, "active", "")
    assert isinstance(again, Refused)
    assert again.code == "subscription_over"


async def test_after_days_of_failure_it_is_paused_and_the_office_is_told(
    outside: Outside, receiver: Receiver
) -> None:
    """One letter; resumed, it goes on where it stopped."""
    receiver.always = 500
    entries = signed().entries
    await put(outside.pool, entries)
    async with outside.worker():
        name = await outside.add(receiver)
        await receiver.asked(1)
        await outside.engine.fast_forward(outside.run(name), timedelta(days=6))
        async with asyncio.timeout(20):
            while (await outside.now(name)).state != "paused":
                await asyncio.sleep(0.05)
            while not outside.told.about:
                await asyncio.sleep(0.05)
        assert [one.id for one in outside.told.about] == [name]
        receiver.always = 204
        await outside.arranged.change(name, s.CHIEF_EXECUTIVE, "active", "It is mended")
        await receiver.has(len(entries))
        assert (await outside.now(name)).state == "active"


async def test_paused_nothing_is_sent_until_it_is_resumed(outside: Outside, receiver: Receiver) -> None:
    """What was recorded meanwhile comes then, in order."""
    entries = signed().entries
    async with outside.worker():
        name = await outside.add(receiver)
        await put(outside.pool, entries[:2])
        await receiver.has(2)
        await outside.arranged.change(name, s.CHIEF_EXECUTIVE, "paused", "They are moving")
        await put(outside.pool, entries[2:])
        await asyncio.sleep(0.5)
        assert len(receiver.ids()) == 2
        await outside.arranged.change(name, s.CHIEF_EXECUTIVE, "active", "")
        await receiver.has(len(entries), 10)
        assert receiver.ids() == [f"{one.cycle}/{one.version}" for one in entries]


async def test_what_nobody_told_the_run_counts_within_minutes(outside: Outside, receiver: Receiver) -> None:
    """It was resumed in the store, and the engine was out of reach: it goes on all the same."""
    entries = signed().entries
    async with outside.worker():
        name = await outside.add(receiver)
        await outside.arranged.change(name, s.CHIEF_EXECUTIVE, "paused", "")
        await put(outside.pool, entries)
        await asyncio.sleep(1)
        await outside.kept.change(name, "active", "resumed", "chief-executive", None)
        passing = asyncio.create_task(outside.engine.fast_forward(outside.run(name), timedelta(minutes=15)))
        await receiver.has(len(entries))
        passing.cancel()


async def test_a_test_delivery_without_a_worker_says_that_nothing_is_known(
    outside: Outside, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence instead of a fault."""
    monkeypatch.setattr(subscriptions, "PATIENCE", timedelta(seconds=1))
    name = await outside.add(receiver)
    answer = await outside.arranged.try_out(name, s.CHIEF_EXECUTIVE)
    assert isinstance(answer, Answer)
    assert "did not answer in time" in answer.said


async def test_resumed_while_it_waits_to_try_again_it_tries_at_once(
    outside: Outside, receiver: Receiver
) -> None:
    """Nobody waits for an hour because a receiver failed an hour ago."""
    receiver.always = 500
    await put(outside.pool, signed().entries)
    async with outside.worker():
        name = await outside.add(receiver)
        await receiver.asked(4)  # the next is eight seconds away
        await asyncio.sleep(0.2)
        receiver.always = 204
        await outside.arranged.change(name, s.CHIEF_EXECUTIVE, "paused", "")
        await outside.arranged.change(name, s.CHIEF_EXECUTIVE, "active", "")
        await receiver.has(1, 7)


async def test_replayed_it_hears_again_with_the_same_ids(outside: Outside, receiver: Receiver) -> None:
    """Doubles are doubles of what was sent, so that the receiver can drop them."""
    entries = signed().entries
    await put(outside.pool, entries)
    async with outside.worker():
        name = await outside.add(receiver)
        await receiver.has(len(entries))
        await outside.arranged.replay(name, s.CHIEF_EXECUTIVE, Cursor(shown=2, position=2), "It lost some")
        async with asyncio.timeout(20):
            while len(receiver.ids()) < 2 * len(entries) - 2:
                await asyncio.sleep(0.05)
        assert receiver.ids() == [f"{one.cycle}/{one.version}" for one in [*entries, *entries[2:]]]


async def test_a_worker_that_dies_half_way_loses_nothing(outside: Outside, receiver: Receiver) -> None:
    """Another goes on; what the receiver had taken before the cursor was moved comes again with its id."""
    entries = many(300)
    await put(outside.pool, entries)
    dead = asyncio.Event()
    advance = outside.kept.advance

    async def dies(*facts: object, **more: object) -> bool:
        if len(receiver.ids()) >= 200 and not dead.is_set():
            dead.set()
            await asyncio.sleep(3600)
        return await advance(*facts, **more)  # type: ignore[arg-type] # handed on as it came

    outside.kept.advance = dies  # type: ignore[method-assign] # this worker hangs as one that was killed
    async with outside.worker():
        await outside.add(receiver)
        await dead.wait()
        seen = len(receiver.ids())
    async with outside.worker():
        await receiver.has(len(entries), 60)
    expected = [f"{one.cycle}/{one.version}" for one in entries]
    assert receiver.ids()[:seen] == expected[:seen]
    assert list(dict.fromkeys(receiver.ids())) == expected
    assert len(receiver.ids()) == len(expected) + 100


async def test_a_test_delivery_says_what_the_receiver_makes_of_it(
    outside: Outside, receiver: Receiver
) -> None:
    """Also while it is paused; nothing of the record is sent."""
    async with outside.worker():
        name = await outside.add(receiver)
        await outside.arranged.change(name, s.CHIEF_EXECUTIVE, "paused", "")
        answer = await outside.arranged.try_out(name, s.CHIEF_EXECUTIVE)
        assert isinstance(answer, Answer)
        assert answer.taken
        assert (receiver.deliveries, receiver.events) == (1, [])
        receiver.always = 500
        answer = await outside.arranged.try_out(name, s.CHIEF_EXECUTIVE)
        assert isinstance(answer, Answer)
        assert answer.said == "The receiver answered 500."


async def test_no_secret_and_no_address_is_in_a_history_or_a_log(
    outside: Outside, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    """The engine knows the subscription's name and nothing else of it."""
    receiver.answers = [500]
    await put(outside.pool, signed().entries)
    with caplog.at_level(logging.DEBUG):
        async with outside.worker():
            name = await outside.add(receiver)
            await receiver.has(3)
            await outside.arranged.try_out(name, s.CHIEF_EXECUTIVE)
        history = (await outside.run(name).fetch_history()).to_json()
    assert name in history
    for text in (SECRET, receiver.url, SECRET.removeprefix("whsec_")):
        assert text not in history
        assert text not in (await outside.now(name)).model_dump_json(exclude={"url"})
    assert SECRET not in caplog.text
