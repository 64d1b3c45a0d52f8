"""The servers that some of the systems have of their own, on loopback, with their state on disk."""

import asyncio
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bench.stand import free_port
from embedded.temporal import DYNAMIC, binary

READY_WITHIN = 60.0
RESTATE = Path(__file__).resolve().parents[2] / "build" / "peers" / "node_modules" / ".bin" / "restate-server"


@dataclass
class Server:
    """A server that runs, or none."""

    address: str = ""
    admin: str = ""
    process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """Its number; 0 where there is none."""
        return self.process.pid if self.process else 0

    async def stop(self) -> None:
        """End it."""
        if self.process and self.process.returncode is None:
            self.process.terminate()
            try:
                async with asyncio.timeout(10):
                    await self.process.wait()
            except TimeoutError:
                self.process.kill()
                await self.process.wait()


async def no_server(_folder: Path) -> Server:
    """PostgreSQL is all that the system stands on."""
    return Server()


async def temporal(folder: Path) -> Server:
    """Temporal's development server with the settings of the product on one machine."""
    port = free_port()
    words = ["server", "start-dev", "--ip", "127.0.0.1", "--port", str(port), "--headless"]
    words += ["--db-filename", str(folder / "temporal.db"), "--log-level", "error"]
    for value in DYNAMIC:
        words += ["--dynamic-config-value", value]
    process = await asyncio.create_subprocess_exec(
        binary(), *words, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    address = f"127.0.0.1:{port}"
    check = ("operator", "cluster", "health", "--address", address)
    for _ in range(int(READY_WITHIN / 0.2)):
        asked = await asyncio.create_subprocess_exec(
            binary(), *check, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        if await asked.wait() == 0:
            return Server(address, "", process)
        await asyncio.sleep(0.2)
    raise RuntimeError("Temporal does not answer")


async def restate(folder: Path) -> Server:
    """Restate's one-node server with its defaults, its telemetry off."""
    ingress, admin, node = (f"127.0.0.1:{free_port()}" for _ in range(3))
    process = await asyncio.create_subprocess_exec(
        *(str(_restate_binary()), "--node-name", "hta", "--base-dir", str(folder / "restate")),
        *("--listen-mode", "tcp", "--bind-address", node, "--advertised-address", f"http://{node}"),
        env={
            "RESTATE_INGRESS__BIND_ADDRESS": ingress,
            "RESTATE_ADMIN__BIND_ADDRESS": admin,
            "RESTATE_DISABLE_TELEMETRY": "true",
            "RESTATE_LOG_FILTER": "error",
        },
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    for _ in range(int(READY_WITHIN / 0.2)):
        if await asyncio.to_thread(_healthy, f"http://{admin}/health"):
            return Server(ingress, admin, process)
        await asyncio.sleep(0.2)
    raise RuntimeError("Restate does not answer")


def _restate_binary() -> Path:
    """The server itself: what npm links is a script that starts it and would outlive a signal."""
    found = sorted(RESTATE.parents[1].glob("@restatedev/restate-server-*/bin/restate-server"))
    return found[0] if found else RESTATE


def _healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - loopback
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
