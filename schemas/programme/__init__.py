"""A programme of holding to account as its ledger adds up: its years, their cycles to come, and proposals."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from schemas.evidence import RequestDraft
from schemas.inspections import InspectionReport
from schemas.people import Actor
from schemas.programme.delivery import Assessment, Rating, Snapshot
from schemas.sessions import Forum
from schemas.shape import (
    CommitmentRef,
    CycleRef,
    Instant,
    ProgrammeRef,
    Shape,
    SlotNumber,
    Slug,
    TextRef,
    later,
)

__all__ = [
    "Assessment", "Ground", "Programme", "ProgrammeYear", "Proposal", "Rating", "Slot", "SlotDraft",
    "SlotState", "Snapshot",
]  # fmt: skip

ProgrammeYear = Annotated[int, Field(ge=2000, le=2199)]
"""A programme year by the calendar year in which it begins: 2026 runs from 1 April 2026 to 31 March 2027."""

Ground = Literal["never_asked", "not_assured", "partly_assured", "long_ago", "follow_up", "outside", "chosen"]
"""Why a cycle is in the programme. `chosen`: an officer put it there and said why."""

SlotState = Literal["proposed", "adopted", "opened", "dropped"]


class SlotDraft(Shape):
    """One cycle to come, as somebody plans it."""

    title: TextRef
    theme: Slug
    commitments: Annotated[tuple[CommitmentRef, ...], Field(min_length=1, max_length=30)]
    question: TextRef
    cycle_kind: Slug
    """The kind of cycle, whose local standards it will be opened with."""
    officer: Slug
    """The policy officer in whose name it is opened, and who runs it."""
    opens_on: date
    session_at: Instant | None = None
    forum: Forum = "holding_to_account"
    confirmed: bool = False
    """Whether a session on a day on which nobody usually works is meant."""
    requests: Annotated[tuple[RequestDraft, ...], Field(max_length=60)] = ()
    ground: Ground = "chosen"
    because: TextRef | None = None
    """In words, why it is here."""
    after: CycleRef | None = None
    """The cycle that it follows up."""
    report: InspectionReport | None = later(None)
    """The inspection report on which comments are owed, where it is opened for one that was published."""


class Slot(Shape):
    """One cycle to come, and what became of it."""

    number: SlotNumber
    draft: SlotDraft
    state: SlotState = "proposed"
    proposed_by: Actor
    proposal: int | None = None
    """The outside proposal that it was made from."""
    moves: int = 0
    adopted_at: Instant | None = None
    adopted_by: Actor | None = None
    cycle: CycleRef | None = None
    opened_at: Instant | None = None
    late_by: timedelta | None = None
    """How long after its hour it was opened, where that was more than five minutes."""
    refused: TextRef | None = None
    """Why it could not be opened when it was due; None once that is mended."""
    dropped: TextRef | None = None

    @property
    def year(self) -> int:
        """The programme year to which it belongs."""
        return int(self.number.partition("/")[0])

    @property
    def waiting(self) -> bool:
        """Whether it is still to be opened."""
        return self.state in ("proposed", "adopted")


class Proposal(Shape):
    """A cycle that something outside gave reason to propose; it waits for an officer."""

    number: int
    rule: Slug
    """The trigger rule that proposed it."""
    event: str
    """The outside event, as `source#id`."""
    title: TextRef
    theme: Slug
    commitments: tuple[CommitmentRef, ...] = ()
    question: TextRef
    cycle_kind: Slug
    because: TextRef
    at: Instant
    state: Literal["waiting", "accepted", "declined"] = "waiting"
    slot: SlotNumber | None = None
    declined: TextRef | None = None


class Programme(Shape):
    """The holding to account programme, year after year, at `version` of its ledger."""

    reference: ProgrammeRef
    version: int = 0
    opened_at: Instant
    changed_at: Instant
    set_back: timedelta = timedelta(0)
    years: tuple[ProgrammeYear, ...] = ()
    """The years for which something was ever planned, in order."""
    adopted: tuple[ProgrammeYear, ...] = ()
    slots: tuple[Slot, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    delivery: tuple[Assessment, ...] = later(())
    """What holds of each commitment and quarter that was ever assessed."""
    snapshots: tuple[Snapshot, ...] = later(())

    def assessed(self, commitment: str, quarter_on: date) -> Assessment | None:
        """What the office says of a commitment in a quarter; None where it said nothing."""
        found = (one for one in self.delivery if (one.commitment, one.quarter_on) == (commitment, quarter_on))
        return next(found, None)

    def slot(self, number: str) -> Slot | None:
        """The slot of that number, or None."""
        return next((one for one in self.slots if one.number == number), None)

    def proposal(self, number: int) -> Proposal | None:
        """The proposal of that number, or None."""
        return next((one for one in self.proposals if one.number == number), None)

    def in_year(self, year: int) -> tuple[Slot, ...]:
        """The slots of a year, in the order of their numbers."""
        return tuple(one for one in self.slots if one.year == year)
