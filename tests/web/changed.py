"""What the office of a test has changed for itself, and the reads over it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime

from schemas.outside import FeedRow
from schemas.rows import CyclePage
from schemas.standards import Behind, BehindPage, Standards, StandardsEdition
from schemas.successions import Announced
from schemas.windows import WindowEdition
from store.reads import Reads

MADE_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@dataclass
class Changed:
    """Editions of standards and windows, oldest first, and who was announced to take over."""

    standards: list[StandardsEdition] = field(default_factory=list)
    windows: list[WindowEdition] = field(default_factory=list)
    successions: list[Announced] = field(default_factory=list)

    async def keep_standards(self, office: str, standards: Standards, by: str, reason: str) -> bool:
        """Keep an edition, unless it is there."""
        assert office
        taken = any((it.standards.id, it.standards.edition) == (standards.id, standards.edition)
                    for it in self.standards)  # fmt: skip
        made = StandardsEdition(standards=standards, changed_by=by, changed_at=MADE_AT, reason=reason)
        self.standards += [] if taken else [made]
        return not taken

    async def take_back_succession(self, one: Announced, by: str, reason: str) -> bool:
        """Forget an announcement."""
        assert by
        assert reason
        there = one in self.successions
        self.successions = [it for it in self.successions if it != one]
        return there

    async def keep_succession(self, one: Announced) -> bool:
        """Keep an announcement, unless one of the same day is kept."""
        taken = any((it.what, it.from_on) == (one.what, one.from_on) for it in self.successions)
        self.successions += [] if taken else [one]
        return not taken


class ChangedReads(Reads):
    """Reads over what the office has changed."""

    changed: Changed

    async def standards(self, office: str) -> dict[str, Standards]:
        """As the office changed them last."""
        return {one.standards.id: one.standards for one in await self.standards_history(office)}

    async def outside_feeds(self, cycle: str | None = None, most: int = 100) -> list[FeedRow]:
        """Nothing came from outside."""
        del cycle, most
        return []

    async def standards_history(self, office: str, kind: str | None = None) -> list[StandardsEdition]:
        """Of one kind or of all."""
        assert office
        return [one for one in self.changed.standards if kind in (None, one.standards.id)]

    async def behind(self, kind: str, edition: int, most: int = 20) -> BehindPage:
        """The cycles under way with an earlier edition."""
        found = [
            Behind(cycle=one.cycle.reference, title=one.words.get(one.cycle.title, ""),
                   edition=one.cycle.standards.edition)
            for one in await self.under_way()
            if one.cycle.standards.id == kind and one.cycle.standards.edition < edition
        ]  # fmt: skip
        return BehindPage(rows=tuple(found[:most]), all=len(found))

    async def windows_history(self, office: str, rule: str | None = None) -> list[WindowEdition]:
        """Of one rule or of all."""
        assert office
        return [one for one in self.changed.windows if rule in (None, one.window.id)]

    async def open_under(self, bodies: Collection[str]) -> list[CyclePage]:
        """The cycles under way of some bodies."""
        return [one for one in await self.under_way() if one.cycle.body in bodies]

    async def successions(self, office: str | None = None) -> list[Announced]:
        """Of one office or of all."""
        return [one for one in self.changed.successions if office in (None, one.office)]
