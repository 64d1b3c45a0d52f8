"""`python -m bench.downloads`: what it costs to take the whole store away, and what a page costs meanwhile.

The real application on a real PostgreSQL, one web process. Each file is taken as fast as it comes while
somebody else asks for one page again and again; the same page with nobody taking anything is the floor.
Memory is the most that the web process had, beside what it had before. Of a file that takes long, the first
so many seconds are measured, and that is said.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.pages import archive_made, filled_store, serving, signed_in
from bench.stand import machine
from schemas.people import Role

WATCHED = "/my-work"
LEAST = 5.0
"""Seconds: what is quicker is taken again and again meanwhile, so that the page is asked for often."""
QUIET = 100
"""Requests by which the floor is measured."""
FILES = (
    ("/cycles.csv?standing=all", Role.POLICY_OFFICER),
    ("/actions.csv", Role.POLICY_OFFICER),
    ("/settings/record.csv", Role.CHIEF_EXECUTIVE),
    ("/findings.csv", None),
    ("/api/v1/findings.json", None),
    ("/panel/pack.pdf", Role.PANEL_SECRETARIAT),
    ("/panel/pack.zip", Role.PANEL_SECRETARIAT),
    ("/archive.zip", None),
    ("/export.zip", Role.POLICY_OFFICER),
)
HEAD = "first byte    whole       MB  more MB   page p50   page p95   page max  file"


@dataclass
class Taken:
    """What one file took, and the page beside it."""

    path: str
    first: float = 0.0
    whole: float = 0.0
    size: int = 0
    more: float = 0.0
    status: str = ""
    beside: tuple[float, ...] = ()

    def __str__(self) -> str:
        p50, p95 = at(self.beside, 0.5), at(self.beside, 0.95)
        worst = max(self.beside, default=0.0)
        return (
            f"{self.first:8.2f} s {self.whole:7.1f} s {self.size / 1e6:8.2f} {self.more:8.0f} "
            f"{p50:7.0f} ms {p95:7.0f} ms {worst:7.0f} ms  {self.path}{self.status}"
        )


def at(took: tuple[float, ...], share: float) -> float:
    """Milliseconds within which this share was answered."""
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def server() -> int:
    """The process that serves: the one of ours that was started to."""
    for one in Path("/proc").iterdir():
        if one.name.isdigit():
            try:
                said = (one / "cmdline").read_bytes().split(b"\0")
                parent = (one / "status").read_text().split("PPid:")[1].split()[0]
            except (OSError, IndexError):
                continue
            if b"bench.served" in said and parent == str(_own()):
                return int(one.name)
    raise LookupError("the application is not running")


def _own() -> int:
    return int(Path("/proc/self").resolve().name)


def memory(pid: int, what: str) -> float:
    """Megabytes of a process: what it has (VmRSS), or the most that it had (VmHWM)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(what))


@asynccontextmanager
async def watching(client: httpx.AsyncClient, took: list[float]) -> AsyncIterator[None]:
    """Somebody who asks for one page again and again while the block lasts."""
    over = asyncio.Event()

    async def ask() -> None:
        while not over.is_set():
            began = time.perf_counter()
            answer = await client.get(WATCHED)
            answer.raise_for_status()
            took.append(1000 * (time.perf_counter() - began))
            await asyncio.sleep(0.02)

    asking = asyncio.create_task(ask())
    try:
        yield
    finally:
        over.set()
        await asking


async def take(client: httpx.AsyncClient, path: str, most: float) -> Taken:
    """Take a file, for so many seconds at the most."""
    found, began = Taken(path), time.perf_counter()
    try:
        async with asyncio.timeout(most), client.stream("GET", path) as answer:
            async for piece in answer.aiter_raw():
                found.first = found.first or time.perf_counter() - began
                found.size += len(piece)
            found.status = "" if answer.status_code == 200 else f" [{answer.status_code}]"
    except TimeoutError:
        found.status = f" [cut off after {most:.0f} s]"
    except httpx.HTTPError as broken:
        found.status = f" [{type(broken).__name__}]"
    found.whole = time.perf_counter() - began
    return found


async def measured(base: str, most: float, only: Sequence[str]) -> None:
    """Take every file, one after the other."""
    pid, quiet = server(), list[float]()
    async with aclosing(await signed_in(base, Role.POLICY_OFFICER)) as other:
        other.timeout = httpx.Timeout(most)
        for _ in range(QUIET):
            began = time.perf_counter()
            await other.get(WATCHED)
            quiet.append(1000 * (time.perf_counter() - began))
            await asyncio.sleep(0.02)
        floor = tuple(quiet)
        print(f"nobody takes anything: {WATCHED} p50 {at(floor, 0.5):.0f} p95 {at(floor, 0.95):.0f} ms")
        print(HEAD, flush=True)
        for path, role in FILES:
            if only and not any(one in path for one in only):
                continue
            async with aclosing(await signed_in(base, role)) as client:
                client.timeout = httpx.Timeout(most)
                await asyncio.to_thread(Path(f"/proc/{pid}/clear_refs").write_text, "5")
                before, took = memory(pid, "VmRSS"), list[float]()
                async with watching(other, took):
                    found = await take(client, path, most)
                    rest = time.perf_counter() + LEAST - found.whole
                    while time.perf_counter() < rest:
                        await take(client, path, most)
                found.more, found.beside = memory(pid, "VmHWM") - before, tuple(took)
                print(found, flush=True)


async def main() -> None:
    """Fill, serve, take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=500_000)
    parser.add_argument("--most", type=float, default=180.0, help="seconds for one file")
    parser.add_argument("--only", nargs="*", default=(), help="only files whose address holds one of these")
    parser.add_argument("--keep", type=Path, help="a folder in which the filled database is kept, or was")
    options = parser.parse_args()
    print(machine(), "- embedded PostgreSQL, one web process", flush=True)
    async with (
        filled_store(options.cycles, options.events, options.keep) as (_pool, database, home),
        serving(database, home) as base,
    ):
        await archive_made(base)
        await measured(base, options.most, options.only)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
