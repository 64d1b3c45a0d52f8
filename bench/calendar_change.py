"""`python -m bench.calendar_change`: what an edition would move among 10,000 open clocks, rows in, rows out.

The floor reads the same rows of the store and parses their JSON, and does nothing else with them.
"""

import asyncio
import json
import statistics
import time
from datetime import UTC, datetime

from bench.stand import machine, stand
from engine.releasing import under_calendar
from reference.catalogue import calendar
from reference.working import working_calendar
from rules.apply import add_up
from rules.calendars import WorkingCalendar
from rules.deciding.moment import Moment
from rules.deciding.opening import open_cycle
from rules.writing import act_of, entries_of, writing_of
from schemas.clocks import BankHoliday, WorkingDays
from schemas.commands import OpenCycle
from schemas.outcomes import Refused
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from tests import scenario as s

CYCLES, REQUESTS, ROUNDS = 2_500, 4, 5
NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
FLOOR = "select state from cycles where stage not in ('closed', 'cancelled')"


def opening(number: int) -> OpenCycle:
    """A cycle with four requests due in five to forty-four working days."""
    requests = tuple(s.draft(due=WorkingDays(days=5 + (number + 10 * n) % 40)) for n in range(REQUESTS))
    command = s.open_cycle(f"HTA-2026-{number:04d}", NOW)
    return command.model_copy(update={"requests": requests})


async def fill(pool: Pool) -> None:
    """Write the cycles as the engine would have written them."""
    known = working_calendar(calendar().version)
    ledger = Ledger(pool)
    for number in range(1, CYCLES + 1):
        command = opening(number)
        decision = open_cycle(command, _moment(known))
        if isinstance(decision, Refused):
            raise TypeError(decision.message)
        entries = entries_of(act_of(command), decision.events, NOW, None)
        await ledger.record(writing_of(entries, add_up(entries), known))


def _moment(known: WorkingCalendar | Refused) -> Moment:
    if isinstance(known, Refused):
        raise TypeError(known.message)
    return Moment(now=NOW, calendar=known)


def newer() -> WorkingCalendar:
    """The calendar with one more bank holiday, as if it had been proclaimed."""
    known = calendar()
    extra = BankHoliday(on=NOW.date().replace(day=29), title="A day that was proclaimed")
    days = tuple(sorted((*known.days, extra), key=lambda one: one.on))
    return WorkingCalendar(known.model_copy(update={"days": days, "version": "england-and-wales/2099-01-01"}))


async def main() -> None:
    """Print both, medians of five rounds in turn."""
    edition = newer()
    print(machine())
    async with stand() as ground:
        await fill(ground.pool)
        reads, ours, floor, moved = Reads(ground.pool), [], [], 0
        for _ in range(ROUNDS):
            began = time.perf_counter()
            moved = len(under_calendar(await reads.counting_by("england-and-wales"), edition, NOW))
            ours.append(time.perf_counter() - began)
            began = time.perf_counter()
            for row in await ground.pool.fetch(FLOOR):
                json.loads(row["state"])
            floor.append(time.perf_counter() - began)
    product, bare = statistics.median(ours), statistics.median(floor)
    print(
        f"{CYCLES * REQUESTS:,} open clocks previewed: {product:.2f} s, {moved:,} moved; at most 3 s wanted"
    )
    print(f"floor, the rows read and their JSON parsed: {bare:.2f} s; ratio {product / bare:.1f}")


if __name__ == "__main__":
    asyncio.run(main())
