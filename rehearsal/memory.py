"""What cycles in skipped time keep while they run, and forget afterwards, by their references."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules.clocks import civil
from rules.stages import stage
from schemas.cycle import Cycle
from schemas.files import Scan
from schemas.notices import Delivery, Notice
from schemas.people import Person
from schemas.plans import Plan
from schemas.records import Entry, Standing, Writing
from schemas.rows import CyclePage
from schemas.successions import Announced
from schemas.windows import WindowEdition


@dataclass
class Kept:
    """One cycle: its ledger, what the ledger adds up to, and what was sent because of it."""

    ledger: list[Entry] = field(default_factory=list)
    cycle: Cycle | None = None
    sent: list[tuple[Notice, tuple[str, ...]]] = field(default_factory=list)


@dataclass
class Memory:
    """Ledgers, post, texts and directory, in memory."""

    everybody: Mapping[str, Person]
    plan_in_force: Plan | None = None
    windows: tuple[WindowEdition, ...] = ()
    cycles: dict[str, Kept] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    letters: None = None
    """There is no out-tray: a letter has gone as soon as its act is written down."""

    def of(self, reference: str) -> Kept:
        """What is kept of one cycle; nothing yet where it is new."""
        return self.cycles.setdefault(reference, Kept())

    def standing(self, reference: str) -> Cycle:
        """What a cycle's ledger adds up to.

        Raises: LookupError: nothing of it has been written down.
        """
        cycle = self.of(reference).cycle
        if cycle is None:
            raise LookupError(f"{reference} has not been opened")
        return cycle

    def bring_in(self, entries: Iterable[Entry], cycle: Cycle) -> None:
        """Take a cycle over as its ledger has it."""
        self.cycles[cycle.reference] = Kept(ledger=list(entries), cycle=cycle)

    async def record(self, writing: Writing) -> Standing:
        """Append what follows on; say what stands there where something else does."""
        kept = self.of(writing.cycle.reference)
        first = writing.entries[0].version
        if len(kept.ledger) < first:
            kept.ledger.extend(writing.entries)
            kept.cycle = writing.cycle
            for letter in writing.letters:
                await self.deliver(letter)
            return Standing()
        standing = tuple(kept.ledger[first - 1 :])
        return Standing() if standing == writing.entries else Standing(entries=standing)

    async def deliver(self, notice: Notice) -> Delivery:
        """Note who would have been told; the post reads the true clock, and a cycle's may be set back."""
        kept = self.of(notice.cycle)
        told = self._people(notice)
        reached = tuple(one.id for one in told if one.address)
        kept.sent.append((notice, reached))
        at = notice.planned_at + kept.cycle.set_back if kept.cycle else notice.planned_at
        return Delivery(delivered=bool(reached), told=reached, at=at)

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
        """The cycles that are here on a meeting."""
        kept = (one.cycle for one in self.cycles.values() if one.cycle)
        return [
            self._page(one) for one in kept if any(session.meeting == reference for session in one.sessions)
        ]

    async def windows_history(self, office: str, rule: str | None = None) -> list[WindowEdition]:
        """The office's own windows, as they were taken along."""
        del office
        return [one for one in self.windows if rule in (None, one.window.id)]

    async def scans(self, digests: Iterable[str]) -> dict[str, Scan]:
        """None: a rehearsal has papers in name only, and nothing keeps them back."""
        del digests
        return {}

    async def successions(self, office: str | None = None) -> list[Announced]:
        """None: a rehearsal is of the office as it stands."""
        del office
        return []

    async def plan(self) -> Plan | None:
        """The plan."""
        return self.plan_in_force

    async def cycle(self, reference: str) -> CyclePage | None:
        """The cycle as it stands."""
        kept = self.cycles.get(reference)
        return self._page(kept.cycle) if kept and kept.cycle else None

    async def written(self, reference: str, key: str | None = None) -> tuple[Entry, ...]:
        """What an act, or every act, wrote down."""
        kept = self.cycles.get(reference)
        return tuple(one for one in kept.ledger if key in (None, one.key)) if kept else ()

    def _page(self, cycle: Cycle) -> CyclePage:
        return CyclePage(cycle=cycle, stage=stage(cycle), words=self.words)

    def _people(self, notice: Notice) -> list[Person]:
        day = civil(notice.planned_at)
        named = [self.everybody[one] for one in notice.to if one in self.everybody]
        deputies = [
            person
            for lead in named
            for person in self.everybody.values()
            if person.id != lead.id and person.deputises_for(lead, day)
        ]
        if notice.route == "deputy":
            return deputies
        copied = deputies if notice.copy_deputies else []
        roles = set(notice.roles)
        in_roles = [one for one in self.everybody.values() if roles & one.roles_on(day)]
        return list({one.id: one for one in (*named, *copied, *in_roles)}.values())
