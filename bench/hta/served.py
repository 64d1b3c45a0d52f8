"""A library's own process: it serves acts on a Unix socket, as it would serve them behind a web server.

Systems that are libraries within an application (DBOS, Viewflow, SpiffWorkflow) get one such process each,
so that every system does its work outside the process that puts the load on it. One line of JSON each way.
"""

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.hta.instants import rungs_of
from bench.hta.ledger import said
from bench.hta.system import READY, Kept, Where
from bench.hta.workload import Act


@dataclass(frozen=True)
class Asked:
    """One act as it came in: the cycle, the act, and when its reminders fall."""

    reference: str
    act: dict[str, Any]
    rungs: list[str] | None


Carry = Callable[[Asked], Awaitable[None]]
Count = Callable[[str], Awaitable[Kept]]


def asked_of(reference: str, act: Act, base: datetime) -> Asked:
    """An act with its instants worked out."""
    return Asked(reference, said(act), rungs_of(act, base))


async def serve(where: Where, carry: Carry, count: Count) -> None:
    """Serve until killed."""
    path = Path(where.folder) / "door.sock"
    path.unlink(missing_ok=True)

    async def one(words: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        answer: dict[str, Any] = {"id": words["id"]}
        try:
            if words["what"] == "kept":
                answer["kept"] = vars(await count(words["reference"]))
            else:
                await carry(Asked(words["reference"], words["act"], words["rungs"]))
        except Exception as trouble:  # noqa: BLE001 - whatever it was, whoever asked is told
            answer["trouble"] = f"{type(trouble).__name__}: {trouble}"
        with suppress(ConnectionError):
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()

    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        under_way = set()
        while line := await reader.readline():
            task = asyncio.create_task(one(json.loads(line), writer))
            under_way.add(task)
            task.add_done_callback(under_way.discard)

    server = await asyncio.start_unix_server(met, path, limit=2**20)
    print(READY, flush=True)
    async with server:
        await server.serve_forever()


@dataclass
class SocketDoor:
    """The way in to such a process; after a loss it connects again at the next act."""

    where: Where
    _writer: asyncio.StreamWriter | None = None
    _waiting: dict[int, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _listening: asyncio.Task[None] | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def enter(self) -> None:
        """Connect."""
        await self._connected()

    async def leave(self) -> None:
        """Close."""
        if self._writer:
            self._writer.close()
        if self._listening:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)

    async def act(self, reference: str, act: Act, base: datetime) -> None:
        """Hand in one act."""
        asked = asked_of(reference, act, base)
        await self._ask({"what": "act", **vars(asked)})

    async def kept(self, reference: str) -> Kept:
        """What is kept of a cycle."""
        return Kept(**(await self._ask({"what": "kept", "reference": reference}))["kept"])

    async def round_trips(self) -> Mapping[str, int]:
        """None: such a system has no server but PostgreSQL."""
        return {}

    async def _ask(self, words: dict[str, Any]) -> dict[str, Any]:
        writer = await self._connected()
        number = next(self._numbers)
        waiting: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = waiting
        writer.write(json.dumps({**words, "id": number}).encode() + b"\n")
        try:
            answer = await waiting
        finally:
            self._waiting.pop(number, None)
        if "trouble" in answer:
            raise RuntimeError(answer["trouble"])
        return answer

    async def _connected(self) -> asyncio.StreamWriter:
        async with self._turn:
            if self._writer is None or self._writer.is_closing():
                path = Path(self.where.folder) / "door.sock"
                reader, self._writer = await asyncio.open_unix_connection(path, limit=2**20)
                self._listening = asyncio.create_task(self._listen(reader, self._writer))
            return self._writer

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while line := await reader.readline():
                answer = json.loads(line)
                if (one := self._waiting.get(answer["id"])) and not one.done():
                    one.set_result(answer)
        writer.close()
        for one in self._waiting.values():
            if not one.done():
                one.set_exception(ConnectionError("the process is gone"))
