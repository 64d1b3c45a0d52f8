"""(b) The product: its Desk, its workflow on its worker, its ledger. Letters become rows, as everywhere."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime

from temporalio import activity
from temporalio.client import Client
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig

from bench.clock import now
from bench.hta.commands import command_of, ladder
from bench.hta.counted import calls_of, measured
from bench.hta.editing import BY_STANDARDS, PATCHED, PLAIN
from bench.hta.ledger import TABLES
from bench.hta.system import READY, Kept, Where
from bench.hta.systems.product_edited import COPY, Patched, Plain
from bench.hta.workload import Act
from bench.workload import WORDS
from demonstration.actors import OFFICER
from engine import connection
from engine.connection import Address, employ, reach
from engine.desk import Desk
from reference.catalogue import demonstration_people, plan
from schemas.commands import AnyCommand, ChangeStandards, OpenCycle
from schemas.notices import Delivery, Notice
from schemas.outcomes import NotKnownYet, Receipt
from store.keeping import Keeping
from store.ledger import Ledger
from store.migrate import migrate
from store.pool import Pool, connect
from store.reads import Reads
from watching.pauses import short_turns

LETTER = "insert into hta.letters (cycle, key, rung) values ($1, $2, $3)"
TOLD = """
select distinct substr(split_part(l.key, ':', 2), 1, 3)::integer as act
from hta.letters t join ledger l
  on l.cycle = t.cycle and l.version = substring(t.key from '/v([0-9]+)/')::integer
where t.cycle = $1 and not t.rung and starts_with(l.key, $1 || ':') order by act
"""
CONNECTIONS = 10
EDITIONS: dict[str, type] = {PLAIN: Plain, PATCHED: Patched}


class RowPost:
    """Keeps each letter as a row."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def deliver(self, notice: Notice) -> Delivery:
        """Delivered once the row is there."""
        rung = notice.template == "evidence_reminder"
        await self._pool.execute(LETTER, notice.cycle, notice.key, rung)
        return Delivery(delivered=True, told=notice.to, at=now())


def copying(pool: Pool) -> connection.Effect:
    """The step that an edited process has more: a copy of each act, as a row."""

    @activity.defn(name=COPY)
    async def copy(reference: str, version: int) -> None:
        await pool.execute(LETTER, reference, f"{reference}:copy-{version}", False)

    return copy


def prepare(where: Where) -> None:
    """The product's own tables, plan and people."""
    asyncio.run(_prepare(where))


async def _prepare(where: Where) -> None:
    async with await connect(where.database) as pool:
        await migrate(pool)
        await pool.execute(TABLES)
        keeping = Keeping(pool)
        await keeping.keep_plan(plan())
        await keeping.keep_people(demonstration_people().values())


def work(where: Where) -> None:
    """The product's worker."""
    logging.disable(logging.WARNING)
    asyncio.run(_work(where))


async def _work(where: Where) -> None:
    short_turns()
    client = await reach(Address(target=where.engine), counting(where.worker_port))
    if edited := EDITIONS.get(where.edition):
        connection.WORKFLOWS[0] = edited
    async with (
        await connect(where.database, most=CONNECTIONS) as pool,
        employ(client, "cycles", Ledger(pool), RowPost(pool), beside=(copying(pool),), policed=False),
    ):
        print(READY, flush=True)
        await asyncio.Event().wait()


def counting(port: int) -> Runtime:
    """A runtime that counts its calls on a port."""
    metrics = PrometheusConfig(bind_address=f"127.0.0.1:{port}")
    return Runtime(telemetry=TelemetryConfig(metrics=metrics))


def door(where: Where) -> "DeskDoor":
    """The Desk, as the pages and the API have it."""
    return DeskDoor(where)


class DeskDoor:
    """Commands through the Desk."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._pool: Pool
        self._client: Client
        self._desk: Desk

    async def enter(self) -> None:
        """Connect."""
        self._pool = await connect(self._where.database, most=CONNECTIONS)
        self._client = await reach(Address(target=self._where.engine), counting(self._where.door_port))
        self._desk = Desk(self._client, "cycles", Keeping(self._pool), Reads(self._pool), demonstration=True)

    async def leave(self) -> None:
        """Close."""
        await self._pool.close()

    async def act(self, reference: str, act: Act, base: datetime) -> None:
        """Hand in one act; a receipt says that it is in the ledger and on the pages."""
        command = command_of(reference, act, base, now())
        if self._where.edition == BY_STANDARDS and isinstance(command, OpenCycle):
            later = ladder().model_copy(update={"ladder": ladder().ladder[1:]})
            command = command.model_copy(update={"standards": later})
        await self._send(command)

    async def release(self, reference: str) -> None:
        """Have a cycle that was opened without the first rung follow the whole ladder."""
        newer = ladder().model_copy(update={"edition": ladder().edition + 1})
        key = f"{reference}:standards"
        await self._send(ChangeStandards(cycle=reference, key=key, actor=OFFICER, standards=newer))

    async def _send(self, command: AnyCommand) -> None:
        outcome = await self._desk.send(command, WORDS)
        if isinstance(outcome, NotKnownYet):
            raise TimeoutError(str(outcome))
        if not isinstance(outcome, Receipt):
            raise TypeError(f"{command.kind}: {outcome}")

    async def kept(self, reference: str) -> Kept:
        """Acts of people in the ledger, and the events of every run's history."""
        acts = await self._pool.fetchval(
            "select count(distinct key) from ledger where cycle = $1 and starts_with(key, $1 || ':')",
            reference,
        )
        events, size = await measured(self._client, reference)
        return Kept(int(acts), events, size)

    async def told_after(self, reference: str) -> list[int]:
        """The acts that somebody was told of, by their numbers."""
        return [row["act"] for row in await self._pool.fetch(TOLD, reference)]

    async def round_trips(self) -> Mapping[str, int]:
        """Calls to Temporal of the Desk and of the worker."""
        return await calls_of(self._where)
