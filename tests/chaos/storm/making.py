"""How each fault is made, on the product as it runs."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import BinaryIO

import asyncpg
import httpx
import psutil

from tests.chaos.product import Running, free_port, started
from tests.chaos.storm.plan import PARTS, Fault

CLOCKS = (
    Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
    Path("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"),
)
"""Where Debian puts the package libfaketime."""
ROOM = "1500m"
"""The disk of the product's home, where one can be mounted for it."""
TRIES = 20
"""How often the rest of a disk is taken while the product writes to it too."""
TRIES_WITHIN = 120.0
"""Seconds in which a part has to be there again."""


@dataclass
class Ground:
    """Where a storm happens: the folder, a disk of its own if that can be had, a clock if there is one."""

    folder: Path
    disk: bool
    library: Path | None
    worker_port: int

    @property
    def home(self) -> Path:
        """The product's home folder."""
        return self.folder / "disk" / "home"

    @property
    def clock(self) -> Path:
        """The file that says by how much the clock is turned."""
        return self.folder / "clock"

    def environment(self) -> Mapping[str, str]:
        """A port that nobody else has chosen too, and what puts our clock under the Python parts."""
        ours = {"ANSWERABLE_WORKER_HTTP_PORT": str(self.worker_port)}
        if self.library is None:
            return ours
        return ours | {
            "LD_PRELOAD": str(self.library),
            "FAKETIME_TIMESTAMP_FILE": str(self.clock),
            "FAKETIME_CACHE_DURATION": "1",  # read at every call it takes half of the machine
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_ONLY_CMDS": Path(sys.executable).name,
        }

    def turn(self, seconds: int) -> None:
        """Turn the clock of the Python parts."""
        new = self.clock.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n", encoding="ascii")
        new.replace(self.clock)

    def close(self) -> None:
        """Give the disk back."""
        if self.disk:
            subprocess.run(["umount", "-l", str(self.folder / "disk")], check=False)  # noqa: S607 - its own


def ground(folder: Path) -> Ground:
    """A ground in a folder that is empty."""
    disk = folder / "disk"
    disk.mkdir(parents=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=0755", "storm", str(disk)]
    mounted = subprocess.run(words, check=False, capture_output=True).returncode == 0
    found = Ground(folder, mounted, next((one for one in CLOCKS if one.exists()), None), free_port())
    found.home.mkdir()
    found.turn(0)
    return found


class Maker:
    """Makes faults on a product, and brings it up again where all of it was killed."""

    def __init__(self, ground: Ground, running: Running) -> None:
        self.ground, self.running = ground, running

    async def make(self, fault: Fault, parts: tuple[str, ...]) -> bool:
        """Make a fault and end it; whether it could be made here."""
        if fault.kind == "kill":
            self._kill(parts)
        elif fault.kind == "power":
            await self.power_cut()
        elif fault.kind == "pause":
            await self._pause(parts[0], fault.seconds)
        elif fault.kind == "cut":
            return await self._cut()
        elif fault.kind == "full":
            return await self._full(fault.seconds)
        else:
            return await self._turned(fault)
        return True

    def _kill(self, parts: tuple[str, ...]) -> None:
        for part in parts:
            with suppress(LookupError, psutil.Error):
                self.running.part(part).send_signal(signal.SIGKILL)

    async def power_cut(self) -> None:
        """Everything at once, the keeper too; and it is switched on again."""
        family = [self.running.process.pid]
        with suppress(psutil.Error):
            family += [one.pid for one in psutil.Process(family[0]).children(recursive=True)]
        with suppress(LookupError, psutil.Error):
            postmaster = self.running.part("postgres")
            family += [postmaster.pid, *(one.pid for one in postmaster.children(recursive=True))]
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        await asyncio.to_thread(self.running.process.wait, 30)
        await self.switch_on()

    async def switch_on(self) -> None:
        """Start the product anew on its home."""
        beside = self.ground.environment()
        self.running = await asyncio.to_thread(
            lambda: started(self.running.home, self.running.port, "--no-demonstration", beside=beside)
        )

    async def _pause(self, part: str, seconds: float) -> None:
        with suppress(LookupError, psutil.Error):
            first = self.running.part(part)
            family = [first, *first.children(recursive=True)]
            for one in family:
                with suppress(psutil.Error):
                    one.suspend()
            await asyncio.sleep(seconds)
            for one in family:
                with suppress(psutil.Error):
                    one.resume()

    async def _cut(self) -> bool:
        """Every session with PostgreSQL is ended, and every connection with the engine torn."""
        with suppress(OSError, asyncpg.PostgresError):
            settings = self.running.settings
            connection = await asyncpg.connect(settings.need("database_url"), timeout=5)
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where pid <> pg_backend_pid() and datname = current_database()"
            )
            await connection.close()
            port = settings.need("temporal_address").rpartition(":")[2]
            if not which("ss"):
                return True
            words = ["ss", "-tK", "state", "established", f"( sport = :{port} or dport = :{port} )"]
            await asyncio.to_thread(subprocess.run, words, check=False, capture_output=True)
        return True

    async def _full(self, seconds: float) -> bool:
        if not self.ground.disk:
            return False
        file = self.ground.folder / "disk" / "filler"
        try:
            with file.open("wb") as out:
                filled = any(_takes_all(out, file.parent) for _ in range(TRIES))
            await asyncio.sleep(seconds if filled else 0)
        finally:
            file.unlink()
        return filled

    async def _turned(self, fault: Fault) -> bool:
        if self.ground.library is None:
            return False
        self.ground.turn(fault.turn)
        await asyncio.sleep(fault.seconds)
        self.ground.turn(0)
        return True

    async def there(self, part: str, since: float) -> float | None:
        """Seconds from an instant of the loop's clock until a part answers; None where it does not."""
        loop = asyncio.get_running_loop()
        while loop.time() - since < TRIES_WITHIN:
            if self.running.process.poll() is not None:
                return None
            with suppress(OSError, LookupError, psutil.Error, httpx.HTTPError, asyncpg.PostgresError):
                if await self._answers(part):
                    return round(loop.time() - since, 2)
            await asyncio.sleep(0.1)
        return None

    async def _answers(self, part: str) -> bool:
        settings = self.running.settings
        if part == "postgres":
            connection = await asyncpg.connect(settings.need("database_url"), timeout=3)
            await connection.close()
            return True
        urls = {
            "web": f"http://127.0.0.1:{settings.web_port}/healthz",
            "worker": f"http://127.0.0.1:{settings.worker_http_port}/healthz",
        }
        if part in urls:
            async with httpx.AsyncClient(trust_env=False, timeout=3) as client:
                return (await client.get(urls[part])).is_success
        host, _, port = settings.need("temporal_address").rpartition(":")
        _, writer = await asyncio.wait_for(asyncio.open_connection(host, int(port)), 3)
        writer.close()
        return True

    async def whole(self, since: float) -> dict[str, float | None]:
        """Seconds until each part answers."""
        found = await asyncio.gather(*(self.there(part, since) for part in PARTS))
        return dict(zip(PARTS, found, strict=True))


def _takes_all(out: BinaryIO, disk: Path) -> bool:
    """Take what is left of a disk; False where somebody took some of it at that moment."""
    room = os.statvfs(disk)
    with suppress(OSError):
        os.posix_fallocate(out.fileno(), 0, max(room.f_bavail - 2, 1) * room.f_frsize)
        return True
    return False
