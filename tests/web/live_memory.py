# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""Sittings in memory: which item a room is at, what was jotted down; and the ledger's entries under a key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reference.catalogue import demonstration_people
from rules.acting.seeing import keys_of, opens
from schemas.records import Entry
from schemas.sittings import Jotting, UnderWay
from store.viewing import viewer


@dataclass
class Sat:
    """What is kept of the rooms."""

    at: dict[str, UnderWay] = field(default_factory=dict)
    jotted: dict[str, tuple[str, Jotting]] = field(default_factory=dict)


class SittingMemory:
    """Reads about sittings, over the memory of whoever mixes this in."""

    memory: Any

    @property
    def sat(self) -> Sat:
        """What is kept of the rooms of this memory."""
        found: Sat = vars(self.memory).setdefault("sat", Sat())
        return found

    async def under_way_in(self, place: str) -> UnderWay | None:
        """The item that a room is at."""
        return self.sat.at.get(place)

    async def jottings(self, place: str, most: int = 500) -> list[Jotting]:
        """What was jotted down in a room."""
        return [one for where, one in self.sat.jotted.values() if where == place]

    async def own_keys(self) -> frozenset[str]:
        """The keys of whoever looks, by the rule that the walls are held to."""
        return keys_of(viewer(), demonstration_people(), ()) - {"public"}

    async def written(self, reference: str, key: str | None = None) -> tuple[Entry, ...]:
        """The entries of a cycle, under one key or all."""
        return tuple(one for one in self.memory.ledgers.get(reference, []) if key in (None, one.key))


class MemorySittings:
    """Keeps them in the same memory."""

    def __init__(self, reads: SittingMemory) -> None:
        self.reads = reads

    async def keep_under_way(self, place: str, item: int, by: str) -> None:
        """Note that a room is at an item."""
        self.reads.sat.at[place] = UnderWay(item=item, by=by, at=self.reads.memory.now)

    async def keep_jotting(self, key: str, place: str, one: Jotting) -> None:
        """Keep what was jotted down, once for its key."""
        self.reads.sat.jotted.setdefault(key, (place, one))


class MemoryAnnouncements:
    """Announces nothing by itself, and knows who sees a cycle."""

    def __init__(self, memory: Any) -> None:
        self.memory = memory

    async def openers(self, cycle: str) -> frozenset[str]:
        """The keys that open it, by the rule that the walls are held to."""
        found = self.memory.cycle(cycle)
        return frozenset(one.who for one in opens(found, demonstration_people())) if found else frozenset()

    async def listen(
        self, hear: Callable[[str], None], *, found: Callable[[], None], lost: Callable[[], None]
    ) -> None:
        """Hear nothing."""
