"""One workflow per cycle, or a child workflow per request? Both shapes, bare, in one run (ADR 0008)."""

import asyncio
import logging
import statistics
import sys
import time
from dataclasses import dataclass

from temporalio.client import Client
from temporalio.worker import Worker

from bench.shapes import ACTS, OneRequest, Parent, Requests, Whole, record
from bench.sizes import sizes
from bench.stand import machine, stand


@dataclass
class Cost:
    """What one cycle cost."""

    seconds: float
    events: int
    bytes: int


async def run_whole(client: Client, name: str, count: int) -> Cost:
    """One cycle that holds its requests."""
    began = time.perf_counter()
    handle = await client.start_workflow(Whole.run, Requests(count=count), id=name, task_queue="shapes")
    for number in range(count * ACTS):
        await handle.execute_update(Whole.act, "x" * 600, id=f"act-{number:04d}")
    await handle.result()
    seconds = time.perf_counter() - began
    return await cost(client, [name], seconds)


async def run_children(client: Client, name: str, count: int) -> Cost:
    """One cycle whose requests are children."""
    began = time.perf_counter()
    handle = await client.start_workflow(Parent.run, Requests(count=count), id=name, task_queue="shapes")
    names = [f"{name}/{number}" for number in range(count)]
    await handle.execute_update(Parent.started, id="started")
    for child in names:
        one = client.get_workflow_handle(child)
        for number in range(ACTS):
            await one.execute_update(OneRequest.act, "x" * 600, id=f"act-{number:04d}")
    await handle.result()
    seconds = time.perf_counter() - began
    return await cost(client, [name, *names], seconds)


async def cost(client: Client, names: list[str], seconds: float) -> Cost:
    """The events and bytes of all histories of one cycle."""
    histories = [await client.get_workflow_handle(name).fetch_history() for name in names]
    events = sum(len(history.events) for history in histories)
    size = sum(event.ByteSize() for history in histories for event in history.events)
    return Cost(seconds=seconds, events=events, bytes=size)


async def main() -> None:
    """Both shapes in turn, for few and for many requests."""
    options = sizes(__doc__, rounds=5)
    logging.disable(logging.WARNING)
    print(machine(), "- Temporal dev server with its state on disk")
    print("requests   shape      seconds  events   bytes   (medians)   children/whole")
    async with (
        stand() as ground,
        Worker(
            ground.client, task_queue="shapes", workflows=[Whole, Parent, OneRequest], activities=[record]
        ),
    ):
        for count in (3, 20):
            whole = [await run_whole(ground.client, f"w{count}-{n}", count) for n in range(options.rounds)]
            parts = [await run_children(ground.client, f"c{count}-{n}", count) for n in range(options.rounds)]
            report(count, whole, parts)


def report(count: int, whole: list[Cost], parts: list[Cost]) -> None:
    """One line a shape, and how many times more the children cost."""
    seconds = [statistics.median(one.seconds for one in costs) for costs in (whole, parts)]
    for name, of, took in (("whole", whole[0], seconds[0]), ("children", parts[0], seconds[1])):
        print(f"{count:8d}   {name:9s} {took:8.3f} {of.events:7d} {of.bytes:7d}")
    print(f"{'':40s} seconds x{seconds[1] / seconds[0]:.2f}, events x{parts[0].events / whole[0].events:.2f}")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
