"""The whole product as a user starts it, with its parts to be killed one by one."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from engine.connection import Address
from engine.wiring import address_of
from settings import RUNNING, Settings, load

ROOT = Path(__file__).parents[2]
WITH = """
import json, os, runpy, sys
os.environ.update(json.loads(sys.argv.pop(1)))
runpy.run_path("standalone.py", run_name="__main__")
"""


@dataclass(frozen=True)
class Running:
    """A started product."""

    process: subprocess.Popen[bytes]
    home: Path
    port: int

    def part(self, name: str) -> psutil.Process:
        """The process of a part: worker, web, temporal or postgres."""
        marks = {
            "worker": "worker.py",
            "web": "web.app:create_app",
            "temporal": "start-dev",
            "postgres": str(self.home / "postgres"),
        }
        for process in psutil.process_iter(["pid", "cmdline", "ppid"]):
            words = " ".join(process.info["cmdline"] or ())
            ours = name == "postgres" or process.info["ppid"] == self.process.pid
            if ours and marks[name] in words:
                return process
        raise LookupError(f"no {name} is running")

    def setting(self, name: str) -> str:
        """A setting with which the product started its worker."""
        return self.part("worker").environ()[f"ANSWERABLE_{name}"]

    @property
    def settings(self) -> Settings:
        """Where everything runs and with which keys, as the product left word of it."""
        return load().changed(**json.loads((self.home / RUNNING).read_text(encoding="utf8")))

    def engine(self) -> Address:
        """Where its engine is, with its keys."""
        return address_of(self.settings)

    async def kill(self, name: str) -> None:
        """Kill a part as a power cut would, and wait until another has taken its place."""
        victim = self.part(name)
        victim.send_signal(signal.SIGKILL)
        async with asyncio.timeout(60):
            while not self._replaced(name, victim.pid):
                await asyncio.sleep(0.1)

    def _replaced(self, name: str, pid: int) -> bool:
        try:
            return self.part(name).pid != pid
        except (LookupError, psutil.Error):
            return False

    def wait_until_said(self, words: str) -> None:
        """Wait, in a test without a loop, until the product has said something on its screen."""
        asyncio.run(self.said(words))

    async def said(self, words: str) -> None:
        """Wait until the product has said something on its screen."""
        out = self.home.parent / f"{self.home.name}.out"
        async with asyncio.timeout(90):
            while words not in out.read_text(encoding="utf8", errors="replace"):
                await asyncio.sleep(0.2)

    async def healthy(self) -> None:
        """Wait until the pages and the worker say that all is well."""
        worker = self.setting("WORKER_HTTP_PORT")
        async with httpx.AsyncClient(trust_env=False, timeout=5) as client, asyncio.timeout(60):
            for url in (f"http://127.0.0.1:{self.port}/healthz", f"http://127.0.0.1:{worker}/healthz"):
                while not await _well(client, url):
                    await asyncio.sleep(0.2)


async def _well(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).is_success
    except httpx.HTTPError:
        return False


@contextmanager
def product(home: Path, *options: str) -> Iterator[Running]:
    """Start the product and stop it as Ctrl-C does; fails if it leaves a process behind."""
    running = started(home, free_port(), *options)
    try:
        yield running
    finally:
        left = stopped(running)
    assert not left, f"left behind: {left}"


def started(home: Path, port: int, *options: str, beside: Mapping[str, str] | None = None) -> Running:
    """The product, up and answering; what it starts gets variables of the environment beside its own."""
    options = ("--home", str(home), "--port", str(port), *options)
    words = [sys.executable, *(("-c", WITH, json.dumps(dict(beside))) if beside else ("standalone.py",))]
    environment = Settings(home=home).environment()
    with (home.parent / f"{home.name}.out").open("ab") as out:
        process = subprocess.Popen(
            [*words, *options], cwd=ROOT, stdout=out, stderr=out, start_new_session=True, env=environment
        )
    running = Running(process=process, home=home, port=port)
    try:
        _wait(process, port, home)
    except BaseException:
        stopped(running)
        raise
    return running


def stopped(running: Running) -> list[psutil.Process]:
    """Stop the product as Ctrl-C does; the processes that it leaves behind."""
    process = running.process
    family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.send_signal(signal.SIGINT)
    process.wait(timeout=40)
    return [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def _wait(process: subprocess.Popen[bytes], port: int, home: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        assert process.poll() is None, (home.parent / f"{home.name}.out").read_text()[-3000:]
        try:
            if httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False, timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(f"the product did not come up: {(home.parent / f'{home.name}.out').read_text()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
