"""A worker process, for tests to look at and to stop."""

import asyncio
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SOON = 20.0
"""Seconds."""


@dataclass
class Running:
    """A worker process, its port, and what it has said."""

    process: asyncio.subprocess.Process
    port: int
    said: list[str] = field(default_factory=list)

    async def health(self) -> tuple[int, dict[str, bool]]:
        """Its own account of its health; 0 where it does not answer."""
        answer = await self.get("/healthz")
        return (answer.status_code, answer.json()) if answer else (0, {})

    async def get(self, path: str, port: int | None = None) -> httpx.Response | None:
        """A page of its own; None where it does not answer."""
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
                return await client.get(f"http://127.0.0.1:{port or self.port}{path}")
        except httpx.HTTPError:
            return None

    async def becomes(self, status: int) -> bool:
        """Whether its health becomes this soon."""
        return await soon(lambda: self._is(status))

    async def says(self, words: str) -> bool:
        """Whether it says something soon."""
        return await soon(lambda: self._said(words))

    async def stop(self) -> tuple[int, float]:
        """Ask it to stop; its exit code and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(15):
            code = await self.process.wait()
        return code, time.monotonic() - began

    async def _is(self, status: int) -> bool:
        return (await self.health())[0] == status

    async def _said(self, words: str) -> bool:
        return any(words in line for line in self.said)


async def soon(question: Callable[[], Awaitable[bool]]) -> bool:
    """Whether something becomes true soon."""
    until = time.monotonic() + SOON
    while time.monotonic() < until:
        if await question():
            return True
        await asyncio.sleep(0.1)
    return False


def two_ports() -> int:
    """A free port whose next one is free too."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port: int = first.getsockname()[1]
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except OSError:
                continue
            return port


@asynccontextmanager
async def worker(**chosen: Any) -> AsyncIterator[Running]:
    """A worker process with these settings."""
    port = two_ports()
    files = (Path(tempfile.gettempdir()) / "answerable-worker-files").as_uri()
    given = {"clamd": "none", "files_url": files, "keys_file": "none", **chosen}
    settings = Settings(worker_http_port=port, **given)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "worker.py"),
        cwd=ROOT,
        env=settings.environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        limit=2**20,
    )
    running = Running(process, port)
    listening = asyncio.create_task(listen(running))
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await listening


async def listen(running: Running) -> None:
    """Keep what the process says."""
    assert running.process.stdout is not None
    while line := await running.process.stdout.readline():
        running.said.append(line.decode().rstrip())
