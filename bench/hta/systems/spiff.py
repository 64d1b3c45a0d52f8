"""(g) SpiffWorkflow: the process as BPMN, its state as JSON in one row of PostgreSQL, locked for each act."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from bench.hta.ledger import COUNT, LETTER, RECORD, TABLES, act_of, letter, recording, reminder
from bench.hta.served import Asked, SocketDoor, serve
from bench.hta.system import Kept, Where
from bench.hta.workload import Act

THREADS = 10
SWEEP = 1.0
"""Seconds between two looks for timers that are due: the library has no clock of its own."""
AT_ONCE = 100
NEVER = "2999-01-01T00:00:00.000000+00:00"
STATES = """create table hta.processes (
    cycle text primary key, number integer not null, next_at timestamptz not null, state text not null)"""
DUE = """select cycle, number, state from hta.processes where next_at <= now()
         order by next_at limit %s for update skip locked"""
KEEP = """insert into hta.processes (cycle, number, next_at, state) values (%s, %s, %s, %s)
          on conflict (cycle) do update set number = excluded.number, next_at = excluded.next_at,
              state = excluded.state"""


def prepare(where: Where) -> None:
    """The record's tables, and one for the processes."""
    with psycopg.connect(where.database, autocommit=True) as connection:
        connection.execute(TABLES)
        connection.execute(STATES)
        connection.execute("create index on hta.processes (next_at)")


def door(where: Where) -> SocketDoor:
    """The way into the application's process."""
    return SocketDoor(where)


def work(where: Where) -> None:
    """The application with ten threads, and one that looks for timers."""
    application = Application(where)
    threading.Thread(target=application.sweep, daemon=True).start()
    asyncio.run(_serve(where, application))


async def _serve(where: Where, application: "Application") -> None:
    threads = ThreadPoolExecutor(THREADS)
    loop = asyncio.get_running_loop()

    async def carry(asked: Asked) -> None:
        await loop.run_in_executor(threads, application.carry, asked)

    async def count(reference: str) -> Kept:
        return await loop.run_in_executor(threads, application.count, reference)

    await serve(where, carry, count)


class Application:
    """Reads a process, moves it on, and writes it, in one transaction with the record."""

    def __init__(self, where: Where) -> None:
        self._pool = ConnectionPool(where.database, min_size=1, max_size=THREADS + 1, open=True)
        self._serializer = BpmnWorkflowSerializer()
        parser = BpmnParser()
        parser.add_bpmn_file(str(Path(__file__).with_suffix(".bpmn")))
        self._spec = parser.get_spec("cycle")

    def carry(self, asked: Asked) -> None:
        """One act; a second time changes nothing."""
        act = act_of(asked.act)
        with self._pool.connection() as connection:
            row = connection.execute(
                "select number, state from hta.processes where cycle = %s for update", (asked.reference,)
            ).fetchone()
            if row and act.number <= row[0]:
                return
            process = self._serializer.deserialize_json(row[1]) if row else BpmnWorkflow(self._spec)
            self._move(process, act, asked.rungs)
            connection.execute(RECORD, recording(asked.reference, act))
            if act.tells:
                connection.execute(LETTER, letter(asked.reference, act))
            self._keep(connection, asked.reference, act.number, process)

    def _move(self, process: Any, act: Act, rungs: list[str] | None) -> None:
        task = process.get_next_task(state=TaskState.READY, manual=None if act.number == 1 else True)
        if act.number > 1 and task.task_spec.bpmn_id != act.stage:
            raise RuntimeError(f"{act.name} in {task.task_spec.bpmn_id}")
        if act.number == 1:
            task.data.update(never=NEVER, reminded=[])
        task.data["leaves"] = act.leaves
        if rungs is not None:
            task.data.update(rungs=rungs, next_rung=rungs[0] if rungs else NEVER)
        if act.number > 1:
            task.run()
        process.do_engine_steps()

    def _keep(self, connection: Any, reference: str, number: int, process: Any) -> None:
        waits = process.get_next_task(state=TaskState.WAITING)
        next_at = waits.data["next_rung"] if waits else NEVER
        state = self._serializer.serialize_json(process)
        connection.execute(KEEP, (reference, number, next_at, state))

    def sweep(self) -> None:
        """Fire what is due, for ever."""
        while True:
            began = time.monotonic()
            while self._fire() == AT_ONCE:
                pass
            time.sleep(max(0.0, SWEEP - (time.monotonic() - began)))

    def _fire(self) -> int:
        with self._pool.connection() as connection:
            rows = connection.execute(DUE, (AT_ONCE,)).fetchall()
            for reference, number, state in rows:
                process = self._serializer.deserialize_json(state)
                process.refresh_timers()
                process.do_engine_steps()
                task = process.get_next_task(state=TaskState.READY, manual=True)
                for rung in task.data["reminded"]:
                    connection.execute(LETTER, reminder(reference, rung))
                task.data["reminded"] = []
                self._keep(connection, reference, number, process)
        return len(rows)

    def count(self, reference: str) -> Kept:
        """Acts in the record; tasks in the state."""
        with self._pool.connection() as connection:
            acts = connection.execute(COUNT, (reference,)).fetchone()
            row = connection.execute(
                "select state from hta.processes where cycle = %s", (reference,)
            ).fetchone()
        assert acts is not None
        assert row is not None
        process = self._serializer.deserialize_json(row[0])
        return Kept(acts[0], len(list(process.get_tasks())), len(row[0]))
