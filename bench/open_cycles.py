"""`python -m bench.open_cycles`: ten thousand open cycles with fifty thousand pending rungs on one machine.

Half of them have their first rung at the same minute. Seen are the memory and the load of each process at
rest, and by how much each letter of that minute was late when it reached the mail server: none may be lost
and none may come twice. The floor is as many bare workflows whose timer fires at one instant and whose one
activity notes when; it runs in the same engine, after the product's own.
"""

import argparse
import asyncio
import logging
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from temporalio.client import Client
from temporalio.worker import Worker

from bench import clock
from bench.at_rest import Process, at_rest, processes, table
from bench.at_work import Mailbox, at_work
from bench.bare import BareRung, arrived, note
from bench.floor import in_lanes
from bench.stand import Stand, machine
from engine.connection import sandbox
from engine.desk import Desk
from rules.clocks import instant
from schemas.clocks import WorkingDays
from schemas.outcomes import NotKnownYet, Receipt
from store.keeping import Keeping
from store.reads import Reads
from tests import scenario as s

LANES = 12
FIRST_RUNG, FAR = 7, 30
"""Working days in which requests are due: so that the first rung is today, and so that none is near."""
RUNGS = 5
BEGUN_A_SECOND = 20
"""Bare workflows, on the slowest machine for which this is meant."""
GRACE = timedelta(seconds=90)
REMINDER = "09:00"


async def open_some(desk: Desk, references: Sequence[str], days: int, at: datetime) -> float:
    """Open cycles of one request each, whose clocks say 09:00 when the true clock says `at`; the seconds."""
    set_back = at - instant(s.date_after(at, 0), REMINDER)

    async def one(number: int) -> None:
        now = clock.now() - set_back
        request = s.draft(due=WorkingDays(days=days))
        command = s.open_cycle(references[number], now, session=None, set_back=set_back).model_copy(
            update={"requests": (request,)}
        )
        while not isinstance(outcome := await desk.send(command, s.WORDS), Receipt):
            if not isinstance(outcome, NotKnownYet):
                raise TypeError(str(outcome))

    return await in_lanes(len(references), LANES, one)


async def gone_out(ground: Stand, template: str, count: int, within: float) -> int:
    """Wait until so many letters of a kind have gone out, or time is up; how many did."""
    until = time.monotonic() + within
    found = 0
    while found < count and time.monotonic() < until:
        found = await ground.pool.fetchval("select count(*) from mails where template = $1", template)
        await asyncio.sleep(0.5)
    return int(found)


def late(came: Sequence[float], at: datetime) -> str:
    """The lateness of arrivals in one line."""
    seconds = sorted(one - at.timestamp() for one in came)
    picked = [seconds[min(len(seconds) - 1, int(share * len(seconds)))] for share in (0.5, 0.99)]
    return (
        f"p50 {picked[0]:6.1f} s, p99 {picked[1]:6.1f} s, longest {seconds[-1]:6.1f} s, "
        f"earliest {seconds[0]:.2f} s; {len(seconds) / max(seconds[-1], 0.001):.1f} a second"
    )


async def floor(client: Client, count: int) -> str:
    """The lateness of as many bare workflows with one timer and one activity each."""
    arrived.clear()
    at = clock.now() + timedelta(seconds=30 + count / BEGUN_A_SECOND)
    async with Worker(
        client, task_queue="bare", workflows=[BareRung], activities=[note], workflow_runner=sandbox()
    ):

        async def one(number: int) -> None:
            await client.start_workflow(BareRung.run, at, id=f"bare-{number}", task_queue="bare")

        took = await in_lanes(count, LANES, one)
        print(f"floor: {count:,} bare workflows begun in {took:.0f} s", flush=True)
        if clock.now() > at:
            raise TimeoutError("beginning them took longer than was reckoned")
        until = time.monotonic() + 900
        while len(arrived) < count and time.monotonic() < until:  # noqa: ASYNC110 - activities set no event here
            await asyncio.sleep(0.5)
    return late(arrived, at)


async def run(ground: Stand, mailbox: Mailbox, cycles: int, near: int, seen: list[Process]) -> None:
    """Open all, look at rest, wait for the minute, count."""
    desk = Desk(ground.client, "cycles", Keeping(ground.pool), Reads(ground.pool), demonstration=True)
    references = [f"HTA-{2030 + number // 9999}-{1 + number % 9999:04d}" for number in range(cycles)]
    took = await open_some(desk, references[near:], FAR, clock.now() + timedelta(hours=3))
    rate = max(cycles - near, 1) / took
    print(f"{cycles - near:,} cycles opened in {took:.0f} s, {rate:.1f} a second", flush=True)
    at = (clock.now() + timedelta(seconds=1.6 * near / rate) + 2 * GRACE).replace(second=0, microsecond=0)
    took = await open_some(desk, references[:near], FIRST_RUNG, at)
    print(f"{near:,} more in {took:.0f} s; their rung is at {at:%H:%M} UTC", flush=True)
    if clock.now() + GRACE > at:
        raise TimeoutError("opening took longer than was reckoned: the rungs would be due too soon")
    pending = await ground.pool.fetchval("select count(*) from requests")
    print(f"{cycles:,} open cycles, {RUNGS * pending:,} pending rungs", flush=True)
    await gone_out(ground, "evidence_requested", cycles, (at - clock.now()).total_seconds() - 30)
    length = min(60.0, (at - clock.now()).total_seconds() - 10)
    print(table(await at_rest(seen, length), length), flush=True)
    before = Counter(mailbox.seen)
    await asyncio.sleep(max(0.0, (at - clock.now()).total_seconds()))
    await gone_out(ground, "evidence_reminder", near, 1800)
    await asyncio.sleep(5)  # what would come twice
    came = [when for name, when in mailbox.came_at.items() if name not in before]
    print(f"rungs of one minute: {near:,} due, {len(came):,} came")
    print(f"  late: {late(came, at)}")
    twice = sum(1 for name, times in mailbox.seen.items() if name not in before and times > 1)
    print(f"  lost: {near - len(came)}; at the mail server twice: {twice}")
    noted = await ground.pool.fetch(
        "select cycle, count(*) as times from ledger where kind = 'ReminderDelivered' group by cycle"
    )
    doubled = sum(1 for row in noted if row["times"] > 1)
    print(f"  in the ledger: {len(noted):,} cycles with the rung, {doubled} of them twice", flush=True)
    print(f"floor: late: {await floor(ground.client, near)}")


async def main() -> None:
    """Start the servers, the mail server and the worker, and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=10_000)
    parser.add_argument("--near", type=int, default=5_000, help="how many have a rung at the same minute")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    print(machine(), "- Temporal dev server with its state on disk, embedded PostgreSQL, one worker process")
    mailbox = Mailbox()
    async with at_work(mailbox) as ground:
        await run(ground, mailbox, options.cycles, options.near, processes())


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
