"""What the public site asks beside the record: search, what is late, meetings, the archive."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

from schemas.public_meetings import SeenSession, SeenSessions
from schemas.rows import CyclePage, PublicationRow
from schemas.searching import MARK_FROM, MARK_TO, Hit, Hits, LatePage, LateRow, Wanted
from tests.web import listed_memory as listed
from tests.web.ledger_memory import LedgerMemory
from tests.web.streams_memory import HitsMemory
from tests.web_public.sample import Story


@dataclass
class PublicReads(HitsMemory, LedgerMemory):
    """A search that knows whole words; PostgreSQL's own is tested in tests/store."""

    stories: list[Story] = field(default_factory=list)
    shown: list[PublicationRow] = field(default_factory=list)
    late: list[LateRow] = field(default_factory=list)
    asked: int = 0
    mark: str = "1"

    async def search(self, wanted: Wanted, most: int = 20, skip: int = 0) -> Hits:
        """The newest versions that fit."""
        newest: dict[str, PublicationRow] = {}
        for row in sorted(self.shown, key=lambda row: row.version):
            newest[row.cycle] = row
        rows = sorted(newest.values(), key=lambda row: (row.published_at, row.cycle), reverse=True)
        found = [row for row in rows if _fits(row, wanted)]
        hits = tuple(Hit(row=row, snippet=_marked(row, wanted)) for row in found[skip : skip + most])
        years = tuple(sorted({row.published_at.year for row in rows}, reverse=True))
        return Hits(hits=hits, count=len(found), published=len(rows), years=years)

    async def every_publication(self) -> AsyncIterator[PublicationRow]:
        """Every version."""
        for row in sorted(self.shown, key=lambda row: (row.cycle, row.version)):
            yield row

    async def late_now(self, before: datetime, most: int = 500) -> list[LateRow]:
        """Those that a test has made late."""
        found = [row for row in self.late if row.due_at < before]
        return sorted(found, key=lambda row: row.due_at)[:most]

    async def late_lately(self, before: datetime, most: int) -> list[LateRow]:
        """The same, newest first."""
        return (await self.late_now(before))[::-1][:most]

    async def late_page(self, before: datetime, most: int, skip: int = 0) -> LatePage:
        """One page of it."""
        found = await self.late_now(before)
        return LatePage(rows=tuple(found[skip : skip + most]), counts=Counter(row.what for row in found))

    async def meetings_ahead(self, now: datetime, most: int, skip: int = 0) -> SeenSessions:
        """Those to come."""
        return listed.ahead([one.page() for one in self.stories], now, most, skip)

    async def meetings_behind(
        self, now: datetime, most: int, skip: int = 0, since: datetime | None = None
    ) -> SeenSessions:
        """The others."""
        return listed.behind([one.page() for one in self.stories], now, most, skip, since)

    async def meetings_named(self, cycle: str | None, meeting: str | None) -> tuple[SeenSession, ...]:
        """Of a cycle, or of one meeting."""
        return listed.named([one.page() for one in self.stories], cycle, meeting)

    async def meeting(self, reference: str, most: int = 50) -> list[CyclePage]:
        """The stories on a meeting."""
        pages = [one.page() for one in self.stories]
        return [one for one in pages if any(it.meeting == reference for it in one.cycle.sessions)][:most]

    async def withdrawn_count(self) -> int:
        """How many versions were withdrawn."""
        return sum(one.withdrawn_at is not None for one in self.shown)

    async def public_mark(self) -> str:
        """What a test says; asked so often."""
        self.asked += 1
        return self.mark

    async def published_mark(self) -> str:
        """So many versions, so many of them withdrawn."""
        return f"{len(self.shown)}.{sum(row.withdrawn_at is not None for row in self.shown)}"


def _text(row: PublicationRow) -> str:
    return " ".join([row.cycle, *row.facts["commitments"], *row.words.values()])


def _fits(row: PublicationRow, wanted: Wanted) -> bool:
    if row.withdrawn_at and (wanted.words or wanted.judgement or wanted.open):
        return False
    if wanted.objective and row.theme != wanted.objective:
        return False
    if wanted.judgement and all(one["judgement"] != wanted.judgement for one in row.facts["judgements"]):
        return False
    if wanted.year and row.published_at.year != wanted.year:
        return False
    return all(word in _text(row).casefold() for word in wanted.words.casefold().split())


def _marked(row: PublicationRow, wanted: Wanted) -> str:
    first = wanted.words.split()[:1]
    text = _text(row)
    at = text.casefold().find(first[0].casefold()) if first else -1
    if at < 0:
        return ""
    end = at + len(first[0])
    return f"{text[max(0, at - 30) : at]}{MARK_FROM}{text[at:end]}{MARK_TO}{text[end : end + 30]}"
