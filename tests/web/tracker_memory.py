# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""Trackers in memory, as the store keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from schemas.trackers import Became, Import, Meant, Sheet


@dataclass
class MemoryTrackers:
    """Imports by their numbers, what became of their rows, and what columns are called."""

    kept: dict[int, Import] = field(default_factory=dict)
    rows: dict[int, dict[int, Became]] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)

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
