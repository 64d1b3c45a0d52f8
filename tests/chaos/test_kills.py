"""Kill each part of the running product under load: what was acknowledged stands, once, in order."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from engine.connection import reach
from engine.desk import Desk
from schemas.commands import AnyCommand
from schemas.outcomes import NotKnownYet, Receipt
from schemas.records import Entry
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool, connect
from store.reads import Reads
from tests import scenario as s
from tests.chaos.product import Running, product

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(400)]

PARTS = ("worker", "web", "temporal", "postgres")
LANES = 4


@dataclass
class Notes:
    """What the clients themselves wrote down."""

    acknowledged: dict[tuple[str, str], Receipt] = field(default_factory=dict)
    cycles: list[str] = field(default_factory=list)
    stop: bool = False


async def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(folder: Path) -> None:
    """Kill any part: every acknowledged act stands once, no rung is doubled, every cycle goes on."""
    with product(folder / "home") as running:
        await running.healthy()
        await running.said("The demonstration is there")
        async with connections(running) as (client, pool):
            planned = (await Reads(pool).cycles(search="second quarter"))[0].reference
            await until(client, pool, planned, "EvidenceRequested")
            notes = await under_load(running, client, pool, planned)
            await until(client, pool, planned, "ReminderDelivered")
            assert len(notes.acknowledged) > len(PARTS) * LANES, "hardly anything was acknowledged"
            everything = {row.reference for row in await Reads(pool).cycles(most=1000)}
            entries = {ref: await Ledger(pool).entries(ref) for ref in everything}
            for (ref, key), receipt in notes.acknowledged.items():
                of_key = [one for one in entries[ref] if one.key == key]
                assert [one.event.kind for one in of_key] == list(receipt.happened)
                assert of_key[-1].version == receipt.version
            for ref, ledger in entries.items():
                assert [one.version for one in ledger] == list(range(1, len(ledger) + 1)), ref
                assert not doubled_rungs(ledger), ref
            assert sum(one.event.kind == "ReminderDelivered" for one in entries[planned]), "no rung fired"
            await goes_on(Desk(client, "cycles", Keeping(pool), Reads(pool)), notes)


async def under_load(running: Running, client: Client, pool: Pool, planned: str) -> Notes:
    """Kill every part in turn while clients act and one planned cycle lives through months."""
    notes = Notes()
    reads = Reads(pool)
    desk = Desk(client, "cycles", Keeping(pool), reads, patience=timedelta(seconds=5))
    lanes = [asyncio.create_task(lane(desk, number, notes)) for number in range(LANES)]
    lanes.append(asyncio.create_task(months_pass(client, planned, notes)))
    for part in PARTS:
        await asyncio.sleep(2)
        await running.kill(part)
        await running.healthy()
    await asyncio.sleep(2)
    notes.stop = True
    await asyncio.gather(*lanes)
    return notes


async def lane(desk: Desk, number: int, notes: Notes) -> None:
    """One client: opens a cycle, acts in it, and repeats every act with its key until it is answered."""
    turn = 0
    while not notes.stop:
        turn += 1
        ref = f"HTA-{2100 + number}-{turn:04d}"
        notes.cycles.append(ref)
        await insist(desk, s.open_cycle(ref, s.wall_now(), requests=2), notes)
        for command in (s.submit(ref, 1), s.send_back(ref, 1), s.submit(ref, 1), s.accept(ref, 1)):
            await insist(desk, command, notes)


async def until(client: Client, pool: Pool, planned: str, kind: str) -> None:
    """Let the planned cycle's clock run until something of a kind stands in its ledger."""
    skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False, max_session_skip_count=10_000))
    handle = client.get_workflow_handle(planned)
    async with asyncio.timeout(60):
        while all(one.event.kind != kind for one in await Ledger(pool).entries(planned)):
            with suppress(RPCError, RuntimeError):
                await skipper.fast_forward(handle, timedelta(days=2))


async def months_pass(client: Client, planned: str, notes: Notes) -> None:
    """Let one cycle's own clock run, two days at a time, whatever is being killed."""
    skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False, max_session_skip_count=10_000))
    handle = client.get_workflow_handle(planned)
    while not notes.stop:
        with suppress(RPCError, RuntimeError, TimeoutError):
            async with asyncio.timeout(10):
                await skipper.fast_forward(handle, timedelta(days=2))
        await asyncio.sleep(0.1)


async def insist(desk: Desk, command: AnyCommand, notes: Notes) -> None:
    """Send with the same key until there is a receipt; an unanswered act is never taken for a failed one."""
    async with asyncio.timeout(120):
        while True:
            try:
                outcome = await desk.send(command, s.WORDS)
            except OSError:  # the store is being brought back
                outcome = NotKnownYet(cycle=command.cycle, key=command.key)
            if isinstance(outcome, Receipt):
                notes.acknowledged[command.cycle, command.key] = outcome
                return
            assert isinstance(outcome, NotKnownYet), outcome
            await asyncio.sleep(0.3)


def doubled_rungs(ledger: list[Entry]) -> list[tuple[int, int, str]]:
    """Rungs that stand more than once for one request and due day."""
    rungs = Counter(
        (one.event.request, one.event.rung, one.event.due_on.isoformat())
        for one in ledger
        if one.event.kind in ("ReminderDelivered", "ReminderBounced")
    )
    return [rung for rung, times in rungs.items() if times > 1]


async def goes_on(desk: Desk, notes: Notes) -> None:
    """The newest cycles take another act at once."""
    for ref in notes.cycles[-LANES:]:
        await insist(desk, s.submit(ref, 2), notes)


@asynccontextmanager
async def connections(running: Running) -> AsyncIterator[tuple[Client, Pool]]:
    """The clients' own way to the product's engine and store."""
    pool = await connect(running.setting("DATABASE_URL"))
    client = await reach(running.engine())
    yield client, pool
    await pool.close()
