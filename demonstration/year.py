"""The programme of the demonstration: a year adopted, a year proposed, and what came from outside."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from demonstration.actors import COMMISSIONER, OFFICER
from demonstration.dates import PLANNED, DemonstrationError
from engine.intake import Intake, KeepsOutside, KnowsOffice
from engine.planning import USUAL_KIND, KnowsScrutiny, drafts_of, programme_now, reference_of, suggestion_now
from engine.programme_desk import ProgrammeDesk
from rules.clocks import civil
from rules.programme.years import year_of
from schemas.cycle import Cycle
from schemas.outcomes import NotKnownYet, Refused
from schemas.outside import OutsideEvent
from schemas.people import ENGINE
from schemas.programme import ProgrammeYear, SlotDraft
from schemas.programme.commands import AdoptYear, AnyProgrammeCommand, NoteOpened, OpenProgramme, ProposeSlots
from schemas.programme.events import SlotProposed
from schemas.programme.records import ProgrammeEntry, ProgrammeReceipt
from schemas.programme.rows import Suggestion
from schemas.rows import CyclePage
from schemas.shape import SlotNumber, Words

KEY = "demonstration-programme:"
TRIES = 3
NOW, NEXT = 3, 8
"""Cycles of the adopted year that are still to open, and of the proposed one."""
SOURCE = "urn:answerable:demonstration"
EVENTS = (
    OutsideEvent(
        id="inspection-of-custody",
        source=SOURCE,
        type="answerable.inspection.published",
        data={"title": "Custody (demonstration)", "finding": "requires improvement"},
    ),
    OutsideEvent(
        id="999-october",
        source=SOURCE,
        type="answerable.measure.observed",
        data={
            "measure": "999-answered-within-10-seconds",
            "value": 87.5,
            "previous": 91.2,
            "period": "last month, demonstration",
        },
    ),
)
"""Made up to have happened outside; a rule that comes with the product makes a proposal of each."""


class Knows(KnowsScrutiny, KnowsOffice, Protocol):
    """What has to be known to tell it."""

    async def programme_entries(self, reference: str, key: str | None = None) -> tuple[ProgrammeEntry, ...]:
        """The entries of a programme under a key."""
        ...

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle as it stands."""
        ...


@dataclass
class Planner:
    """Tells the programme. May be run again at any time: what is there stays as it is."""

    desk: ProgrammeDesk
    knows: Knows
    keeping: KeepsOutside
    clock: Callable[[], datetime]
    acts: int = field(default=0, init=False)

    async def load(self, cycles: dict[str, str]) -> str:
        """The programme's reference; `cycles` are the demonstration's, by their names.

        Raises: DemonstrationError: an act was refused, or the engine did not answer.
        """
        plan = await self.knows.plan()
        if plan is None:
            raise DemonstrationError("No plan is imported, so there is no programme to show.")
        found = await programme_now(self.knows)
        reference = found.reference if found else reference_of(plan.body)
        if found and not await self.knows.programme_entries(reference, f"{KEY}begin"):
            return reference  # the office's own programme stays as it is
        officer = {"programme": reference, "actor": OFFICER}
        await self._act(OpenProgramme(key=f"{KEY}begin", **officer), Words())
        await self._opened(reference, cycles[PLANNED])
        year = await self._suggested(reference, "this", NOW, year_of(civil(self.clock())))
        about = {"programme": reference, "actor": COMMISSIONER}
        await self._act(AdoptYear(key=f"{KEY}adopt", year=year, **about), Words())
        await self._suggested(reference, "next", NEXT, year + 1)
        await self._happened()
        return reference

    async def _opened(self, reference: str, cycle: str) -> None:
        """Put in the cycle that was opened today; one that was opened before cannot be planned any more."""
        page = await self.knows.cycle(cycle)
        entries = await self.knows.programme_entries(reference, f"{KEY}planned")
        if page and not entries:
            draft = draft_of(page.cycle)
            year = year_of(civil(draft.session_at) if draft.session_at else draft.opens_on)
            about = {"programme": reference, "actor": OFFICER, "key": f"{KEY}planned"}
            put_in = await self.desk.send(ProposeSlots(year=year, slots=(draft,), **about), Words())
            self.acts += 1 if isinstance(put_in, ProgrammeReceipt) else 0
            entries = await self.knows.programme_entries(reference, f"{KEY}planned")
        if page and entries:
            note = NoteOpened(
                programme=reference,
                actor=ENGINE,
                key=f"{KEY}opened",
                slot=slot_of(entries[0]),
                cycle=cycle,
                planned_at=page.cycle.opened_at,
            )
            await self._act(note, Words())

    async def _suggested(self, reference: str, name: str, count: int, year: ProgrammeYear) -> ProgrammeYear:
        """Put what is suggested for a year into it, or into the next where too little is left of it."""
        if entries := await self.knows.programme_entries(reference, f"{KEY}{name}"):
            return int(slot_of(entries[0]).partition("/")[0])
        found = await suggestion_now(self.knows, year, count, self.clock())
        if isinstance(found, Refused):
            raise DemonstrationError(found.message)
        if len(found.cycles) < count and name == "this":
            return await self._suggested(reference, name, count, year + 1)
        await self._put_in(reference, name, found)
        return year

    async def _put_in(self, reference: str, name: str, found: Suggestion) -> None:
        words = Words()
        slots = drafts_of(found, OFFICER.person, USUAL_KIND, words)
        about = {"programme": reference, "actor": OFFICER, "key": f"{KEY}{name}"}
        if slots:
            await self._act(ProposeSlots(year=found.year, slots=slots, **about), words)

    async def _happened(self) -> None:
        intake = Intake(self.keeping, self.knows, self.desk, self.clock)
        for event in EVENTS:
            became = await intake.take(event, "command")
            if isinstance(became, Refused):
                raise DemonstrationError(became.message)
            self.acts += 0 if became.again else 1

    async def _act(self, command: AnyProgrammeCommand, words: Words) -> None:
        if await self.knows.programme_entries(command.programme, command.key):
            return
        outcome = await self.desk.send(command, words)
        for _ in range(TRIES):
            if not isinstance(outcome, NotKnownYet):
                break
            outcome = await self.desk.send(command, words)
        if not isinstance(outcome, ProgrammeReceipt):
            raise DemonstrationError(f"{command.kind}: {outcome.message}")
        self.acts += 1


def draft_of(cycle: Cycle) -> SlotDraft:
    """A cycle that is open as it would have been planned."""
    session = next((each for each in cycle.sessions if each.coming), None)
    return SlotDraft(
        title=cycle.title,
        theme=cycle.theme,
        commitments=cycle.commitments,
        question=cycle.question,
        cycle_kind=cycle.standards.id,
        officer=OFFICER.person,
        opens_on=civil(cycle.opened_at),
        session_at=session.starts_at if session else None,
        requests=(*(one.draft for one in cycle.requests), *(one.draft for one in cycle.planned)),
    )


def slot_of(entry: ProgrammeEntry) -> SlotNumber:
    """The slot that an act put in first."""
    assert isinstance(entry.event, SlotProposed)
    return entry.event.slot
