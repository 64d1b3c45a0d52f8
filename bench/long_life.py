"""`python -m bench.long_life`: a cycle of sixty requests and four hundred commands beside one opened today.

What is compared: the page as an officer opens it, and the first act on a worker that has never seen the cycle
and has to take its history up. The young cycle is the floor.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bench.stand import Stand, machine, stand
from clients.shelf import Shelf
from engine.connection import employ
from engine.desk import Desk
from schemas.clocks import WorkingDays
from schemas.commands import AnyCommand
from schemas.outcomes import Receipt
from store.keeping import Keeping
from store.ledger import Ledger
from store.reads import Reads
from store.sessions import Sessions
from tests import scenario as s
from tests.conftest import PostBag
from tests.rules import acts
from tests.web.house import OFFICE, Browser
from web.app import create_app
from web.door.rooms import Rooms

REQUESTS, DECISIONS, ROUNDS, QUEUE = 60, 100, 9, "bench-long-life"


async def send(desk: Desk, ref: str, *commands: AnyCommand) -> None:
    """Hand in commands that must be accepted."""
    for command in commands:
        outcome = await desk.send(command.model_copy(update={"cycle": ref}), s.WORDS)
        assert isinstance(outcome, Receipt), outcome


async def grow(desk: Desk, ref: str) -> int:
    """Four hundred commands: five for each request, and decisions."""
    opening = s.open_cycle(ref, s.wall_now(), session=None)
    drafts = tuple(s.draft(due=WorkingDays(days=20), title=f"Paper {n}") for n in range(REQUESTS))
    await send(desk, ref, opening.model_copy(update={"requests": drafts}))
    for n in range(1, REQUESTS + 1):
        await send(desk, ref, acts.acknowledge(n), s.submit(ref, n), s.send_back(ref, n))
        await send(desk, ref, s.submit(ref, n), s.accept(ref, n))
    await send(desk, ref, *(acts.record_decision() for _ in range(DECISIONS)))
    return 1 + 5 * REQUESTS + DECISIONS


async def median(act: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds, the median of nine."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await act()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


async def taken_up(ground: Stand, desk: Desk, ref: str) -> float:
    """Milliseconds to the answer of the first act on a new worker, the median of nine workers."""
    took = []
    for _ in range(ROUNDS):
        async with employ(ground.client, QUEUE, Ledger(ground.pool), PostBag()):
            began = time.perf_counter()
            await send(desk, ref, acts.record_decision())
            took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def at_the_door(ground: Stand, desk: Desk, home: Path) -> Browser:
    """An officer's browser at the real pages."""
    rooms = Rooms(
        desk=desk,
        reads=Reads(ground.pool),
        shelf=Shelf((home / "shelf").as_uri()),
        keeping=Keeping(ground.pool),
        office=OFFICE,
        standalone=True,
        home=home,
        upload_limit=1_000_000,
        now=s.wall_now,
        sessions=Sessions(ground.pool),
    )
    return Browser(transport=httpx.ASGITransport(create_app(rooms)), base_url=OFFICE.public_url)


async def main() -> None:
    """Print both, and their ratio."""
    print(machine())
    with TemporaryDirectory() as home:
        async with stand() as ground:
            desk = Desk(ground.client, QUEUE, Keeping(ground.pool), Reads(ground.pool))
            old, young = s.fresh_reference(), s.fresh_reference()
            async with employ(ground.client, QUEUE, Ledger(ground.pool), PostBag()):
                commands = await grow(desk, old)
                await send(desk, young, s.open_cycle(young, s.wall_now()))
            browser = at_the_door(ground, desk, Path(home))
            await browser.sign_in(s.OFFICER.person)
            page = {ref: await median(partial(browser.get, f"/cycles/{ref}")) for ref in (old, young)}
            first = {ref: await taken_up(ground, desk, ref) for ref in (old, young)}
    for what, found in (("page, ms", page), ("first act on a new worker, ms", first)):
        print(f"{what}: {commands} commands {found[old]:.0f}, young {found[young]:.0f}, "
              f"ratio {found[old] / found[young]:.2f}")  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
