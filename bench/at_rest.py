"""What the servers and the worker cost while nothing happens: memory, and share of one core."""

import asyncio
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Process:
    """One of the processes that a bench has started, with the processes that it started itself."""

    name: str
    roots: tuple[psutil.Process, ...]

    def family(self) -> list[psutil.Process]:
        """It and its own children."""
        every = [one for root in self.roots for one in (root, *root.children(recursive=True))]
        return [one for one in every if one.is_running()]


@dataclass(frozen=True)
class Cost:
    """What one of them took."""

    name: str
    megabytes: float
    cpu: float
    """Share of one core, 1.0 for all of it."""


KINDS = {"temporal": "temporal", "postgres": "postgres", "worker": "python"}


def processes() -> list[Process]:
    """Temporal, PostgreSQL and the worker, found among this process's children and the postmaster's."""
    children = psutil.Process().children(recursive=True)
    found = []
    for name, called in KINDS.items():
        mine = [one for one in children if called in one.name().lower()]
        if name == "worker":
            mine = [one for one in mine if "worker.py" in " ".join(one.cmdline())]
        if name == "postgres":
            mine = mine or _postmasters()
        found.append(Process(name, tuple(_tops(mine))))
    return found


def _postmasters() -> list[psutil.Process]:
    """The embedded server detaches itself: it is known by the bench's own folder."""
    every = (one for one in psutil.process_iter() if "postgres" in one.name())
    return [one for one in every if "answerable-bench-" in " ".join(one.cmdline())]


def _tops(found: list[psutil.Process]) -> list[psutil.Process]:
    ids = {one.pid for one in found}
    return [one for one in found if one.ppid() not in ids]


def _seconds(one: Process) -> float:
    return sum(it.cpu_times().user + it.cpu_times().system for it in one.family())


def _megabytes(one: Process) -> float:
    """What each holds alone, so that memory shared by PostgreSQL's processes counts once or not at all."""
    return sum(it.memory_full_info().uss for it in one.family()) / 1e6


async def at_rest(seen: list[Process], seconds: float) -> list[Cost]:
    """Look for so many seconds and do nothing."""
    before = {one.name: _seconds(one) for one in seen}
    await asyncio.sleep(seconds)
    return [
        Cost(one.name, _megabytes(one), max(0.0, _seconds(one) - before[one.name]) / seconds) for one in seen
    ]


def table(costs: list[Cost], seconds: float) -> str:
    """One line for each."""
    rows = [f"  {one.name:10s} {one.megabytes:8.0f} MB   {100 * one.cpu:6.1f} % of one core" for one in costs]
    return "\n".join([f"at rest for {seconds:.0f} s:", *rows])
