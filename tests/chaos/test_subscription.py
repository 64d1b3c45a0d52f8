"""A real worker is killed while a receiver holds its delivery: another goes on, and nothing is lost."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from store.pool import Pool
from tests.outside import outside_of
from tests.receiver import receiving
from tests.rules.table import signed
from tests.shell import own_database
from tests.store.put import as_of, put

pytestmark = [pytest.mark.chaos, pytest.mark.real]
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def worker(settings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The worker as a deployment runs it, ended with the block."""
    given = {f"ANSWERABLE_{name}": value for name, value in settings.items()}
    given["ANSWERABLE_WORKER_HTTP_PORT"] = str(free_port())
    given["ANSWERABLE_CLAMD"] = given["ANSWERABLE_KEYS_FILE"] = "none"
    given["ANSWERABLE_FILES_URL"] = (Path(tempfile.gettempdir()) / "answerable-worker-files").as_uri()
    process = subprocess.Popen([sys.executable, "worker.py"], cwd=ROOT, env={**os.environ, **given})  # noqa: TID251 - a process inherits it
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=20)


async def test_a_killed_worker_loses_nothing_and_doubles_only_by_id(
    pool: Pool, engine: WorkflowEnvironment, postgres: str
) -> None:
    """Killed after the receiver took the third delivery and before anybody knew: it comes again, once."""
    entries = [one for n in range(60) for one in as_of(signed().entries, f"HTA-2026-{6000 + n}")]
    await put(pool, entries)
    async with outside_of(pool, engine) as outside, receiving() as receiver:
        settings = {
            "DATABASE_URL": await own_database(pool, postgres),
            "TEMPORAL_ADDRESS": engine.client.service_client.config.target_host,
            "TEMPORAL_TASK_QUEUE": outside.queue,
            "WEBHOOK_LOOPBACK": "true",
        }
        with worker(settings) as first:

            def kill() -> None:
                if len(receiver.names) == 2 and first.poll() is None:
                    first.kill()

            receiver.taking = kill
            await outside.add(receiver)
            await asyncio.to_thread(first.wait, 60)
        with worker(settings):
            await receiver.has(len(entries), 90)
            await asyncio.sleep(0.5)
    expected = [f"{one.cycle}/{one.version}" for one in entries]
    assert list(dict.fromkeys(receiver.ids())) == expected
    assert receiver.ids() == [*expected[:300], *expected[200:]]
    assert receiver.trouble == []
    assert receiver.names[2] == receiver.names[3]
