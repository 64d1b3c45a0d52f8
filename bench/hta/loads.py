"""The loads: whole cycles as fast as they go, acts at a steady rate, waiting cycles, timers in one minute."""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bench.clock import now
from bench.hta.instants import written
from bench.hta.system import Door
from bench.hta.workload import DUE, LADDER, Act, Cycle, cycles

Facts = dict[str, Any]
LOOKED_AT = 10
"""Cycles that are looked at after a load, for what is kept of them."""
ONE_TRY, PAUSE, GIVEN_UP = 20.0, 0.05, 300.0
"""Seconds: for one answer, before the act is handed in again, and until it is given up."""
NOTICE = timedelta(seconds=15)
"""Between the last cycle that is opened and the first timer."""


ENOUGH = -1.0
Given = TypeVar("Given")


async def in_lanes(given: Sequence[Given], lanes: int, one: Callable[[Given], Awaitable[None]]) -> float:
    """Each of them once, so many at a time; the seconds it took."""
    waiting = iter(given)

    async def lane() -> None:
        for each in waiting:
            await one(each)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(lanes):
            group.create_task(lane())
    return time.perf_counter() - began


async def steady(door: Door, *, seed: int, first: int, count: int, lanes: int) -> Facts:
    """Whole cycles, in lanes, each act as soon as the one before is acknowledged."""
    given = list(cycles(seed, count, first))
    latencies: list[float] = []
    again: list[int] = []

    async def one(cycle: Cycle) -> None:
        base = now()
        for act in cycle.acts:
            began = time.perf_counter()
            again.append(await until_known(door, cycle, act, base))
            latencies.append(time.perf_counter() - began)

    before = await door.round_trips()
    seconds = await in_lanes(given, lanes, one)
    trips = Counter(await door.round_trips())
    trips.subtract(Counter(before))
    return {
        "cycles_per_second": count / seconds,
        "acts": len(latencies),
        "handed_in_again": sum(again),
        **percentiles(latencies),
        "calls_per_cycle": {name: many / count for name, many in sorted(trips.items()) if many},
        **await looked_at(door, given),
    }


async def until_known(door: Door, cycle: Cycle, act: Act, base: datetime) -> int:
    """Hand in an act until it is acknowledged; how often it was not.

    Raises: TimeoutError: it is not known within minutes.
    """
    again, until = 0, time.monotonic() + GIVEN_UP
    while True:
        try:
            async with asyncio.timeout(ONE_TRY):
                await door.act(cycle.reference, act, base)
        except Exception:
            if time.monotonic() > until:
                raise
            again += 1
            await asyncio.sleep(PAUSE)
        else:
            return again


async def looked_at(door: Door, given: Sequence[Cycle]) -> Facts:
    """What is kept of some of the cycles; each must hold all of its acts."""
    some = given[:: max(1, len(given) // LOOKED_AT)]
    kept = [await door.kept(cycle.reference) for cycle in some]
    for cycle, one in zip(some, kept, strict=True):
        must_hold(cycle, one.acts)
    sizes = [one.bytes for one in kept if one.bytes]
    events = {"events_per_cycle": statistics.mean(one.events for one in kept)}
    return {**events, "history_bytes_per_cycle": statistics.mean(sizes)} if sizes else events


def must_hold(cycle: Cycle, acts: int) -> None:
    """Refuse to go on where a cycle holds more or fewer acts than were acknowledged."""
    if acts != len(cycle.acts):
        raise AssertionError(f"{cycle.reference} ({cycle.way}) holds {acts} of {len(cycle.acts)} acts")


def percentiles(latencies: Sequence[float]) -> Facts:
    """Milliseconds from sending an act until it is acknowledged."""
    ordered = sorted(latencies)
    return {
        f"p{int(100 * share)}_ms": 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]
        for share in (0.5, 0.95, 0.99)
    }


async def paced(door: Door, *, seed: int, first: int, rate: int, seconds: int, lanes: int) -> Facts:
    """Acts at a steady rate whatever comes back, counted from when each should have been sent.

    They go around as many cycles as twice the rate, brought beforehand to places all along their way. Where
    all of them wait for an answer, acts queue and their time runs.
    """
    fresh = cycles(seed, 2 * rate + rate * seconds, first)
    under_way = [Going(next(fresh), now()) for _ in range(2 * rate)]
    await in_lanes(under_way, lanes, lambda one: brought(door, one))
    due: asyncio.Queue[float] = asyncio.Queue()
    latencies: list[float] = []
    again: list[int] = []

    async def go(one: Going) -> None:
        while (at := await due.get()) >= 0:
            if one.place == len(one.cycle.acts):
                one = Going(next(fresh), now())
            again.append(await until_known(door, one.cycle, one.cycle.acts[one.place], one.base))
            latencies.append(time.perf_counter() - at)
            one.place += 1

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for one in under_way:
            group.create_task(go(one))
        for number in range(rate * seconds):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            due.put_nowait(began + number / rate)
        for _ in under_way:
            due.put_nowait(ENOUGH)
    rate_seen = len(latencies) / (time.perf_counter() - began)
    return {**percentiles(latencies), "acts_per_second": rate_seen, "handed_in_again": sum(again)}


@dataclass
class Going:
    """A cycle under way: when its clock began, and the place of its next act."""

    cycle: Cycle
    base: datetime
    place: int = 0


async def brought(door: Door, one: Going) -> None:
    """Bring a cycle as far as its number says, so that many cycles stand at every place."""
    while one.place < one.cycle.number % len(one.cycle.acts):
        await until_known(door, one.cycle, one.cycle.acts[one.place], one.base)
        one.place += 1


async def filled(door: Door, *, seed: int, first: int, count: int, lanes: int) -> Facts:
    """Cycles that are opened and wait for a return in twenty days."""
    took = await in_lanes(list(cycles(seed, count, first)), lanes, lambda one: opened_at(door, one, now()))
    return {"opened_per_second": count / took}


async def opened_at(door: Door, cycle: Cycle, base: datetime) -> None:
    """Open a cycle whose clock began at an instant."""
    await door.act(cycle.reference, opening(cycle), base)


async def first_act(door: Door, *, seed: int, first: int) -> Facts:
    """The first act of one cycle, handed in until it is acknowledged."""
    cycle = next(cycles(seed, 1, first))
    return {"handed_in_again": await until_known(door, cycle, opening(cycle), now())}


def opening(cycle: Cycle) -> Act:
    """The act that opens a cycle."""
    return cycle.acts[0]


async def timed(door: Door, *, seed: int, first: int, count: int, lanes: int, spread: float) -> Facts:
    """Cycles whose first reminders fall within so many seconds, evenly spread, after the last is open."""
    trial = list(cycles(seed, max(lanes * 3, count // 20), first))
    took = await in_lanes(trial, lanes, lambda one: opened_at(door, one, now()))
    rest = list(cycles(seed, count, first + len(trial)))
    length = timedelta(seconds=1.5 * took * count / len(trial)) + NOTICE
    at = now() + length
    places = {cycle.reference: number for number, cycle in enumerate(rest)}

    async def one(cycle: Cycle) -> None:
        rung = at + timedelta(seconds=spread * places[cycle.reference] / count)
        await opened_at(door, cycle, rung - timedelta(days=DUE + LADDER[0]))

    took = await in_lanes(rest, lanes, one)
    if now() + NOTICE / 3 > at:
        raise TimeoutError("opening them took longer than was reckoned: timers would have been due before")
    return {"at": written(at), "opened_per_second": count / took, "first": first + len(trial)}


async def checked(door: Door, *, seed: int, first: int, count: int, lanes: int) -> Facts:
    """Each act handed in twice, each seen by a reader at once, every cycle whole at its end."""
    given = list(cycles(seed, count, first))

    async def one(cycle: Cycle) -> None:
        base = now()
        for act in cycle.acts:
            await door.act(cycle.reference, act, base)
            if (await door.kept(cycle.reference)).acts != act.number:
                raise AssertionError(f"{cycle.reference}: {act.name} is acknowledged and not seen")
            if not act.last:
                await door.act(cycle.reference, act, base)
        must_hold(cycle, (await door.kept(cycle.reference)).acts)

    await in_lanes(given, lanes, one)
    return {"cycles": count, "acts": sum(len(one.acts) for one in given), **await looked_at(door, given)}
