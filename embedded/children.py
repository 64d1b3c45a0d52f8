"""Child processes: started in order, kept alive, written down, and stopped so that none is left behind."""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from embedded import leftovers
from embedded.budget import Budget

TIED = str(Path(__file__).with_name("tied.py"))

Probe = Callable[[], Awaitable[bool]]


class GaveUp(Exception):  # noqa: N818 - what is raised is the sentence for the person at the keyboard
    """A child could not be started or kept; the message says which."""


@dataclass(frozen=True)
class Child:
    """A process to keep: its name in the log, its words, its environment, and how to see that it is ready."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str]
    ready: Probe
    ready_within: float = 60.0


class Children:
    """The processes that are kept; each is the leader of its own session, so that Ctrl-C reaches us alone."""

    def __init__(self, log: logging.Logger, book: Path, folder: Path, *, grace: float = 8.0) -> None:
        self._log, self._book, self._folder, self._grace = log, book, folder, grace
        self._running: dict[str, asyncio.subprocess.Process] = {}
        self._keepers: dict[str, asyncio.Task[None]] = {}
        self._copiers: set[asyncio.Task[None]] = set()
        self._fallen: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def start(self, child: Child) -> None:
        """Start the child, wait until it is ready, and keep it from then on.

        Raises:
            GaveUp: it ended, or was not ready in time.
        """
        process = await self._spawn(child)
        try:
            async with asyncio.timeout(child.ready_within):
                while not await child.ready():
                    if process.returncode is not None:
                        raise GaveUp(f"{child.name} ended at once, with code {process.returncode}.")
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise GaveUp(f"{child.name} was not ready within {child.ready_within:.0f} seconds.") from None
        self._keepers[child.name] = asyncio.create_task(self._keep(child, process))

    async def once(self, name: str, words: Sequence[str], environment: Mapping[str, str]) -> int:
        """Run a command to its end; its exit code."""
        process = await self._spawn(Child(name, words, environment, _at_once))
        try:
            return await _ended(process)
        finally:
            await self.end(name)

    async def fallen(self) -> str:
        """Wait until something cannot be kept alive; the sentence that says what."""
        return await asyncio.shield(self._fallen)

    def give_up(self, sentence: str) -> None:
        """Say that something cannot be kept alive."""
        if not self._fallen.done():
            self._fallen.set_result(sentence)

    async def stop(self) -> None:
        """End every child, the last one first."""
        for name in reversed(list(self._running)):
            await self.end(name)
        for copier in list(self._copiers):
            copier.cancel()
        await asyncio.gather(*self._copiers, return_exceptions=True)

    async def end(self, name: str) -> None:
        """End one child: SIGTERM, and SIGKILL after the time of grace."""
        if keeper := self._keepers.pop(name, None):
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)
        process = self._running.pop(name)
        _kill(process.pid, signal.SIGTERM)
        try:
            async with asyncio.timeout(self._grace):
                await _ended(process)
        except TimeoutError:
            self._log.warning("%s did not stop within %.0f s and is killed", name, self._grace)
        _kill(process.pid, signal.SIGKILL)
        await _ended(process)
        self._note()

    async def _keep(self, child: Child, process: asyncio.subprocess.Process) -> None:
        budget = Budget()
        while True:
            code = await _ended(process)
            _kill(process.pid, signal.SIGKILL)
            pause = budget.spend(time.monotonic())
            if pause is None:
                times = f"{budget.times + 1} times within {budget.within:.0f} seconds"
                self.give_up(f"{child.name} ended {times}, the last time with code {code}.")
                return
            self._log.warning("%s ended with code %s; starting it again in %.1f s", child.name, code, pause)
            await asyncio.sleep(pause)
            process = await self._spawn(child)

    async def _spawn(self, child: Child) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *tied(child.words),
            cwd=self._folder,
            env=dict(child.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            limit=2**20,
        )
        self._running[child.name] = process
        self._note()
        copier = asyncio.create_task(self._copy(child.name, process))
        self._copiers.add(copier)
        copier.add_done_callback(self._copiers.discard)
        return process

    async def _copy(self, name: str, process: asyncio.subprocess.Process) -> None:
        """Copy what the child says into the log, line by line, with its name before it."""
        log = self._log.getChild(name)
        stream = process.stdout
        while stream is not None:
            with suppress(ValueError):  # a line longer than the limit is dropped by asyncio
                line = await stream.readline()
                if not line:
                    return
                log.info("%s", line.decode(errors="replace").rstrip())

    def _note(self) -> None:
        leftovers.write(self._book, [process.pid for process in self._running.values()])


def tied(words: Sequence[str]) -> list[str]:
    """The words of a process that ends with this one, however this one ends.

    Linux watches the thread that starts it: it must be one that lives as long as the process.
    """
    return [sys.executable, "-I", "-S", TIED, str(os.getpid()), *words]


async def _ended(process: asyncio.subprocess.Process) -> int:
    """Wait for the process itself; its wait() would also wait for helpers that still hold its output open."""
    while True:
        if process.returncode is not None:
            return process.returncode
        await asyncio.sleep(0.05)


async def _at_once() -> bool:
    return True


def _kill(group: int, number: signal.Signals) -> None:
    """Send the signal to the child and to whatever it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
