"""Temporal's development server with its state on disk, as one child process."""

import asyncio
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from embedded.children import Child, Children

RETENTION = "3650d"
DYNAMIC = (
    "history.maxInFlightUpdates=100",  # ten, the default, is too few for a busy cycle
    "matching.enableFairness=true",
    "frontend.WorkflowTimeSkippingEnabled=true",  # the demonstration moves through its own months
    'history.timerProcessorMaxTimeShift="1ms"',
    "history.timerProcessorMaxPollRPS=5000",
)


@dataclass(frozen=True)
class TemporalServer:
    """A server on one folder's state file. The caller holds the folder for itself (preflight.hold)."""

    home: Path
    port: int
    ui_port: int
    environment: Mapping[str, str]
    codec: str = ""
    """Where its pages ask for what they may show."""

    @property
    def address(self) -> str:
        """Where clients and workers find it."""
        return f"127.0.0.1:{self.port}"

    @property
    def state(self) -> Path:
        """The folder of the state file; it has this name only once it was seen to work."""
        return self.home / "temporal"

    async def start(self, children: Children) -> None:
        """Start the server on its state, which is made first under another name.

        A kill while the file is being made leaves one that never works again, and it could not be told from
        a good one.
        """
        if not self.state.exists():
            await self._make(children)
        await children.start(self.child(self.state))

    def child(self, folder: Path) -> Child:
        """The process that serves the state in the folder."""
        return Child("temporal", self._words(folder), self.environment, self._ready)

    async def _make(self, children: Children) -> None:
        new = self.home / "temporal.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        child = self.child(new)
        await children.start(child)
        await children.end(child.name)
        new.rename(self.state)

    async def _ready(self) -> bool:
        """Whether it answers and keeps closed cycles for ten years; its own default is one day."""
        process = await asyncio.create_subprocess_exec(
            binary(),
            *("operator", "namespace", "update", "--namespace", "default", "--retention", RETENTION),
            *("--address", self.address, "--command-timeout", "5s"),
            env=dict(self.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return await process.wait() == 0
        finally:
            with suppress(ProcessLookupError):
                process.kill()

    def _words(self, folder: Path) -> list[str]:
        words = [binary(), "server", "start-dev", "--ip", "127.0.0.1", "--log-level", "error"]
        words += ["--port", str(self.port), "--ui-port", str(self.ui_port), "--ui-disable-news-fetch"]
        words += ["--db-filename", str(folder / "state.db")]
        words += ["--ui-codec-endpoint", self.codec] if self.codec else []
        for value in DYNAMIC:
            words += ["--dynamic-config-value", value]
        return words


def binary() -> str:
    """The temporal program that came with this Python's packages, or the machine's own."""
    beside = Path(sys.executable).parent / "temporal"
    return str(beside) if beside.exists() else shutil.which("temporal") or "temporal"
