# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""A programme in memory: a desk that asks the real rules, and reads over what it wrote."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engine.programme_desk import ProgrammeDesk, ProgrammeOutcome
from reference.catalogue import calendar, demonstration_people, plan, standards
from reference.working import working_calendar
from rules.boards.asked import scrutiny_of
from rules.programme.answering import receipt_of, writing
from rules.programme.apply import add_up_programme
from rules.programme.authority import may_programme
from rules.programme.coverage import asked
from rules.programme.decide import decide_programme
from rules.programme.doorway import Known, check_programme
from rules.programme.verdict import ProgrammeDecision
from schemas.outcomes import Refused
from schemas.programme import Programme
from schemas.programme.commands import AnyProgrammeCommand
from schemas.programme.records import ProgrammeEntry, ProgrammeReceipt
from schemas.programme.rows import Asked, ProgrammePage
from schemas.shape import Words


@dataclass
class Planned:
    """The ledger of the office's programme."""

    entries: list[ProgrammeEntry] = field(default_factory=list)

    @property
    def programme(self) -> Programme | None:
        """What it adds up to."""
        return add_up_programme(self.entries) if self.entries else None


class MemoryProgrammeDesk(ProgrammeDesk):
    """Asks the real rules and writes into memory; or says what a test told it to say."""

    def __init__(self, memory: Any) -> None:
        self.memory = memory
        self.told: list[ProgrammeOutcome] = []
        self.sent: list[AnyProgrammeCommand] = []

    @property
    def _planned(self) -> Planned:
        planned: Planned = self.memory.planned
        return planned

    async def known(self) -> Known | Refused:
        """The demonstration's."""
        days = working_calendar(calendar().version)
        assert not isinstance(days, Refused)
        return Known(people=demonstration_people(), plan=plan(), kinds=standards(), calendar=days)

    async def preview(self, command: AnyProgrammeCommand) -> ProgrammeDecision:
        """Decide by the real rules, those of the door first."""
        known = await self.known()
        assert isinstance(known, Known)
        programme = self._planned.programme
        if refused := may_programme(command) or check_programme(command, known, programme):
            return refused
        return decide_programme(programme, command, self.memory.now)

    async def send(self, command: AnyProgrammeCommand, words: Words | None = None) -> ProgrammeOutcome:
        """Decide and write, once for each key."""
        self.sent.append(command)
        if self.memory.down:
            raise ConnectionRefusedError
        if self.told:
            return self.told.pop(0)
        of_key = tuple(one for one in self._planned.entries if one.key == command.key)
        if of_key:
            return receipt_of(of_key)
        decision = await self.preview(command)
        if isinstance(decision, Refused):
            return decision
        self.memory.words |= words.kept if words else {}
        programme = self._planned.programme
        if not decision.events:
            version = programme.version if programme else 0
            return ProgrammeReceipt(
                programme=command.programme, version=version, at=self.memory.now, happened=()
            )
        entries = writing(command, decision.events, self.memory.now, programme)
        self._planned.entries.extend(entries)
        return receipt_of(entries)


class ProgrammeMemory:
    """Reads about the programme, over the memory of whoever mixes this in."""

    memory: Any

    async def programmes(self) -> list[Programme]:
        """The one that was begun, or none."""
        if self.memory.down:
            raise ConnectionRefusedError
        found = self.memory.planned.programme
        return [found] if found else []

    async def programme(self, reference: str) -> ProgrammePage | None:
        """The one that was begun, with all the words there are."""
        found = self.memory.planned.programme
        return ProgrammePage(programme=found, words=self.memory.words) if found else None

    async def programme_entries(
        self, reference: str, key: str | None = None, kind: str | None = None, most: int | None = None
    ) -> tuple[ProgrammeEntry, ...]:
        """All, those of a key, or those of a kind."""
        return tuple(
            one
            for one in self.memory.planned.entries
            if key in (None, one.key) and kind in (None, one.event.kind)
        )

    async def sessions_coming(self) -> list[datetime]:
        """Those of every cycle that are to be held."""
        cycles = (self.memory.cycle(one) for one in self.memory.ledgers)
        return [one.starts_at for cycle in cycles for one in cycle.sessions if one.coming]

    async def asked(self, today: date) -> dict[str, Asked]:
        """What every cycle asked about."""
        cycles = (self.memory.cycle(one) for one in self.memory.ledgers)
        rows = [scrutiny_of(one) for one in cycles if one and not one.cancelled_at]
        return asked(sorted(rows, key=lambda row: (row.opened_at, row.reference)), today)
