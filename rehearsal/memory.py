"""What a rehearsal keeps while it runs, and forgets after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.apply import add_up
from rules.stages import stage
from schemas.cycle import Cycle
from schemas.notices import Delivery, Notice
from schemas.people import Person
from schemas.plans import Plan
from schemas.records import Entry, Standing, Writing
from schemas.rows import CyclePage
from schemas.windows import WindowEdition


@dataclass
class Memory:
    """Ledger, post, texts and directory of one rehearsal, in memory."""

    plan_in_force: Plan
    everybody: Mapping[str, Person]
    ledger: list[Entry] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    sent: list[tuple[Notice, tuple[str, ...]]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    async def record(self, writing: Writing) -> Standing:
        """Append what follows on; say what stands there where something else does."""
        first = writing.entries[0].version
        if len(self.ledger) < first:
            self.ledger.extend(writing.entries)
            return Standing()
        standing = tuple(self.ledger[first - 1 :])
        return Standing() if standing == writing.entries else Standing(entries=standing)

    async def deliver(self, notice: Notice) -> Delivery:
        """Note who would have been told."""
        told = self._people(notice)
        reached = tuple(one.id for one in told if one.address)
        self.sent.append((notice, reached))
        return Delivery(delivered=bool(reached), told=reached, at=notice.planned_at)

    async def keep_words(self, words: Mapping[str, str]) -> None:
        """Keep texts under their references."""
        self.words.update(words)

    async def allot(self, key: str, kind: str, year: int) -> int:
        """The next number of a kind in a year; the same key gets the same number."""
        prefix = f"{kind}/{year}/"
        taken = sum(1 for one in self.numbers if one.startswith(prefix))
        return self.numbers.setdefault(prefix + key, taken + 1)

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        return dict(self.everybody)

    async def meeting(self, reference: str) -> list[CyclePage]:
        """None: one cycle is rehearsed alone."""
        del reference
        return []

    async def windows_history(self, office: str, rule: str | None = None) -> list[WindowEdition]:
        """A rehearsal counts with the numbers that came with the product."""
        del office, rule
        return []

    async def plan(self) -> Plan | None:
        """The plan."""
        return self.plan_in_force

    async def cycle(self, reference: str) -> CyclePage | None:
        """The cycle as it stands."""
        if not self.ledger or self.ledger[0].cycle != reference:
            return None
        cycle = self.standing()
        return CyclePage(cycle=cycle, stage=stage(cycle), words=self.words)

    async def written(self, reference: str, key: str | None = None) -> tuple[Entry, ...]:
        """What an act, or every act, wrote down."""
        return tuple(one for one in self.ledger if one.cycle == reference and key in (None, one.key))

    def standing(self) -> Cycle:
        """What the ledger adds up to."""
        return add_up(self.ledger)

    def _people(self, notice: Notice) -> list[Person]:
        named = [self.everybody[one] for one in notice.to if one in self.everybody]
        if notice.route == "deputy":
            return [self.everybody[one.deputy] for one in named if one.deputy]
        deputies = [self.everybody[one.deputy] for one in named if notice.copy_deputies and one.deputy]
        in_roles = [one for one in self.everybody.values() if one.role in notice.roles]
        return list({one.id: one for one in (*named, *deputies, *in_roles)}.values())
