# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""The directory and the whole record in memory, as a test fills them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rules.clocks import civil
from schemas.directory import Done, Lead, PersonChange, Sought, Standing
from schemas.people import Person


@dataclass
class DirectoryShelf:
    """Who stands in the directory beside the demonstration's people, and what was changed."""

    entries: dict[str, Person] = field(default_factory=dict)
    changes: list[PersonChange] = field(default_factory=list)


class DirectoryMemory:
    """What can be asked about the directory and the record."""

    memory: Any

    def _there(self) -> None:
        if self.memory.down:
            raise ConnectionRefusedError

    async def people_changes(self, person: str | None = None, most: int = 50) -> list[PersonChange]:
        """Newest first."""
        self._there()
        kept = self.memory.directory.changes
        return [one for one in reversed(kept) if person in (None, one.person)][:most]

    async def leads(self, person: str) -> list[Lead]:
        """The open requests of every cycle."""
        self._there()
        memory = self.memory
        return [
            Lead(
                cycle=reference,
                number=one.number,
                title=memory.words.get(one.draft.title, ""),
                due_at=one.due.at if one.due else None,
            )
            for reference in memory.ledgers
            for one in memory.cycle(reference).requests
            if one.open and one.draft.lead == person
        ]

    async def done(
        self, sought: Sought, kinds: tuple[str, ...], most: int, skip: int = 0
    ) -> tuple[list[Done], int]:
        """Acts of the ledgers and of the directory."""
        self._there()
        acts = [
            Done(
                at=one.at,
                person=one.actor.person,
                role=one.actor.role.value,
                book="cycles",
                act=one.event.kind,
                about=one.cycle,
            )
            for entries in self.memory.ledgers.values()
            for one in entries
        ]
        acts += [
            Done(
                at=one.at,
                person=one.by,
                role=one.role.value,
                book="directory",
                act="; ".join(one.what),
                about=one.person,
                reason=one.reason,
            )
            for one in self.memory.directory.changes
        ]
        found = [one for one in acts if _is(one, sought, kinds)]
        return found[skip : skip + most], len(found)

    async def standing_now(self, now: datetime) -> Standing:
        """A record in order."""
        self._there()
        acts = sum(map(len, self.memory.ledgers.values()))
        return Standing(
            cycles_under_way=len(self.memory.ledgers), acts=acts, last_act_at=None, late=0, late_since=None,
            mails_under_way=0, mails_bounced=1, files_waiting=0, files_waiting_since=None,
        )  # fmt: skip


class MemoryDirectory:
    """Keeps entries as the store does: once for a key, and never over what has moved on."""

    def __init__(self, reads: Any) -> None:
        self.reads = reads

    async def change(self, change: PersonChange, before: Person | None, after: Person) -> bool:
        """Keep it, or say that it has moved on."""
        shelf = self.reads.memory.directory
        if change.key in {one.key for one in shelf.changes}:
            return True
        if (await self.reads.people()).get(after.id) != before:
            return False
        shelf.entries[after.id] = after
        shelf.changes.append(change)
        return True


def _is(one: Done, sought: Sought, kinds: tuple[str, ...]) -> bool:
    day = civil(one.at)
    return (
        sought.person in ("", one.person)
        and sought.about.lower() in (one.about or "").lower()
        and (sought.act.lower() in one.act.lower() or one.act in kinds)
        and sought.book in (None, one.book)
        and (sought.since is None or day >= sought.since)
        and (sought.until is None or day <= sought.until)
    )
