"""(a) The floor: a bare Temporal workflow with the same history shape as the product's, and no ledger."""

import asyncio
import json
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.worker import Worker

from bench.bare import BareShape
from bench.hta.counted import calls_of, measured
from bench.hta.editing import PATCHED, PATCHED_ONCE, PLAIN
from bench.hta.instants import rungs_of
from bench.hta.ledger import TABLES
from bench.hta.system import READY, Kept, Where
from bench.hta.systems.bare_edited import Patched, PatchedOnce, Plain
from bench.hta.systems.bare_flow import BareAct, BareCycle, LetterActivities
from bench.hta.systems.product import CONNECTIONS, LETTER, counting
from bench.hta.workload import Act
from engine.connection import Address, reach, sandbox
from store.pool import Pool, connect

QUEUE = "bare"
SAID = "x" * 600
EDITIONS: dict[str, type] = {"": BareCycle, PLAIN: Plain, PATCHED: Patched, PATCHED_ONCE: PatchedOnce}


class Rows:
    """Keeps each letter as a row, as the product's post does here."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def keep(self, cycle: str, key: str, *, rung: bool) -> None:
        """One letter."""
        await self._pool.execute(LETTER, cycle, f"{cycle}:{key}", rung)


def prepare(where: Where) -> None:
    """The table of letters."""
    asyncio.run(_prepare(where))


async def _prepare(where: Where) -> None:
    async with await connect(where.database) as pool:
        await pool.execute(TABLES)


def work(where: Where) -> None:
    """A worker with the product's sandbox and otherwise the SDK's defaults."""
    logging.disable(logging.WARNING)
    asyncio.run(_work(where))


async def _work(where: Where) -> None:
    client = await reach(Address(target=where.engine), counting(where.worker_port))
    async with await connect(where.database, most=CONNECTIONS) as pool:
        letters = LetterActivities(Rows(pool))
        async with Worker(
            client,
            task_queue=QUEUE,
            workflows=[EDITIONS[where.edition]],
            activities=[letters.letter],
            workflow_runner=sandbox(),
        ):
            print(READY, flush=True)
            await asyncio.Event().wait()


def door(where: Where) -> "BareDoor":
    """A client of Temporal."""
    return BareDoor(where)


class BareDoor:
    """Updates to bare workflows."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._client: Client
        self._shapes: dict[str, BareShape] = {}

    async def enter(self) -> None:
        """Connect, and read the shapes."""
        self._client = await reach(Address(target=self._where.engine), counting(self._where.door_port))
        written = json.loads(await asyncio.to_thread(Path(self._where.shapes).read_text, "utf-8"))
        self._shapes = {way: BareShape(**shape) for way, shape in written.items()}

    async def leave(self) -> None:
        """Nothing to close."""

    async def act(self, reference: str, act: Act, base: datetime) -> None:
        """One update, named by its key: Temporal takes the same one once."""
        rungs = [datetime.fromisoformat(one) for one in rungs_of(act, base) or ()]
        said = BareAct(said=SAID, rungs=rungs)
        if act.number > 1:
            handle = self._client.get_workflow_handle(reference)
            await handle.execute_update(BareCycle.act, said, id=act.key(reference))
            return
        start = WithStartWorkflowOperation(
            BareCycle.run,
            self._shape(act.way),
            id=reference,
            task_queue=QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        await self._client.execute_update_with_start_workflow(
            BareCycle.act, said, id=act.key(reference), start_workflow_operation=start
        )

    def _shape(self, way: str) -> BareShape:
        """What is to be done after which act."""
        return self._shapes[way]

    async def kept(self, reference: str) -> Kept:
        """Its updates and its history."""
        events, size = await measured(self._client, reference)
        return Kept(await self._client.get_workflow_handle(reference).query(BareCycle.seen), events, size)

    async def round_trips(self) -> Mapping[str, int]:
        """Calls to Temporal of the door and of the worker."""
        return await calls_of(self._where)
