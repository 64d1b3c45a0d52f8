"""(c) DBOS: one durable workflow per cycle in the application's own process, on PostgreSQL alone.

Acts are messages to the workflow, answers are its events; what is recorded and what is sent are transactions
of a datasource on the same database, so each is done exactly once with its checkpoint.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import sqlalchemy
from dbos import DBOS, AsyncSQLAlchemyDatasource, SetWorkflowID

from bench.clock import now
from bench.hta.editing import COPY, EARLIER, PATCHED, PLAIN
from bench.hta.instants import until, written
from bench.hta.ledger import act_of, letter, recording, reminder
from bench.hta.pg import COUNT_NAMED, LETTER_NAMED, RECORD_NAMED, one_value, tables
from bench.hta.served import Asked, SocketDoor, serve
from bench.hta.system import Kept, Where

ANSWER_WITHIN = 30.0
Step = Callable[..., Awaitable[None]]
DONE = "done"
STEPS = """
select (select count(*) from dbos.operation_outputs where workflow_uuid = %(cycle)s)
     + (select count(*) from dbos.workflow_events_history where workflow_uuid = %(cycle)s)
     + (select count(*) from dbos.notifications where destination_uuid = %(cycle)s)
"""


def prepare(where: Where) -> None:
    """The record's tables; DBOS makes its own."""
    tables(where)


def door(where: Where) -> SocketDoor:
    """The way into the application's process."""
    return SocketDoor(where)


def work(where: Where) -> None:
    """The application: DBOS inside, with its defaults, and notifications by LISTEN."""
    asyncio.run(_work(where))


async def _work(where: Where) -> None:
    DBOS(
        config={
            "name": "hta",
            "system_database_url": where.database,
            "application_version": "bench",
            "log_level": "ERROR",
        }
    )
    store = await AsyncSQLAlchemyDatasource.create(where.database)
    flow = Flow(store, where.edition)
    DBOS.launch()

    async def carry(asked: Asked) -> None:
        await flow.carry(asked)

    async def count(reference: str) -> Kept:
        acts = await asyncio.to_thread(one_value, where, COUNT_NAMED, reference)
        return Kept(acts, await asyncio.to_thread(one_value, where, STEPS, reference))

    await serve(where, carry, count)


class Flow:
    """The workflow and its steps, registered with a datasource."""

    def __init__(self, store: Any, edition: str = "") -> None:
        @store.transaction(isolation_level="READ COMMITTED")
        async def record(reference: str, act: dict[str, Any]) -> None:
            session = store.sql_session()
            await session.execute(sqlalchemy.text(RECORD_NAMED), recording(reference, act_of(act)))

        @store.transaction(isolation_level="READ COMMITTED")
        async def send(cycle: str, key: str, rung: bool) -> None:
            facts = {"cycle": cycle, "key": key, "rung": rung}
            await store.sql_session().execute(sqlalchemy.text(LETTER_NAMED), facts)

        @DBOS.workflow(name="cycle")
        async def cycle(reference: str) -> None:
            await run(reference, record, send, edition)

        self._cycle = cycle

    async def carry(self, asked: Asked) -> None:
        """Begin the cycle where it opens; hand in the act; wait for its answer."""
        act = act_of(asked.act)
        key = act.key(asked.reference)
        if act.number == 1:
            with SetWorkflowID(asked.reference):
                await DBOS.start_workflow_async(self._cycle, asked.reference)
        await DBOS.send_async(asked.reference, {"act": asked.act, "rungs": asked.rungs}, idempotency_key=key)
        if await DBOS.get_event_async(asked.reference, key, ANSWER_WITHIN) != DONE:
            raise TimeoutError(key)


async def copies(edition: str) -> bool:
    """Whether an act sends a copy too: always, or where no checkpoint stands in the way."""
    return edition == PLAIN or (edition == PATCHED and await DBOS.patch_async("copies"))


def falls(rungs: list[str], edition: str) -> list[str]:
    """The rungs of an act, as an edition has them."""
    if not edition or not rungs:
        return rungs
    return [written(datetime.fromisoformat(rungs[0]) - EARLIER), *rungs]


async def run(reference: str, record: Step, send: Step, edition: str = "") -> None:
    """One cycle: its acts as they come, its reminders as they fall due, until the last act."""
    rungs: list[str] = []
    number, over = 0, False
    while not over:
        message = await DBOS.recv_async(timeout_seconds=until(rungs, now()))
        if message is None:
            if rungs:
                await send(*reminder(reference, rungs.pop(0)))
            continue
        act = act_of(message["act"])
        if act.number == number + 1:
            await record(reference, message["act"])
            if await copies(edition):
                await send(reference, f"{reference}:{COPY}{act.number}", False)
            number, over = act.number, act.last
            rungs = rungs if message["rungs"] is None else falls(message["rungs"], edition)
        await DBOS.set_event_async(act.key(reference), DONE)
        if act.tells:
            await send(*letter(reference, act))
