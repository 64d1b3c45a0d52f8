# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""Drafts and the list of cycles in memory."""

from datetime import datetime
from typing import Any

from schemas.drafts import Draft, DraftKind
from schemas.listing import FoundCycles, ListedCycle, SoughtCycles
from schemas.rows import CycleRow

OVER = ("closed", "cancelled")


class MemoryDrafts:
    """Drafts by their ids."""

    def __init__(self) -> None:
        self.kept: dict[str, Draft] = {}

    async def draft(self, name: str) -> Draft | None:
        """One."""
        return self.kept.get(name)

    async def begun(
        self, kind: DraftKind, person: str | None = None, about: str | None = None, most: int = 20
    ) -> tuple[Draft, ...]:
        """Those not handed in."""
        found = [
            one
            for one in self.kept.values()
            if one.kind == kind and person in (None, one.person) and about in (None, one.about)
            and one.sent_as is None
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: one.changed_at, reverse=True)[:most])

    async def keep_draft(self, draft: Draft) -> Draft | None:
        """Where its version is the newest."""
        stands = self.kept.get(draft.id)
        if (stands.version if stands else 0) != draft.version or (stands and stands.sent_as):
            return None
        self.kept[draft.id] = draft.model_copy(update={"version": draft.version + 1})
        return self.kept[draft.id]

    async def hand_in(self, name: str, reference: str) -> None:
        """The first note stands."""
        one = self.kept.get(name)
        if one and one.sent_as is None:
            self.kept[name] = one.model_copy(update={"sent_as": reference})

    async def discard(self, name: str) -> None:
        """Unless it was handed in."""
        if name in self.kept and self.kept[name].sent_as is None:
            del self.kept[name]


class ListMemory:
    """The list of cycles over the same memory."""

    memory: Any

    async def cycle_list(
        self, sought: SoughtCycles, now: datetime, most: int = 50, skip: int = 0
    ) -> FoundCycles:
        """Those that are sought, in the order of their references."""
        seen = getattr(self, "_seen", None)
        every = [one for one in sorted(self.memory.ledgers) if seen is None or await seen(one)]
        rows = [self._listed(reference) for reference in every]
        found = [one for one in rows if _wanted(one, sought)]
        return FoundCycles(rows=tuple(found[skip : skip + most]), count=len(found))

    async def cycle_years(self) -> tuple[int, ...]:
        """Of the references."""
        return tuple(sorted({int(one.split("-")[1]) for one in self.memory.ledgers}, reverse=True))

    def _listed(self, reference: str) -> ListedCycle:
        cycle = self.memory.cycle(reference)
        row: CycleRow = self._row(reference)
        return ListedCycle.model_validate(
            {
                **row.model_dump(),
                "leads": tuple(dict.fromkeys(one.draft.lead for one in cycle.requests if one.open)),
                "owners": tuple(one.owner for one in cycle.actions if one.state == "confirmed"),
            }
        )

    def _row(self, reference: str) -> CycleRow:
        raise NotImplementedError


def _wanted(row: ListedCycle, sought: SoughtCycles) -> bool:
    stage = {"all": True, "open": row.stage not in OVER}.get(sought.standing, row.stage == sought.standing)
    said = sought.words.lower()
    return (
        stage
        and (said in row.title.lower() or said in row.reference.lower())
        and sought.theme in ("", row.theme)
        and (sought.who in ("", row.opened_by) or sought.who in row.leads)
        and (not sought.late or row.late > 0)
        and sought.year in (0, int(row.reference.split("-")[1]))
    )
