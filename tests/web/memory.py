# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""A record in memory: a Desk that asks the real rules, reads over what it made, and a shelf."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from engine.desk import Desk
from reference.catalogue import calendar, demonstration_people, plan
from reference.working import working_calendar
from rules.apply import add_up
from rules.deadlines import deadlines
from rules.decide import decide
from rules.deciding.moment import Moment
from rules.stages import stage
from rules.writing import act_of, entries_of
from schemas.commands import AnyCommand
from schemas.cycle import Cycle
from schemas.outcomes import Decision, Outcome, Receipt, Refused
from schemas.people import Person
from schemas.plans import Plan
from schemas.records import Entry
from schemas.rows import (
    CyclePage,
    CycleRow,
    DeadlineRow,
    MailRow,
    PublicationRow,
    ReleaseRow,
    TaskRow,
    TimelineRow,
)
from schemas.shape import Words
from schemas.trackers import KeptOver
from tests.web.boards_memory import BoardsMemory
from tests.web.changed import Changed, ChangedReads
from tests.web.directory_memory import DirectoryMemory, DirectoryShelf
from tests.web.drafts_memory import ListMemory
from tests.web.files_memory import MemoryScans, ScanMemory
from tests.web.meeting_memory import MeetingMemory
from tests.web.outside_memory import QuietMemory
from tests.web.panel_memory import PanelMemory
from tests.web.programme_memory import Planned, ProgrammeMemory
from tests.web.public_memory import PublicMemory
from tests.web.streams_memory import StreamsMemory
from tests.web.timing_memory import TimingMemory
from tests.web.tracker_memory import ClosedMemory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""A Monday."""
PLAN = plan()


@dataclass
class Memory:
    """What the desk writes and the reads read."""

    ledgers: dict[str, list[Entry]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    now: datetime = NOW
    down: bool = False
    changed: Changed = field(default_factory=Changed)
    planned: Planned = field(default_factory=Planned)
    scanned: MemoryScans = field(default_factory=MemoryScans)
    directory: DirectoryShelf = field(default_factory=DirectoryShelf)
    closed: dict[str, KeptOver] = field(default_factory=dict)

    def cycle(self, reference: str) -> Cycle | None:
        """The cycle that the ledger adds up to."""
        entries = self.ledgers.get(reference)
        return add_up(entries) if entries else None

    def standing(self, reference: str) -> Cycle:
        """The cycle, of which a test knows that it is there."""
        return add_up(self.ledgers[reference])

    def moment(self) -> Moment:
        """The instant and the calendar of a decision."""
        known = working_calendar(calendar().version)
        assert not isinstance(known, Refused)
        return Moment(now=self.now, calendar=known)


class MemoryDesk(Desk):
    """Asks the real rules and writes into memory; or says what a test told it to say."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.told: list[Outcome] = []
        self.sent: list[AnyCommand] = []
        self.answered: dict[str, Receipt] = {}
        self.given: dict[str, str] = {}
        self.numbered: dict[str, str] = {}

    async def cycle_reference(self, key: str, year: int) -> str:
        """The first free one; for the same key always the same."""
        return self.given.setdefault(key, f"HTA-{year}-{len(self.memory.ledgers) + 1:02d}")

    async def meeting_reference(self, key: str, year: int) -> str:
        """Always the first."""
        return f"MTG-{year}-01"

    async def action_number(self, key: str, year: int) -> str:
        """The first free one; for the same key always the same."""
        return self.numbered.setdefault(key, f"{year}/{len(self.numbered) + 1:03d}")

    async def send(self, command: AnyCommand, words: Words | None = None) -> Outcome:
        """Decide by the real rules, once for each key."""
        self.sent.append(command)
        if self.memory.down:
            raise ConnectionRefusedError
        if self.told:
            return self.told.pop(0)
        if command.key in self.answered:
            return self.answered[command.key]
        self.memory.words |= words.kept if words else {}
        decision = await self.preview(command)
        return decision if isinstance(decision, Refused) else self._write(command, decision.events)

    async def preview(self, command: AnyCommand) -> Decision:
        """Decide by the real rules."""
        return decide(self.memory.cycle(command.cycle), command, self.memory.moment())

    def _write(self, command: AnyCommand, events: Any) -> Receipt:
        before = self.memory.cycle(command.cycle)
        entries = entries_of(act_of(command), events, self.memory.now, before)
        self.memory.ledgers.setdefault(command.cycle, []).extend(entries)
        made = getattr(events[0], "version", None) if events else None
        receipt = Receipt(
            cycle=command.cycle,
            version=entries[-1].version if entries else 1,
            at=self.memory.now,
            happened=tuple(one.kind for one in events),
            number=str(made) if made else None,
        )
        self.answered[command.key] = receipt
        return receipt


class MemoryReads(
    StreamsMemory,
    ClosedMemory,
    ScanMemory,
    BoardsMemory,
    TimingMemory,
    ListMemory,
    QuietMemory,
    ProgrammeMemory,
    MeetingMemory,
    PanelMemory,
    PublicMemory,
    DirectoryMemory,
    ChangedReads,
):
    """Reads over the same memory."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.changed = memory.changed

    def _open(self) -> None:
        if self.memory.down:
            raise ConnectionRefusedError

    async def cycles(
        self, stage: str | None = None, search: str | None = None, most: int = 100, skip: int = 0
    ) -> list[CycleRow]:
        """All of one stage and with some words."""
        self._open()
        rows = [self._row(reference) for reference in self.memory.ledgers]
        found = [row for row in rows if stage in (None, row.stage) and (search or "") in row.title]
        return found[skip : skip + most]

    def _row(self, reference: str) -> CycleRow:
        cycle = self.memory.cycle(reference)
        assert cycle
        return CycleRow(
            reference=reference,
            stage=stage(cycle),
            title=self.memory.words.get(cycle.title, ""),
            theme=cycle.theme,
            opened_by=cycle.opened_by.person,
            opened_at=cycle.opened_at,
            changed_at=cycle.changed_at,
            session_at=cycle.sessions[0].starts_at if cycle.sessions else None,
            paused=cycle.paused_at is not None,
            open_requests=sum(one.open for one in cycle.requests),
            late=sum(one.late for one in cycle.requests),
            next_due_at=min((one.due.at for one in cycle.requests if one.due), default=None),
        )

    async def cycle(self, reference: str) -> CyclePage | None:
        """One with all the words there are."""
        self._open()
        cycle = self.memory.cycle(reference)
        return CyclePage(cycle=cycle, stage=stage(cycle), words=self.memory.words) if cycle else None

    async def under_way(self, most: int | None = None) -> list[CyclePage]:
        """The cycles that are not over."""
        pages = [await self.cycle(reference) for reference in self.memory.ledgers]
        return [page for page in pages if page and not page.cycle.over]

    async def timeline(
        self, reference: str, *, public: bool = False, most: int | None = None
    ) -> list[TimelineRow]:
        """The ledger, newest first."""
        entries = self.memory.ledgers.get(reference, [])
        return [TimelineRow(entry=one, words=self.memory.words) for one in reversed(entries)][:most]

    async def deadlines(
        self,
        owner: str | None = None,
        cycle: str | None = None,
        before: datetime | None = None,
        most: int = 500,
        skip: int = 0,
    ) -> list[DeadlineRow]:
        """Everything still owed."""
        self._open()
        found = [one for reference in self.memory.ledgers for one in self._owed(reference)]
        return [one for one in found if owner in (None, one.owner)][skip : skip + most]

    def _owed(self, reference: str) -> list[DeadlineRow]:
        cycle = self.memory.cycle(reference)
        assert cycle
        return [
            DeadlineRow(
                cycle=reference,
                cycle_title=self.memory.words.get(cycle.title, ""),
                owner_title=None,
                **{**one.model_dump(), "title": self.memory.words.get(one.title, "")},
            )
            for one in deadlines(cycle, self.memory.moment().calendar)
            if not one.done
        ]

    async def tasks(self, lead: str | None = None, most: int = 200) -> list[TaskRow]:
        """The requests to a lead."""
        self._open()
        return [
            TaskRow(
                cycle=reference,
                number=one.number,
                title=self.memory.words.get(one.draft.title, ""),
                cycle_title="",
                state=one.state,
                form=one.draft.form,
                due_at=one.due.at if one.due else None,
                missed=one.late,
            )
            for reference in self.memory.ledgers
            for one in add_up(self.memory.ledgers[reference]).requests
            if lead in (None, one.draft.lead)
        ]

    async def publications(self, most: int = 200) -> list[PublicationRow]:
        """None."""
        return []

    async def publication(self, reference: str, version: int | None = None) -> PublicationRow | None:
        """None."""
        return None

    async def releases(self, reference: str | None = None, most: int | None = None) -> list[ReleaseRow]:
        """None."""
        return []

    async def people(self) -> dict[str, Person]:
        """The demonstration's."""
        self._open()
        return {**demonstration_people(), **self.memory.directory.entries}

    async def plan(self, plan_id: str | None = None) -> Plan | None:
        """The plan of the demonstration."""
        return PLAN

    async def mails(self, cycle: str | None = None, most: int | None = None) -> list[MailRow]:
        """None."""
        return []

    async def words(self, refs: set[str]) -> dict[str, str]:
        """Those that are kept."""
        return {ref: said for ref, said in self.memory.words.items() if ref in refs}

    async def ready(self) -> bool:
        """Unless a test says otherwise."""
        self._open()
        return True
