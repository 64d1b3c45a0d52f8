"""`python -m bench.what_if`: from the question to the answer, of a demonstration and of a big cycle.

Each is asked cold, and as on the page, where a process gets ready while the form is filled in. The floor is
a process of its own that starts the same engine with its two namespaces and ends it again.
"""

import asyncio
import logging
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial

from bench.clock import now
from bench.sizes import sizes
from bench.stand import Stand, machine, stand
from demonstration.actors import OFFICER
from demonstration.dates import THEMATIC
from demonstration.load import Loader
from embedded.temporal import binary
from engine.connection import employ
from engine.desk import Desk
from reference.catalogue import calendar, standards
from reference.cyclefile import Opening, open_command
from reference.forums import forums
from reference.working import working_calendar
from rehearsal.apart import ROOT, Apart
from rehearsal.engine import ALONE, engine_alone
from rehearsal.taking import take_along
from rehearsal.year import script_for
from rules.calendars import WorkingCalendar
from rules.clocks import civil
from schemas.commands import OpenCycle
from schemas.notices import Delivery, Notice
from schemas.outcomes import Receipt, Refused
from schemas.shape import Words
from schemas.supposing import Supposing, Supposition
from store.keeping import Keeping
from store.ledger import Ledger
from store.reads import Reads

WANTED = 5.0
THINKING = 4.0
"""Seconds that somebody needs at least for the form."""
LEADS = ("acc-local-policing", "acc-protecting-people", "superintendent-custody", "deputy-chief-constable")
FLOOR = """
import asyncio, os, sys
from rehearsal.engine import engine_alone
async def main():
    async with engine_alone(sys.argv[1], ("as-it-stands", "supposed")):
        pass
asyncio.run(main())
os._exit(0)
"""


class Silent:
    """A post that delivers everything at once."""

    async def deliver(self, notice: Notice) -> Delivery:
        """Delivered."""
        return Delivery(delivered=True, told=notice.to, at=notice.planned_at)


def big(reference: str) -> tuple[OpenCycle, Words]:
    """A cycle with twenty requests for a session in thirty working days."""
    days, words = working_calendar(calendar().version), Words()
    session = days.after(civil(now()), 30) if isinstance(days, WorkingCalendar) else days
    if isinstance(session, Refused):
        raise TypeError(session.message)
    questions = {f"Paper {n}": LEADS[n % len(LEADS)] for n in range(1, 21)}
    kind = standards()["performance"]
    script = script_for(civil(now()), session, "Twenty requests", questions, kind)
    opening = Opening(
        cycle=reference,
        key="bench-opening",
        actor=OFFICER,
        standards=kind,
        calendar=calendar().version,
        body="west-mercia-opcc",
    )
    command = open_command(script.cycle, opening, words).model_copy(update={"ask": "now"})
    rules = forums()["holding_to_account"].rules
    draft = command.session.model_copy(update={"rules": rules}) if command.session else None
    return command.model_copy(update={"session": draft}), words


async def lived(ground: Stand) -> list[str]:
    """The demonstration's cycle in flight and a big one, on a real engine and in a real store."""
    reads, keeping = Reads(ground.pool), Keeping(ground.pool)
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(engine_alone(binary()))
        client = engine[ALONE].client
        await stack.enter_async_context(employ(client, "cycles", Ledger(ground.pool), Silent()))
        desk = Desk(client, "cycles", keeping, reads, demonstration=True, forums=forums())
        loaded = await Loader(desk, reads, keeping, client, now).load()
        reference = await desk.cycle_reference("bench-what-if", now().year)
        command, words = big(reference)
        outcome = await desk.send(command, words)
        if not isinstance(outcome, Receipt):
            raise TypeError(outcome.message)
    return [*(one.reference for one in loaded if one.name == THEMATIC), reference]


async def asked(ground: Stand, reference: str) -> Supposing:
    """Late force and a session a week later, about one of them."""
    supposition = Supposition(force_late_days=6, session_moves_days=7)
    taken = await take_along(Reads(ground.pool), reference, supposition, forums().values(), now())
    if isinstance(taken, tuple):
        raise TypeError(taken[0].message)
    return taken


async def timed(what: Callable[[], Awaitable[object]]) -> float:
    """Seconds that something takes."""
    began = time.perf_counter()
    found = await what()
    if isinstance(found, Refused):
        raise TypeError(found.message)
    return time.perf_counter() - began


async def nothing_done() -> None:
    """The floor, once."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", FLOOR, binary(), cwd=ROOT)
    await process.wait()


async def main() -> None:
    """Medians over the rounds, both cycles and the floor in turn."""
    options = sizes(__doc__, rounds=5)
    logging.disable(logging.WARNING)
    print(machine())
    apart = Apart(binary(), within=120)
    async with stand() as ground:
        questions = [await asked(ground, one) for one in await lived(ground)]
        cold: list[list[float]] = [[] for _ in questions]
        ready: list[list[float]] = [[] for _ in questions]
        floor = []
        for _ in range(options.rounds):
            for place, question in enumerate(questions):
                cold[place].append(await timed(partial(apart.answer, question)))
                await apart.get_ready()
                await asyncio.sleep(THINKING)
                ready[place].append(await timed(partial(apart.answer, question)))
            floor.append(await timed(nothing_done))
    least = statistics.median(floor)
    print(f"medians of {options.rounds}; at most {WANTED:.0f} s wanted")
    for question, first, then in zip(questions, cold, ready, strict=True):
        entries, cycle = question.fork.entries, question.fork.entries[0].cycle
        requests = sum(one.event.kind == "EvidenceRequested" for one in entries)
        print(
            f"{cycle}, {requests} requests, {len(entries)} entries: "
            f"{statistics.median(then):.2f} s from the form, {statistics.median(first):.2f} s cold"
        )
    print(f"floor, a process that starts and ends the same engine: {least:.2f} s")


if __name__ == "__main__":
    asyncio.run(main())
