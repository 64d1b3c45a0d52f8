"""What became of the post, how people want it, and letters in an office's own words, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from schemas.posting import Again, Choice, Edition, Posted, Receipt
from web.door.posting import PostKept


@dataclass
class MemoryPost:
    """All of it."""

    kept: dict[str, Posted] = field(default_factory=dict)
    again: list[Again] = field(default_factory=list)
    chosen: dict[str, Choice] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    written: list[Edition] = field(default_factory=list)
    trials: list[tuple[str, str, str, str]] = field(default_factory=list)

    async def posted(self, cycle: str, request: int | None = None, most: int = 50) -> list[Posted]:
        """Newest first."""
        found = [
            one for one in self.kept.values() if one.cycle == cycle and request in (None, one.notice.request)
        ]
        return sorted(found, key=lambda one: one.at, reverse=True)[:most]

    async def posted_as(self, reference: str) -> Posted | None:
        """One."""
        return self.kept.get(reference)

    async def bounced_for(self, person: str, most: int = 20) -> list[Posted]:
        """Those that came back, of whoever opened any cycle here."""
        found = [one for one in self.kept.values() if one.state == "bounced" and one.again is None]
        return found[:most] if person == "policy-officer" else []

    async def received(self, receipt: Receipt) -> bool:
        """The first word stands."""
        one = self.kept.get(receipt.reference)
        if one is None or one.state not in ("sending", "sent"):
            return False
        self.kept[receipt.reference] = one.model_copy(
            update={"state": receipt.state, "state_at": receipt.at, "why": receipt.why}
        )
        return True

    async def send_again(self, again: Again, role: str) -> bool:
        """Once."""
        one = self.kept[again.reference]
        if one.again is not None:
            return False
        self.kept[again.reference] = one.model_copy(update={"again": again.notice.key})
        self.again.append(again)
        return bool(role)

    async def choices(self, people: Sequence[str]) -> dict[str, Choice]:
        """What they chose."""
        return {one: self.chosen[one] for one in people if one in self.chosen}

    async def choose(self, person: str, choice: Choice, _at: datetime) -> None:
        """Keep it."""
        self.chosen[person] = choice

    async def calendar_number(self, person: str) -> int:
        """How often it was renewed."""
        return self.numbers.get(person, 0)

    async def renew_calendar(self, person: str, number: int, _at: datetime) -> None:
        """Give it another address."""
        self.numbers[person] = max(number, self.numbers.get(person, 0))

    async def in_force(self) -> dict[str, Edition]:
        """The newest of each."""
        return {one.name: one for one in sorted(self.written, key=lambda one: one.version)}

    async def editions(self, name: str) -> list[Edition]:
        """Newest first."""
        found = [one for one in self.written if one.name == name]
        return sorted(found, key=lambda one: one.version, reverse=True)

    async def keep_edition(self, edition: Edition) -> bool:
        """Once for each number."""
        if any((one.name, one.version) == (edition.name, edition.version) for one in self.written):
            return False
        self.written.append(edition)
        return True

    async def to_me(self, subject: str, text: str, html: str, address: str) -> bool:
        """Take every trial."""
        self.trials.append((subject, text, html, address))
        return True


def kept_in(memory: MemoryPost, callback: str | None = None) -> PostKept:
    """What the face sees of it."""
    return PostKept(posted=memory, choices=memory, editions=memory, callback=callback, trials=memory)
