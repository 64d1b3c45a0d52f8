"""`python -m bench.release`: an edition released over thousands of open cycles while people go on acting.

The worker is the product's own process and learns of the edition from the store while it runs; nothing is
stopped. The floor is the cheapest command, an acknowledgement that tells nobody and moves no timer, sent to
the same cycles through the same lanes, in the same run.
"""

import argparse
import asyncio
import logging
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from bench.after_release import check
from bench.at_work import Mailbox, at_work
from bench.floor import in_lanes
from bench.stand import Stand, machine
from engine.desk import Desk
from engine.releasing import Released, release
from reference.catalogue import calendar
from rules.clocks import civil
from schemas.clocks import BankHoliday, Calendar, WorkingDays
from schemas.commands import Acknowledge, AnyCommand, ChangeCalendar, RequestExtension
from schemas.outcomes import NotKnownYet, Receipt
from schemas.people import Actor, Role
from store.keeping import Keeping
from store.reads import Reads
from tests import scenario as s

LEADS = (
    "acc-local-policing",
    "acc-protecting-people",
    "director-of-business-services",
    "superintendent-custody",
)
"""One for each request of a cycle, so that each is told of one moved date."""
VERSION = "england-and-wales/2099-01-01"
LANES, EVERY = 16, 0.2
"""At once when opening; and seconds between two ordinary acts, whatever became of the one before."""


@dataclass
class Trickle:
    """Ordinary acts, one every fifth of a second, each timed from when it was to be sent."""

    desk: Desk
    acts: Iterator[AnyCommand]
    seconds: list[float] = field(default_factory=list)
    unanswered: int = 0

    async def run(self, until: asyncio.Event) -> None:
        """Go on until it is said to stop, then wait for what is under way."""
        async with asyncio.TaskGroup() as group:
            while not until.is_set():
                group.create_task(self._one(next(self.acts)))
                await asyncio.sleep(EVERY)

    async def _one(self, command: AnyCommand) -> None:
        began = time.perf_counter()
        outcome = await self.desk.send(command, s.WORDS)
        self.seconds.append(time.perf_counter() - began)
        if not isinstance(outcome, Receipt):
            self.unanswered += 1
            print(f"  not answered: {command.kind} {outcome}")

    def line(self, when: str) -> str:
        """The latencies in one line."""
        ordered = sorted(self.seconds)
        at = [1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95)]
        return (
            f"  {when:22s} {len(ordered):4d} ordinary acts: p50 {at[0]:6.0f} ms, p95 {at[1]:6.0f} ms, "
            f"longest {1000 * ordered[-1]:6.0f} ms, {self.unanswered} without a receipt"
        )


def by(lead: int) -> Actor:
    """The lead of the request with this number."""
    return Actor(person=LEADS[lead - 1], role=Role.THEMATIC_LEAD)


def days_of(cycle: int, request: int) -> int:
    """In how many working days a request of a cycle is due, both by number: six to forty-five."""
    return 6 + (cycle + 10 * request) % 40


def ordinary(references: list[str]) -> Iterator[AnyCommand]:
    """Acts of leads all over the cycles: the second request acknowledged, more time asked for the third."""
    count, why = len(references), s.say("The data come late")
    for turn in range(count):
        ref = references[turn * 797 % count]
        yield Acknowledge(cycle=ref, key=s.key(), actor=by(2), request=2)
        number = (turn * 797 + count // 2) % count
        ref, to = references[number], s.date_after(s.wall_now(), days_of(number, 3) + 5)
        yield RequestExtension(cycle=ref, key=s.key(), actor=by(3), request=3, to=to, reason=why)


def newer(proclaimed: date) -> Calendar:
    """The calendar with one more bank holiday."""
    known = calendar()
    extra = BankHoliday(on=proclaimed, title="A day that was proclaimed")
    days = tuple(sorted((*known.days, extra), key=lambda one: one.on))
    return known.model_copy(update={"days": days, "version": VERSION})


async def fill(desk: Desk, references: list[str]) -> float:
    """Open the cycles, each with four requests to four leads; return the seconds it took."""

    async def one(number: int) -> None:
        requests = tuple(
            s.draft(lead=lead, due=WorkingDays(days=days_of(number, n)))
            for n, lead in enumerate(LEADS, start=1)
        )
        command = s.open_cycle(references[number], s.wall_now()).model_copy(update={"requests": requests})
        while not isinstance(outcome := await desk.send(command, s.WORDS), Receipt):
            if not isinstance(outcome, NotKnownYet):
                raise TypeError(str(outcome))

    return await in_lanes(len(references), LANES, one)


async def told(ground: Stand, template: str, count: int) -> float:
    """Wait until so many letters of a kind have gone out; return the seconds it took."""
    began = time.perf_counter()
    asked = "select count(*) from mails where template = $1"
    async with asyncio.timeout(900):
        while (found := await ground.pool.fetchval(asked, template)) < count:  # noqa: ASYNC110 - a process sets no event
            await asyncio.sleep(0.5)
    if found != count:
        raise ValueError(f"{found} letters instead of {count}")
    return time.perf_counter() - began


async def beside(trickle: Trickle, commands: list[AnyCommand]) -> tuple[float, Released]:
    """Send commands to all cycles while ordinary acts go on; the seconds, and what became of them."""
    stop = asyncio.Event()
    others = asyncio.create_task(trickle.run(stop))
    began = time.perf_counter()
    done = await release(commands, lambda _: True, trickle.desk)
    seconds = time.perf_counter() - began
    stop.set()
    await others
    return seconds, done


async def said_again(desk: Desk, commands: list[AnyCommand], done: Released) -> None:
    """Send to the cycles of which nothing is known yet once more, as a person would."""
    if done.not_known_yet:
        left = [one for one in commands if one.cycle in set(done.not_known_yet)]
        again = await release(left, lambda _: True, desk)
        print(f"  said again to those: {len(again.moved)} answered, {len(again.not_known_yet)} not known yet")


async def quiet(trickle: Trickle, seconds: float) -> None:
    """Ordinary acts and nothing else."""
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, stop.set)
    await trickle.run(stop)


async def run(ground: Stand, mailbox: Mailbox, cycles: int, seconds: float) -> None:
    """Open, measure at rest, measure the floor, release, check."""
    desk = Desk(ground.client, "cycles", Keeping(ground.pool), Reads(ground.pool))
    references = [f"HTA-2026-{number:04d}" for number in range(1, cycles + 1)]
    took = await fill(desk, references)
    print(f"{cycles:,} cycles with {4 * cycles:,} clocks opened in {took:.0f} s", flush=True)
    await told(ground, "evidence_requested", 4 * cycles)
    acts = ordinary(references)
    at_rest, at_floor, at_release = (Trickle(desk, acts) for _ in range(3))
    await quiet(at_rest, seconds)
    seen: list[AnyCommand] = [
        Acknowledge(cycle=one, key=s.key(), actor=by(1), request=1) for one in references
    ]
    floor, _ = await beside(at_floor, seen)
    before = {one.reference: one for one in await Reads(ground.pool).counting_by("england-and-wales")}
    proclaimed = s.date_after(s.wall_now(), 1)
    await Keeping(ground.pool).keep_calendars([newer(proclaimed)], "policy-officer")
    changes: list[AnyCommand] = [
        ChangeCalendar(cycle=one, key=f"{VERSION.replace('/', ':')}:{one}", actor=s.OFFICER, to=VERSION)
        for one in references
    ]
    ours, done = await beside(at_release, changes)
    print(f"floor, one acknowledgement a cycle: {floor:.1f} s, {cycles / floor:.1f} cycles/s")
    print(f"release: {ours:.1f} s, {cycles / ours:.1f} cycles/s; ratio {floor / ours:.2f}")
    print(at_rest.line("at rest"), at_floor.line("beside the floor"), sep="\n")
    print(at_release.line("beside the release"))
    print(
        f"  {len(done.moved):,} moved, {len(done.refused)} refused, {len(done.not_known_yet)} not known yet"
    )
    await said_again(desk, changes, done)
    late = await told(ground, "due_moved", 4 * cycles)
    print(f"  the last of {4 * cycles:,} letters went out {late:.1f} s after the last receipt")
    await check(ground, before, civil(s.wall_now()), newer(proclaimed))
    twice = [one for one, times in mailbox.seen.items() if times > 1]
    print(f"  {mailbox.seen.total():,} letters reached the mail server, {len(twice)} of them twice")


async def main() -> None:
    """Start the servers, the mail server and the worker, and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=20, help="how long to measure at rest")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    print(machine(), "- Temporal dev server with its state on disk, embedded PostgreSQL, one worker process")
    mailbox = Mailbox()
    async with at_work(mailbox) as ground:
        await run(ground, mailbox, options.cycles, options.seconds)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
