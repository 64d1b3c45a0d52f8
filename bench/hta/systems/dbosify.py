"""(d) dbosify: Temporal's own API, in Python, on DBOS and PostgreSQL."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime

import psycopg
from dbos import DBOSClient
from dbosify.client import Client, WithStartWorkflowOperation
from dbosify.common import WorkflowIDConflictPolicy
from dbosify.worker import Worker

from bench.hta.pg import COUNT_NAMED, Records, one_value, tables
from bench.hta.served import asked_of
from bench.hta.system import READY, Kept, Where
from bench.hta.systems.dbosify_flow import DbosifyCycle, Effects
from bench.hta.workload import Act

QUEUE, SCHEMA = "hta", "dbosify_default"
CONNECTIONS = 20
STEPS = f"""
select (select count(*) from {SCHEMA}.operation_outputs where starts_with(workflow_uuid, %(cycle)s))
     + (select count(*) from {SCHEMA}.workflow_events_history where starts_with(workflow_uuid, %(cycle)s))
     + (select count(*) from {SCHEMA}.notifications where starts_with(destination_uuid, %(cycle)s))
"""  # noqa: S608 - our own schema's name


def prepare(where: Where) -> None:
    """The record's tables; dbosify makes its own when its worker starts."""
    tables(where)


def work(where: Where) -> None:
    """One worker, as its documentation has it."""
    logging.disable(logging.WARNING)
    asyncio.run(_work(where))


async def _work(where: Where) -> None:
    records = Records(where)
    await records.open()
    effects = Effects(records)
    worker = Worker(
        where.database,
        task_queue=QUEUE,
        workflows=[DbosifyCycle],
        activities=[effects.record, effects.tell, effects.remind],
        build_id="bench",
    )
    async with worker:
        while not await asyncio.to_thread(_at_it, where):  # noqa: ASYNC110 - it starts in the background and says nothing
            await asyncio.sleep(0.1)
        print(READY, flush=True)
        await asyncio.Event().wait()


def _at_it(where: Where) -> bool:
    """Whether the worker has made its tables and its queue."""
    try:
        count = f"select count(*) from {SCHEMA}.queues where name = '{QUEUE}'"  # noqa: S608 - names of this file
        return one_value(where, count, "") > 0
    except psycopg.errors.UndefinedTable:
        return False


def door(where: Where) -> "DbosifyDoor":
    """A client of its own."""
    return DbosifyDoor(where)


class DbosifyDoor:
    """Updates, as with Temporal; its client hears of answers by LISTEN instead of asking every second."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._dbos: DBOSClient
        self._client: Client

    async def enter(self) -> None:
        """Connect."""
        self._dbos = await asyncio.to_thread(
            DBOSClient,
            system_database_url=self._where.database,
            dbos_system_schema=SCHEMA,
            system_database_pool_size=CONNECTIONS,
            use_listen_notify=True,
        )
        self._client = Client(self._dbos)

    async def leave(self) -> None:
        """Close."""
        await asyncio.to_thread(self._dbos.destroy)

    async def act(self, reference: str, act: Act, base: datetime) -> None:
        """One update, named by its key."""
        asked = vars(asked_of(reference, act, base))
        key = act.key(reference)
        if act.number > 1:
            handle = self._client.get_workflow_handle(reference)
            await handle.execute_update(DbosifyCycle.act, asked, id=key)
            return
        start = WithStartWorkflowOperation(
            DbosifyCycle.run,
            reference,
            id=reference,
            task_queue=QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        await self._client.execute_update_with_start_workflow(
            DbosifyCycle.act, asked, id=key, start_workflow_operation=start
        )

    async def kept(self, reference: str) -> Kept:
        """Acts in the record; checkpoints, events and messages of its workflow."""
        acts = await asyncio.to_thread(one_value, self._where, COUNT_NAMED, reference)
        return Kept(acts, await asyncio.to_thread(one_value, self._where, STEPS, reference))

    async def round_trips(self) -> Mapping[str, int]:
        """None: there is no server but PostgreSQL."""
        return {}
