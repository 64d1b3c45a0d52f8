"""Replaying many histories over several processes."""

import asyncio
import gc
import multiprocessing
import os
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.util import Finalize

from engine import connection
from engine.preflight.replaying import replayed
from engine.preflight.shapes import Judged, Taken
from engine.sealed import OPEN, Sealing
from reference.catalogue import calendar, know, known_versions
from schemas.clocks import Calendar

AT_A_TIME = 20
"""Histories in a parcel: enough that a replayer is soon paid for, few enough that all end together."""


async def look_at(
    parcels: AsyncIterator[list[Taken]],
    processes: int,
    workflows: Sequence[type] | None = None,
    sealing: Sealing = OPEN,
) -> list[Judged]:
    """What becomes of each history, in the order in which they came.

    Units: `processes` is a number of processes; with one, the work is done in this one.
    """
    workflows = connection.WORKFLOWS if workflows is None else workflows
    if processes == 1:
        return [one async for parcel in parcels for one in await replayed(workflows, parcel, sealing)]
    loop = asyncio.get_running_loop()
    context = multiprocessing.get_context("spawn")  # the engine's library does not live through a fork
    editions = [calendar(one).model_dump_json() for one in sorted(known_versions())]
    with ProcessPoolExecutor(processes, context, _begin, (editions,)) as pool:
        code = list(workflows)
        waiting = [loop.run_in_executor(pool, _look, code, parcel, sealing) async for parcel in parcels]
        found = await asyncio.gather(*waiting)
    return [judged for parcel in found for judged in parcel]


def _begin(editions: list[str]) -> None:
    """Know the calendars that the starting process knows, and end at once when there is no more to do.

    The engine's library may crash while Python ends, and a loop in a workflow would keep it from ending.
    """
    know(Calendar.model_validate_json(one) for one in editions)
    gc.disable()  # a sixth of the time; what a parcel leaves behind goes when it is done
    Finalize(None, os._exit, args=(0,), exitpriority=100)


def _look(workflows: list[type], parcel: list[Taken], sealing: Sealing) -> list[Judged]:
    found = asyncio.run(replayed(workflows, parcel, sealing))
    gc.collect()
    return found
