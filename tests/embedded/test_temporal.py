"""Temporal's server on one machine."""

import asyncio
import json
import logging
import os
import signal
from pathlib import Path

import pytest

from embedded.children import Children
from embedded.preflight import Ports
from embedded.temporal import TemporalServer, binary
from settings import Settings

pytestmark = pytest.mark.real
LOG = logging.getLogger("answerable.tests")


def server(home: Path) -> TemporalServer:
    """A server on two free ports."""
    ports = Ports()
    return TemporalServer(home, ports.near(17233), ports.near(18233), Settings().environment())


async def retention(address: str) -> str:
    """How long closed workflows are kept, as the server says."""
    words = ("operator", "namespace", "describe", "--namespace", "default", "--output", "json")
    process = await asyncio.create_subprocess_exec(
        binary(), *words, "--address", address, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return str(json.loads(out)["config"]["workflowExecutionRetentionTtl"])


@pytest.mark.parametrize("milliseconds", [30, 80, 150, 400])
async def test_a_kill_9_during_the_first_start_leaves_nothing_dead(tmp_path: Path, milliseconds: int) -> None:
    """Whenever the kill comes, the next start works and keeps closed cycles for ten years."""
    one = server(tmp_path)
    book = tmp_path / "children.json"
    first = Children(LOG, book, tmp_path)
    starting = asyncio.create_task(one.start(first))
    while not await asyncio.to_thread(book.exists):
        pass
    await asyncio.sleep(milliseconds / 1000)
    for pid in noted(tmp_path):
        os.kill(pid, signal.SIGKILL)
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    await first.stop()

    second = Children(LOG, book, tmp_path)
    await one.start(second)
    assert await retention(one.address) == "315360000s"
    await second.stop()


async def test_temporal_comes_back_on_the_same_state_after_kill_9(tmp_path: Path) -> None:
    """The server is started again by itself, on the file that it had."""
    one, children = server(tmp_path), Children(LOG, tmp_path / "children.json", tmp_path)
    await one.start(children)
    (dead,) = noted(tmp_path)
    os.kill(dead, signal.SIGKILL)
    async with asyncio.timeout(20):
        while noted(tmp_path) == [dead] or not await one.child(one.state).ready():
            await asyncio.sleep(0.05)
    assert await retention(one.address) == "315360000s"
    await children.stop()
    assert not await asyncio.to_thread((tmp_path / "temporal.new").exists)


def noted(home: Path) -> list[int]:
    """The processes that are written down as running."""
    return [pid for pid, _ in json.loads((home / "children.json").read_text(encoding="utf-8"))]
