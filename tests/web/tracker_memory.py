# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""Trackers in memory, as the store keeps them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from schemas.trackers import Became, Import, KeptOver, KeptPage, Meant, Over, Sheet


@dataclass
class MemoryTrackers:
    """Imports by their numbers, what became of their rows, and what columns are called."""

    kept: dict[int, Import] = field(default_factory=dict)
    rows: dict[int, dict[int, Became]] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    over: dict[str, KeptOver] = field(default_factory=dict)
    """Closed rows by their marks: the memory of the reads, where there is one."""

    async def keep(self, digest: str, name: str, sheet: Sheet, person: str, at: datetime) -> int:
        """Keep one, once for its file and sheet."""
        for one in self.kept.values():
            if (one.digest, one.sheet) == (digest, sheet.name):
                return one.number
        number = len(self.kept) + 1
        self.kept[number] = Import(number, digest, sheet.name, name, person, at, sheet.rows, Meant())
        return number

    async def found(self, number: int) -> Import | None:
        """One."""
        return self.kept.get(number)

    async def recent(self, most: int = 20) -> list[Import]:
        """The newest first."""
        return list(reversed(self.kept.values()))[:most]

    async def mean(self, number: int, meant: Meant) -> None:
        """Keep the meaning."""
        self.kept[number] = replace(self.kept[number], meant=meant)

    async def remember(self, said: Mapping[str, str], at: datetime) -> None:
        """Keep the headings."""
        self.called |= said

    async def remembered(self) -> dict[str, str]:
        """The headings."""
        return self.called

    async def confirm(self, number: int, at: datetime) -> None:
        """Note the wish, once."""
        one = self.kept[number]
        self.kept[number] = replace(one, confirmed_at=one.confirmed_at or at)

    async def became(self, number: int, one: Became, at: datetime) -> None:
        """Note it; one that is in stays so."""
        rows = self.rows.setdefault(number, {})
        if one.row not in rows or rows[one.row].became != "proposed":
            rows[one.row] = one

    async def outcome(self, number: int) -> dict[int, Became]:
        """What became of the rows."""
        return dict(self.rows.get(number, {}))

    async def known(self, marks: Collection[str]) -> dict[str, str]:
        """Those that are kept."""
        return {
            mark: f"{self.over[mark].file}, sheet {self.over[mark].sheet}, row {self.over[mark].over.row}"
            for mark in marks
            if mark in self.over
        }

    async def keep_over(self, one: Import, rows: Iterable[Over], by: str, at: datetime) -> None:
        """Each once."""
        for it in rows:
            self.over.setdefault(it.mark, KeptOver(it, one.name, one.sheet, one.digest, by, at))

    async def kept_of(self, number: int) -> int:
        """Of one file and sheet."""
        mine = self.kept[number]
        return sum((it.digest, it.sheet) == (mine.digest, mine.sheet) for it in self.over.values())


class ClosedMemory:
    """What can be asked of closed rows of old trackers."""

    memory: Any

    async def closed_before(self, search: str = "", most: int | None = 50, skip: int = 0) -> KeptPage:
        """By words that stand in them."""
        sought = search.casefold()
        found = [one for one in self.memory.closed.values() if sought in _words(one).casefold()]
        rows = found[skip:] if most is None else found[skip : skip + most]
        return KeptPage(tuple(rows), len(found))


def _words(one: KeptOver) -> str:
    it = one.over
    return f"{it.what} {it.number} {it.owner} {it.status} {it.notes} {one.file}"
