"""The worker is killed with SIGKILL under load and started again at once: when do answers come again?"""

import asyncio
import os
import signal
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.clock import now
from bench.hta.loads import Facts, in_lanes, must_hold, until_known
from bench.hta.system import Door
from bench.hta.workload import Cycle, cycles


@dataclass
class Notes:
    """What the clients wrote down: when each act was sent and answered, and how often one was sent again."""

    sent: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    again: int = 0

    def after(self, at: float) -> Facts:
        """How answers came after an instant."""
        later = sorted(one - at for one in self.answered if one > at)
        gaps = [b - a for a, b in zip([0.0, *later], later, strict=False)]
        under_way = [
            answered - at
            for sent, answered in zip(self.sent, self.answered, strict=True)
            if sent <= at < answered
        ]
        return {
            "acts": len(self.answered),
            "handed_in_again": self.again,
            "longest_silence_s": max(gaps, default=None),
            "under_way": len(under_way),
            "under_way_p50_s": statistics.median(under_way) if under_way else None,
            "under_way_longest_s": max(under_way, default=None),
        }


async def killed(
    door: Door, *, seed: int, first: int, count: int, lanes: int, after: float, book: str
) -> Facts:
    """Cycles in lanes, one kill; what was not acknowledged is handed in again until it is."""
    given = list(cycles(seed, count, first))
    notes = Notes()

    async def one(cycle: Cycle) -> None:
        base = now()
        for act in cycle.acts:
            began = time.monotonic()
            again = await until_known(door, cycle, act, base)
            notes.again += again
            notes.sent.append(began)
            notes.answered.append(time.monotonic())

    killing = asyncio.create_task(_kill(after, Path(book)))
    await in_lanes(given, lanes, one)
    if not killing.done():
        killing.cancel()
        raise TimeoutError(f"{count} cycles were over before the kill, after {after} s: give more cycles")
    for cycle in given:
        must_hold(cycle, (await door.kept(cycle.reference)).acts)
    return {**notes.after(killing.result()), "cycles_whole": len(given)}


async def _kill(after: float, book: Path) -> float:
    await asyncio.sleep(after)
    os.kill(int(await asyncio.to_thread(book.read_text, "utf-8")), signal.SIGKILL)
    return time.monotonic()
