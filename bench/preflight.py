"""`python -m bench.preflight`: a pre-flight of a thousand open histories, beside bare ones of the same shape.

Twenty-four cycles are really run, each left open one command further than the one before, and their
histories are looked at as often as it takes to make the number. The floor is Temporal's own replayer,
without a sandbox, over bare workflows with as many updates, activities and timers, in as many processes,
which compares nothing.
"""

import asyncio
import logging
import multiprocessing
import os
import resource
import statistics
import sys
import time
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice

from temporalio.api.history.v1 import History
from temporalio.client import Client, WorkflowHistory
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner, Worker

from bench.bare import BareShape, BareWorkflow, nothing
from bench.clock import now
from bench.floor import SilentPost, shape_of
from bench.sizes import sizes
from bench.stand import Stand, machine, stand
from bench.workload import WORDS, whole_cycle
from engine.connection import employ
from engine.desk import Desk
from engine.preflight import Taken, look_at
from engine.preflight.spreading import AT_A_TIME
from engine.shapes import AS_JSON
from schemas.outcomes import Receipt
from store.keeping import Keeping
from store.ledger import Ledger
from store.reads import Reads

CYCLES = 24


async def grown(ground: Stand) -> list[Taken]:
    """The histories of cycles at each point of their way."""
    desk = Desk(ground.client, "cycles", Keeping(ground.pool), Reads(ground.pool))
    async with employ(ground.client, "cycles", Ledger(ground.pool), SilentPost()):
        for number in range(1, CYCLES + 1):
            reference = f"HTA-2026-{number:04d}"
            actions = (f"2026/{2 * number:04d}", f"2026/{2 * number + 1:04d}")
            for command in islice(whole_cycle(reference, now(), actions), number):
                outcome = await desk.send(command, WORDS)
                if not isinstance(outcome, Receipt):
                    raise TypeError(f"{command.kind}: {outcome}")
        await asyncio.sleep(1)
    names = [f"HTA-2026-{number:04d}" for number in range(1, CYCLES + 1)]
    return [await fetched(ground.client, name) for name in names]


async def bare(client: Client, like: list[Taken]) -> list[Taken]:
    """As many bare histories of the same shapes, open as well."""
    async with Worker(client, task_queue="bare", workflows=[BareWorkflow], activities=[nothing]):
        for one in like:
            events = list(History.FromString(one.content).events)
            shape, _ = shape_of(WorkflowHistory(one.workflow_id, events))
            more = BareShape(**{**shape.model_dump(), "updates": shape.updates + 1})
            name = f"bare-{one.workflow_id}"
            handle = await client.start_workflow(BareWorkflow.run, more, id=name, task_queue="bare")
            for update in range(shape.updates):
                await handle.execute_update(BareWorkflow.act, "x" * 600, id=f"update-{update:03d}")
        await asyncio.sleep(1)
    return [await fetched(client, f"bare-{one.workflow_id}") for one in like]


async def fetched(client: Client, name: str) -> Taken:
    """One history as a pre-flight takes it."""
    history = await client.get_workflow_handle(name).fetch_history()
    return Taken(workflow_id=name, content=History(events=history.events).SerializeToString())


def parcels(taken: list[Taken], count: int) -> list[list[Taken]]:
    """So many histories, in the parcels of a pre-flight."""
    every = [taken[number % len(taken)] for number in range(count)]
    return [every[start : start + AT_A_TIME] for start in range(0, count, AT_A_TIME)]


async def ours(taken: list[Taken], count: int, processes: int) -> float:
    """Seconds of a pre-flight, starting its processes included."""

    async def handed_out() -> AsyncIterator[list[Taken]]:
        for parcel in parcels(taken, count):
            yield parcel

    began = time.perf_counter()
    judged = await look_at(handed_out(), processes)
    if len(judged) != count or any(one.breaks for one in judged):
        raise RuntimeError("a history of the present code broke under the present code")
    return time.perf_counter() - began


async def floor(taken: list[Taken], count: int, processes: int) -> float:
    """Seconds of the bare replays, starting their processes included."""
    began, loop = time.perf_counter(), asyncio.get_running_loop()
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        done = [loop.run_in_executor(pool, replay_bare, parcel) for parcel in parcels(taken, count)]
        await asyncio.gather(*done)
    return time.perf_counter() - began


def replay_bare(parcel: list[Taken]) -> None:
    """Temporal's replayer over a parcel of bare histories."""
    asyncio.run(_replay_bare(parcel))


async def _replay_bare(parcel: list[Taken]) -> None:
    async def histories() -> AsyncIterator[WorkflowHistory]:
        for one in parcel:
            yield WorkflowHistory(one.workflow_id, list(History.FromString(one.content).events))

    replayer = Replayer(
        workflows=[BareWorkflow],
        data_converter=AS_JSON,
        workflow_runner=UnsandboxedWorkflowRunner(),
        build_id="floor",
    )
    await replayer.replay_workflows(histories())


def events_of(taken: list[Taken]) -> list[int]:
    """How long some histories are."""
    return [len(History.FromString(one.content).events) for one in taken]


def worked() -> float:
    """Seconds for which the processes that have ended kept a core busy, whatever else ran beside them."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


async def main() -> None:
    """Print both, and their ratio."""
    options = sizes(__doc__, histories=1000, processes=os.cpu_count() or 1, rounds=3)
    logging.disable(logging.WARNING)
    print(machine())
    async with stand() as ground:
        cycles = await grown(ground)
        plain = await bare(ground.client, cycles)
    lengths = events_of(cycles)
    print(f"{options.histories} histories of {min(lengths)} to {max(lengths)} events, "
          f"{statistics.mean(lengths):.0f} on average (bare: {statistics.mean(events_of(plain)):.0f}), "
          f"{options.processes} processes, medians of {options.rounds} rounds")  # fmt: skip
    product, below, before = [], [], 0.0
    for _ in range(options.rounds):
        below.append(await floor(plain, options.histories, options.processes))
        before = worked()
        product.append(await ours(cycles, options.histories, options.processes))
    took, least = statistics.median(product), statistics.median(below)
    busy = worked() - before
    print(f"pre-flight {took:.1f} s ({1000 * took / options.histories:.0f} ms each), "
          f"floor {least:.1f} s, ratio {took / least:.2f}; "
          f"in the last round {busy:.0f} s of work over {options.processes} processes")  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
    sys.stdout.flush()
    os._exit(0)  # the client library may crash while an interpreter ends
