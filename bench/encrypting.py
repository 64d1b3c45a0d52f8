"""`python -m bench.encrypting`: what encryption costs: whole cycles with keys and without, and files."""

import asyncio
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

from temporalio.client import Client

from bench.clock import now
from bench.floor import Measured, SilentPost, in_lanes, median, product_cycle
from bench.sizes import sizes
from bench.stand import Stand, machine, stand
from bench.workload import whole_cycle
from clients.shelf import Shelf, Shelved
from engine.connection import Address, employ, reach
from engine.desk import Desk
from engine.sealed import Sealed
from engine.shapes import AS_JSON
from sealing.keys import KeyRing, new_key
from store.keeping import Keeping
from store.ledger import Ledger
from store.reads import Reads

RING = KeyRing((new_key(),))
FILE = 50_000_000
"""Bytes: the largest file that is taken."""
MEGABYTE = 1_000_000


async def cycles(ground: Stand, rounds: int, count: int, lanes: int, numbers: Iterator[int]) -> None:
    """Rounds in turn, encrypted then open, on the same two servers."""
    here = Address(target=ground.address)
    ways = {
        "with keys": await reach(replace(here, ring=RING)),
        "without": await reach(here),
    }
    ledger, post = Ledger(ground.pool), SilentPost()
    done: dict[str, list[Measured]] = {name: [] for name in ways}
    newest: dict[str, int] = {}
    async with (
        employ(ways["with keys"], "with keys", ledger, post),
        employ(ways["without"], "without", ledger, post),
    ):
        for turn in range(rounds + 1):
            for name, client in ways.items():
                desk, measured = (
                    Desk(client, name, Keeping(ground.pool), Reads(ground.pool)),
                    Measured(cycles=count),
                )

                async def one(
                    _number: int, desk: Desk = desk, into: Measured = measured, name: str = name
                ) -> None:
                    newest[name] = next(numbers)
                    await product_cycle(desk, newest[name], into)

                measured.seconds = await in_lanes(count, lanes, one)
                done[name] += [measured] if turn else []  # the first round only warms up
    print(f"\n{lanes} at once, medians of {rounds} rounds of {count} cycles")
    said(done)
    if lanes == 1:
        for name, client in ways.items():
            print(f"  {name}: a cycle's history has {await history_bytes(client, newest[name]):,} bytes")


def said(done: dict[str, list[Measured]]) -> None:
    """The figures of both, and the ratio."""
    for what, figure in (
        ("cycles/s", Measured.rate),
        ("act p50 ms", lambda one: one.percentile(0.5)),
        ("act p95 ms", lambda one: one.percentile(0.95)),
    ):
        sealed, plain = (median(rounds, figure) for rounds in done.values())
        print(f"  {what:11s} with keys {sealed:8.2f}   without {plain:8.2f}   ratio {sealed / plain:.2f}")


async def history_bytes(client: Client, number: int) -> int:
    """The bytes of a cycle's events as Temporal keeps them."""
    history = await client.get_workflow_handle(f"HTA-2026-{number:04d}").fetch_history()
    return sum(one.ByteSize() for one in history.events)


async def payloads(rounds: int) -> None:
    """The commands of one cycle, encrypted and decrypted in memory; the quickest of so many rounds."""
    commands = list(whole_cycle("HTA-2026-0001", now(), ("2026/001", "2026/002")))
    plain = [one for command in commands for one in await AS_JSON.encode([command])]
    codec, took = Sealed(RING, "default"), []
    for _ in range(20 * rounds):
        began = time.perf_counter()
        sealed = await codec.encode(plain)
        between = time.perf_counter()
        await codec.decode(sealed)
        took.append((between - began, time.perf_counter() - between))
    to, back = (1_000_000 * min(times) / len(plain) for times in zip(*took, strict=True))
    before, after = (sum(one.ByteSize() for one in some) for some in (plain, sealed))
    print(f"{len(plain)} payloads of {before // len(plain)} bytes on average, the quickest of {20 * rounds}")
    print(
        f"  encrypt {to:.1f} µs, decrypt {back:.1f} µs each; bytes with keys {after / before:.2f} of without"
    )


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    """A file as it arrives."""
    for start in range(0, len(content), 65536):
        yield content[start : start + 65536]


async def files(rounds: int) -> None:
    """The largest file, put and read whole."""
    took: dict[tuple[str, str], list[float]] = {}
    for turn in range(rounds):
        content = (f"{turn} ".encode() * FILE)[:FILE]
        for name, ring in (("with keys", RING), ("without", None)):
            with tempfile.TemporaryDirectory() as folder:
                shelf = Shelf(Path(folder).as_uri(), ring)
                began = time.perf_counter()
                shelved = await shelf.put(pieces(content), "a.txt", FILE)
                took.setdefault((name, "put"), []).append(time.perf_counter() - began)
                assert isinstance(shelved, Shelved)
                began = time.perf_counter()
                first = None
                async for _ in await shelf.open(shelved.digest):
                    first = first or time.perf_counter() - began
                took.setdefault((name, "read"), []).append(time.perf_counter() - began)
                took.setdefault((name, "first piece"), []).append(first or 0)
    print(f"\na file of {FILE // MEGABYTE} MB, medians of {rounds}")
    for (name, what), seconds in took.items():
        print(f"  {what:11s} {name:9s} {1000 * statistics.median(seconds):7.0f} ms")


async def main() -> None:
    """Run all of it."""
    options = sizes(__doc__, rounds=5, cycles=20)
    logging.disable(logging.WARNING)
    print(machine(), "- Temporal dev server with its state on disk, embedded PostgreSQL")
    await payloads(options.rounds)
    await files(options.rounds)
    numbers = iter(range(1, 9999))
    async with stand() as ground:
        for lanes in (1, 10):
            await cycles(ground, options.rounds, options.cycles, lanes, numbers)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
