"""Reads in memory behind the same walls as the store's: what the rule says of whoever looks, and no more."""

import json
from collections.abc import Iterable
from datetime import datetime

from rules.acting.seeing import keys_of, opens, parts_open, sees
from rules.acting.seen_parts import part_of, seen
from schemas.cycle import Cycle
from schemas.records import Entry
from schemas.rows import CyclePage, CycleRow, DeadlineRow, TaskRow, TimelineRow
from schemas.signed_in import Access
from schemas.viewing import Opening, Restriction
from store.viewing import viewer
from tests.web.memory import Memory, MemoryReads
from tests.web.walled_boards import WalledBoards


class MemoryWalls:
    """Restrictions and openings, and the log of both."""

    def __init__(self) -> None:
        self.restricted: dict[str, Restriction] = {}
        self.opened: list[Opening] = []
        self.log: list[Access] = []

    async def restrict(self, one: Restriction, role: str) -> bool:
        """Keep a restriction."""
        self.restricted[one.cycle] = one
        self._note(Access(one.at, one.by, role, "restricted the cycle", one.cycle, one.reason))
        return True

    async def lift(self, cycle: str, by: str, role: str, reason: str, at: datetime) -> bool:
        """Take it away."""
        self._note(Access(at, by, role, "lifted the restriction", cycle, reason))
        return self.restricted.pop(cycle, None) is not None

    async def open(self, one: Opening) -> bool:
        """Keep an opening, once while it lasts."""
        if any(
            (two.cycle, two.person) == (one.cycle, one.person) and two.until > one.at for two in self.opened
        ):
            return False
        self.opened.append(one)
        self._note(
            Access(one.at, one.person, one.role.value, "opened a restricted cycle for 60 minutes", one.cycle,
                   one.reason)
        )  # fmt: skip
        return True

    def _note(self, line: Access) -> None:
        self.log.insert(0, line)


class WalledReads(WalledBoards, MemoryReads):
    """The same reads, as whoever looks sees them."""

    def __init__(self, memory: Memory, walls: MemoryWalls) -> None:
        super().__init__(memory)
        self.walls = walls

    async def parts(self, reference: str) -> frozenset[str]:
        """The parts of a cycle that are open to whoever looks."""
        cycle = self.memory.cycle(reference)
        if cycle is None:
            return frozenset()
        people = await self.people()
        keys = keys_of(viewer(), people, await self.successions())
        openings = [one for one in self.walls.opened if one.cycle == reference]
        opened = opens(cycle, people, self.walls.restricted.get(reference), openings)
        return parts_open(opened, keys, self.memory.now)

    async def _seen(self, reference: str) -> Cycle | None:
        cycle = self.memory.cycle(reference)
        return seen(cycle, await self.parts(reference)) if cycle else None

    async def cycles(
        self, stage: str | None = None, search: str | None = None, most: int = 100, skip: int = 0
    ) -> list[CycleRow]:
        """Those that are seen."""
        rows = await super().cycles(stage, search, 10_000)
        return [row for row in rows if await self._seen(row.reference)][skip : skip + most]

    async def cycle(self, reference: str) -> CyclePage | None:
        """One as it is seen."""
        page, cycle = await super().cycle(reference), await self._seen(reference)
        return page.model_copy(update={"cycle": cycle}) if page and cycle else None

    async def timeline(
        self, reference: str, *, public: bool = False, most: int | None = None
    ) -> list[TimelineRow]:
        """The entries that are seen."""
        parts = await self.parts(reference)
        rows = await super().timeline(reference, public=public)
        return [row for row in rows if _told(parts, row.entry)][:most]

    async def deadlines(
        self,
        owner: str | None = None,
        cycle: str | None = None,
        before: datetime | None = None,
        most: int = 500,
        skip: int = 0,
    ) -> list[DeadlineRow]:
        """Those of the parts that are seen."""
        rows = await super().deadlines(owner, cycle, before, 10_000)
        return [row for row in rows if sees(await self.parts(row.cycle), _part_owed(row))][skip : skip + most]

    async def tasks(self, lead: str | None = None, most: int = 200) -> list[TaskRow]:
        """The requests that are seen."""
        rows = await super().tasks(lead, 10_000)
        return [row for row in rows if sees(await self.parts(row.cycle), f"request/{row.number}")][:most]

    async def file_seen(self, digest: str) -> bool:
        """Whether it stands in an entry that is seen."""
        for reference, entries in self.memory.ledgers.items():
            parts = await self.parts(reference)
            if any(digest in _digests(one) and sees(parts, part_of(one.event)) for one in entries):
                return True
        return False

    async def restriction(self, cycle: str) -> Restriction | None:
        """Where whoever looks may know of it."""
        parts = await self.parts(cycle)
        return self.walls.restricted.get(cycle) if {"whole", "restricted"} & parts else None

    async def openings(self, since: datetime, cycle: str | None = None) -> list[Opening]:
        """Those that last."""
        return [one for one in self.walls.opened if one.until > since and cycle in (None, one.cycle)]

    async def access(self, most: int = 100, skip: int = 0) -> list[Access]:
        """The log."""
        return self.walls.log[skip : skip + most]


def _told(parts: Iterable[str], one: Entry) -> bool:
    published = "published" in parts and one.public and one.marking == "OFFICIAL"
    return published or sees(frozenset(parts), part_of(one.event))


def _part_owed(row: DeadlineRow) -> str:
    named = {"return": f"request/{row.number}", "action": f"action/{row.number}", "fact_check": "fact_check"}
    return named.get(row.what, "session")


def _digests(one: Entry) -> str:
    return json.dumps(one.event.model_dump(mode="json"))
