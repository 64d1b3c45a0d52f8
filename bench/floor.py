"""Cycles per second and update-to-visible latency, beside a bare workflow of the same shape in one run."""

import asyncio
import logging
import statistics
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from temporalio.client import Client, WorkflowHistory
from temporalio.worker import Worker

from bench.bare import BareShape, BareWorkflow, nothing
from bench.clock import now
from bench.sizes import sizes
from bench.stand import Stand, machine, stand
from bench.workload import WORDS, whole_cycle
from engine.connection import employ
from engine.desk import Desk
from schemas.notices import Delivery, Notice
from schemas.outcomes import Receipt
from store.keeping import Keeping
from store.ledger import Ledger
from store.reads import Reads


@dataclass
class Measured:
    """What one round took."""

    cycles: int = 0
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)

    def rate(self) -> float:
        """Cycles per second."""
        return self.cycles / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds below which this share of the updates was answered."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class SilentPost:
    """Says at once that a notice was delivered: the floor's activity does nothing either."""

    async def deliver(self, notice: Notice) -> Delivery:
        """Delivered."""
        return Delivery(delivered=True, told=notice.to, at=notice.planned_at)


async def product_cycle(desk: Desk, number: int, measured: Measured) -> None:
    """One whole cycle through the Desk."""
    reference = f"HTA-2026-{number:04d}"
    actions = (f"2026/{2 * number % 9999:04d}", f"2026/{(2 * number + 1) % 9999:04d}")
    for command in whole_cycle(reference, now(), actions):
        began = time.perf_counter()
        outcome = await desk.send(command, WORDS)
        measured.latencies.append(time.perf_counter() - began)
        if not isinstance(outcome, Receipt):
            raise TypeError(f"{command.kind}: {outcome}")


async def bare_cycle(client: Client, number: str, shape: BareShape, measured: Measured) -> None:
    """One bare workflow with as many updates."""
    began = time.perf_counter()
    handle = await client.start_workflow(BareWorkflow.run, shape, id=f"bare-{number}", task_queue="bare")
    for update in range(shape.updates):
        await handle.execute_update(BareWorkflow.act, "x" * 600, id=f"update-{update:03d}")
        measured.latencies.append(time.perf_counter() - began)
        began = time.perf_counter()


async def in_lanes(count: int, lanes: int, one: Callable[[int], Awaitable[None]]) -> float:
    """Run `count` cycles in so many lanes; return the seconds it took."""
    waiting = iter(range(count))

    async def lane() -> None:
        for number in waiting:
            await one(number)

    began = time.perf_counter()
    await asyncio.gather(*(lane() for _ in range(lanes)))
    return time.perf_counter() - began


def shape_of(history: WorkflowHistory) -> tuple[BareShape, Counter[str]]:
    """The updates, activities and timers of a product's history, for the floor to have as many."""
    kinds: Counter[str] = Counter()
    activities, timers, updates = [], [], 0
    for event in history.events:
        name = event.WhichOneof("attributes") or ""
        kinds[name.removesuffix("_event_attributes")] += 1
        updates += name.startswith("workflow_execution_update_accepted")
        if name.startswith("activity_task_scheduled"):
            activities.append(max(updates, 1))
        if name.startswith("timer_started"):
            timers.append(max(updates, 1))
    return BareShape(updates=updates, activities_after=activities, timers_after=timers), kinds


async def compare(
    ground: Stand, rounds: int, count: int, lanes: int
) -> tuple[list[Measured], list[Measured]]:
    """Rounds in turn, product then floor, on the same two servers."""
    reads = Reads(ground.pool)
    desk = Desk(ground.client, "cycles", Keeping(ground.pool), reads)
    product, floor = [], []
    numbers = iter(range(lanes * 500 + 1, 9999))
    async with (
        employ(ground.client, "cycles", Ledger(ground.pool), SilentPost()),
        Worker(ground.client, task_queue="bare", workflows=[BareWorkflow], activities=[nothing]),
    ):
        warm = Measured()
        first = next(numbers)
        await product_cycle(desk, first, warm)
        history = await ground.client.get_workflow_handle(f"HTA-2026-{first:04d}").fetch_history()
        shape, kinds = shape_of(history)
        if lanes == 1:
            print(f"one cycle: {sum(kinds.values())} events of history: {dict(kinds.most_common())}")
        await bare_cycle(ground.client, f"warm-{lanes}", shape, warm)
        for turn in range(rounds):
            ours, bare = Measured(cycles=count), Measured(cycles=count)

            async def one_of_ours(_number: int, into: Measured = ours) -> None:
                await product_cycle(desk, next(numbers), into)

            async def one_bare(number: int, into: Measured = bare, turn: int = turn) -> None:
                await bare_cycle(ground.client, f"{lanes}-{turn}-{number}", shape, into)

            ours.seconds = await in_lanes(count, lanes, one_of_ours)
            bare.seconds = await in_lanes(count, lanes, one_bare)
            product.append(ours)
            floor.append(bare)
    return product, floor


def median(rounds: list[Measured], what: Callable[[Measured], float]) -> float:
    """The median of one figure over the rounds."""
    return statistics.median(what(one) for one in rounds)


def line(name: str, ours: float, bare: float) -> None:
    """One figure of both, and the ratio."""
    print(f"  {name:14s} product {ours:8.2f}   floor {bare:8.2f}   ratio {ours / bare:.2f}")


def report(lanes: int, product: list[Measured], floor: list[Measured]) -> None:
    """Medians over the rounds, and the ratios."""
    print(f"\n{lanes} at once, medians of {len(product)} rounds")
    line("cycles/s", median(product, Measured.rate), median(floor, Measured.rate))
    for share in (0.5, 0.95, 0.99):
        at = partial(Measured.percentile, share=share)
        line(f"update p{int(share * 100)} ms", median(product, at), median(floor, at))


async def main() -> None:
    """Run the comparison one at a time and ten at once."""
    options = sizes(__doc__, rounds=5, cycles=20)
    logging.disable(logging.WARNING)
    print(machine(), "- Temporal dev server with its state on disk, embedded PostgreSQL")
    async with stand() as ground:
        for lanes in (1, 10):
            product, floor = await compare(ground, options.rounds, options.cycles, lanes)
            report(lanes, product, floor)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
