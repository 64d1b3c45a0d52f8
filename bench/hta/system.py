"""What the bench asks of a system, and of the process that does its work."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol

from bench.hta.workload import Act


@dataclass(frozen=True)
class Where:
    """What a system stands on in one run: its own database, its own server where it has one, its folder."""

    database: str
    folder: str
    engine: str = ""
    """Host and port of the system's own server."""
    admin: str = ""
    """Where that server is told what to do, if elsewhere."""
    worker_port: int = 0
    door_port: int = 0
    """Ports on loopback for what the worker and the door have to serve."""
    shapes: str = ""
    """JSON of the history shapes that the floor is to have, by way."""
    edition: str = ""
    """Which edition of the process its worker is to run: the first, or one of `bench.hta.editing`."""

    def written(self) -> str:
        """As one word on a command line."""
        return json.dumps(asdict(self))


def read(written: str) -> Where:
    """What `Where.written` wrote."""
    return Where(**json.loads(written))


@dataclass(frozen=True)
class Kept:
    """What a system keeps of one cycle."""

    acts: int
    """As a reader sees them who asks after the acknowledgement."""
    events: int
    """Entries of history, checkpoints or task rows that the engine itself keeps for it."""
    bytes: int = 0
    """Of those, where the engine says."""


class Door(Protocol):
    """How commands reach a system. One for a process, used from many lanes."""

    async def enter(self) -> None:
        """Connect."""
        ...

    async def leave(self) -> None:
        """Close."""
        ...

    async def act(self, reference: str, act: Act, base: datetime) -> None:
        """Hand in one act; return when it is durable and every reader sees it.

        `base` is when the cycle's clock began: days count from it. The same act may be handed in again.
        Raises: whatever says that it is not known to be recorded.
        """
        ...

    async def kept(self, reference: str) -> Kept:
        """What is kept of a cycle."""
        ...

    async def round_trips(self) -> Mapping[str, int]:
        """Calls that this process has made to the system's own server, where they can be counted."""
        ...


class Module(Protocol):
    """What a module of `bench.hta.systems` offers."""

    def prepare(self, where: Where) -> None:
        """Make tables and the like, once in a fresh database."""
        ...

    def work(self, where: Where) -> None:
        """Do the system's work until killed; say `ready` on standard output once it is at it."""
        ...

    def door(self, where: Where) -> Door:
        """The way in."""
        ...


READY = "ready"
