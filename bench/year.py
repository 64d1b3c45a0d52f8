"""`python -m bench.year`: a year of twenty-four cycles rehearsed at once, beside as many bare workflows.

The floor runs the bare workflow of bench.bare on the same kind of engine: an update for every entry of the
cycles' ledgers, and an activity and a timer for each that the engine wrote by itself.
"""

import asyncio
import logging
import statistics
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from bench.bare import BareShape, BareWorkflow, nothing
from bench.clock import now
from bench.sizes import sizes
from bench.stand import machine
from embedded.temporal import binary
from reference.catalogue import calendar, standards
from reference.working import working_calendar
from rehearsal.conduct import Answering, ScriptedAction
from rehearsal.engine import ALONE, engine_alone
from rehearsal.script import Script
from rehearsal.stage import Rehearsed
from rehearsal.year import AT_ONCE, rehearse_year, script_for
from rules.calendars import WorkingCalendar
from schemas.records import Entry

CYCLES, WANTED = 24, 60.0
LEADS = ("acc-local-policing", "acc-protecting-people", "superintendent-custody", "deputy-chief-constable")
MANNERS = {LEADS[1]: Answering("late", 2), LEADS[2]: Answering("silent")}


def programme(cycles: int) -> list[Script]:
    """Two sessions a month, each opened eight weeks ahead, with four requests and an action."""
    found = working_calendar(calendar().version)
    if not isinstance(found, WorkingCalendar):
        raise TypeError(found.message)
    scripts = []
    for slot in range(cycles):
        opens = found.after(date(2026, 12, 1), 1 + 10 * slot)
        session = found.after(date(2026, 12, 1), 41 + 10 * slot)
        if not isinstance(opens, date) or not isinstance(session, date):
            raise TypeError("the calendar does not reach")
        questions = {f"Paper {n} of slot {slot + 1}": lead for n, lead in enumerate(LEADS, start=1)}
        action = ScriptedAction("Do what was agreed", LEADS[0], 30, Answering())
        made = script_for(
            opens, session, f"Slot {slot + 1}", questions, standards()["performance"],
            answering=MANNERS, actions=(action,),
        )  # fmt: skip
        scripts.append(made)
    return scripts


def shape_of(ledger: Sequence[Entry]) -> BareShape:
    """An update for every entry; after those that the engine wrote itself, an activity and a new timer."""
    own = [n for n, one in enumerate(ledger, start=1) if one.actor.role.value == "engine"]
    return BareShape(updates=len(ledger), activities_after=own, timers_after=own)


async def floor(temporal: str, year: Sequence[Rehearsed]) -> float:
    """Seconds of as many bare workflows with the same numbers, as many at a time."""
    room = asyncio.Semaphore(AT_ONCE)
    async with engine_alone(temporal) as engine:
        client = engine[ALONE].client
        bare = Worker(
            client,
            task_queue="bare",
            workflows=[BareWorkflow],
            activities=[nothing],
            workflow_runner=UnsandboxedWorkflowRunner(),
        )
        began = time.perf_counter()

        async def one(number: int, shape: BareShape) -> None:
            async with room:
                handle = await client.start_workflow(
                    BareWorkflow.run, shape, id=f"bare-{number}", task_queue="bare"
                )
                for update in range(shape.updates):
                    await handle.execute_update(BareWorkflow.act, "x" * 600, id=f"update-{update:03d}")

        async with bare:
            await asyncio.gather(*(one(n, shape_of(played.kept.ledger)) for n, played in enumerate(year)))
        return time.perf_counter() - began


async def main() -> None:
    """Medians over the rounds."""
    options = sizes(__doc__, rounds=3, cycles=CYCLES)
    logging.disable(logging.WARNING)
    print(machine())
    temporal, scripts = str(Path(binary())), programme(options.cycles)
    ours: list[float] = []
    bare: list[float] = []
    year: tuple[Rehearsed, ...] = ()
    for _ in range(options.rounds):
        began = time.perf_counter()
        year = await rehearse_year(scripts, temporal, now())
        ours.append(time.perf_counter() - began)
        bare.append(await floor(temporal, year))
    entries = sum(len(one.kept.ledger) for one in year)
    letters = sum(len(one.kept.sent) for one in year)
    product, least = statistics.median(ours), statistics.median(bare)
    print(
        f"{len(year)} cycles rehearsed, {entries:,} entries, {letters:,} letters: {product:.1f} s "
        f"(median of {options.rounds}); at most {WANTED:.0f} s wanted"
    )
    print(f"floor, as many bare workflows: {least:.1f} s; ratio {product / least:.1f}")


if __name__ == "__main__":
    asyncio.run(main())
