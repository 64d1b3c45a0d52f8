"""Reads that know nothing but the stories which a test tells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reference.catalogue import demonstration_people, plan
from rules.boards import board_rows
from schemas.board_pages import ConcerningPage
from schemas.boards import BoardRows
from schemas.cycle import Cycle
from schemas.people import Person
from schemas.plans import Plan
from schemas.rows import CyclePage, CycleRow, DeadlineRow, PublicationRow, ReleaseRow, TimelineRow
from schemas.standards import StandardsEdition
from schemas.windows import WindowEdition
from tests.scenario import LEAD
from tests.web.boards_memory import BoardsMemory
from tests.web_public.plan_stub import PlanReads
from tests.web_public.public_stub import PublicReads
from tests.web_public.sample import REFERENCE, Story


@dataclass
class StubReads(BoardsMemory, PublicReads, PlanReads):
    """Reads over stories told in a test, each version published as it was."""

    due: list[DeadlineRow] = field(default_factory=list)
    to_come: list[ReleaseRow] = field(default_factory=list)
    windows: list[WindowEdition] = field(default_factory=list)
    the_plan: Plan | None = field(default_factory=plan)

    def _boards(self) -> Iterator[tuple[Cycle, BoardRows]]:
        """What the boards read of the stories."""
        for one in self.stories:
            cycle = one.page().cycle
            yield cycle, board_rows(cycle)

    async def concerning(
        self, _people: Any, _since: datetime, _cycle: str = "", most: int = 50, skip: int = 0
    ) -> ConcerningPage:
        """All of them."""
        pages = tuple(one.page() for one in self.stories)
        return ConcerningPage(pages=pages[skip : skip + most], all=len(pages))

    def _said(self, ref: str | None) -> str:
        found = (one.page().say(ref) for one in self.stories)
        return next((said for said in found if said), "")

    async def publications(self, most: int = 200) -> list[PublicationRow]:
        """Newest first."""
        return sorted(self.shown, key=lambda row: row.published_at, reverse=True)[:most]

    async def publication(self, reference: str, version: int | None = None) -> PublicationRow | None:
        """The newest, or the one that is named."""
        rows = [row for row in self.shown if row.cycle == reference and version in (None, row.version)]
        return max(rows, key=lambda row: row.version, default=None)

    async def releases(self, reference: str | None = None, most: int | None = None) -> list[ReleaseRow]:
        """Those that a test has scheduled."""
        return [one for one in self.to_come if reference in (None, one.cycle)][:most]

    async def cycles_named(self, references: Iterable[str]) -> dict[str, CyclePage]:
        """The stories of those names."""
        wanted = set(references)
        return {one.reference: one.page() for one in self.stories if one.reference in wanted}

    async def cycle(self, reference: str) -> CyclePage | None:
        """One story as it stands."""
        return next((one.page() for one in self.stories if one.reference == reference), None)

    async def cycles(
        self, _stage: str | None = None, _search: str | None = None, most: int = 100, skip: int = 0
    ) -> list[CycleRow]:
        """All of them."""
        return [one.row() for one in self.stories][skip : skip + most]

    async def timeline(
        self, reference: str, *, public: bool = False, most: int | None = None
    ) -> list[TimelineRow]:
        """One story, newest first."""
        return next((one.timeline(public=public) for one in self.stories if one.reference == reference), [])[
            :most
        ]

    async def deadlines(
        self,
        owner: str | None = None,
        _cycle: str | None = None,
        _before: datetime | None = None,
        most: int = 500,
        skip: int = 0,
    ) -> list[DeadlineRow]:
        """What is still owed."""
        return [one for one in self.due if owner in (None, one.owner)][skip : skip + most]

    async def soonest(
        self, what: str, since: datetime | None = None, most: int = 1
    ) -> tuple[DeadlineRow, ...]:
        """Of a kind."""
        found = [one for one in self.due if one.what == what and (since is None or one.due_at >= since)]
        return tuple(sorted(found, key=lambda one: one.due_at)[:most])

    async def standards_history(self, _office: str, _kind: str | None = None) -> list[StandardsEdition]:
        """The office has changed none."""
        return []

    async def windows_history(self, _office: str, _rule: str | None = None) -> list[WindowEdition]:
        """What the office has changed."""
        return self.windows

    async def people(self) -> dict[str, Person]:
        """Those of the demonstration."""
        return demonstration_people()

    async def plan(self, _plan: str | None = None) -> Plan | None:
        """The plan of the demonstration."""
        return self.the_plan


def reads_of(*stories: Story) -> StubReads:
    """Reads over stories whose findings are published."""
    return StubReads(stories=list(stories), shown=[one.publication() for one in stories])


def owed(key: str, at: datetime, **changes: Any) -> DeadlineRow:
    """One thing that is still owed."""
    facts: dict[str, Any] = {
        "cycle": REFERENCE,
        "cycle_title": "Can people reach the police when they need to?",
        "key": key,
        "what": key.split("/", maxsplit=1)[0],
        "number": "1",
        "title": "Answering 999 and 101",
        "owner": LEAD.person,
        "owner_title": "Assistant Chief Constable, Local Policing",
        "due_at": at,
        "missed": False,
        "done": False,
    }
    return DeadlineRow.model_validate({**facts, **changes})
