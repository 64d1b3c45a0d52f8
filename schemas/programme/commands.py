"""What can be done to a programme. Commands are imperatives; each is carried out once per key."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from schemas.people import Actor
from schemas.programme import ProgrammeYear, Rating, SlotDraft
from schemas.shape import (
    CommandKey,
    CommitmentRef,
    CycleRef,
    Digest,
    Instant,
    Marking,
    ProgrammeRef,
    Shape,
    SlotNumber,
    Slug,
    TextRef,
)

MOST_SLOTS = 60
"""Cycles in one year's programme: more than one a week is no programme."""


class ProgrammeCommand(Shape):
    """What every command about a programme carries."""

    programme: ProgrammeRef
    key: CommandKey
    actor: Actor
    marking: Marking = "OFFICIAL"


class OpenProgramme(ProgrammeCommand):
    """Begin the programme of an office. It outlives years, holders of the office and the office itself."""

    kind: Literal["OpenProgramme"] = "OpenProgramme"
    set_back: timedelta = timedelta(0)
    """Demonstrations only: how far its clock was behind the true one when it was opened."""


class ProposeSlots(ProgrammeCommand):
    """Put cycles to come into a year: a whole year's proposal, or one more."""

    kind: Literal["ProposeSlots"] = "ProposeSlots"
    year: ProgrammeYear
    slots: Annotated[tuple[SlotDraft, ...], Field(min_length=1, max_length=MOST_SLOTS)]


class ChangeSlot(ProgrammeCommand):
    """Plan a cycle to come differently."""

    kind: Literal["ChangeSlot"] = "ChangeSlot"
    slot: SlotNumber
    draft: SlotDraft


class SlotMove(Shape):
    """A slot with its new days."""

    slot: SlotNumber
    opens_on: date
    session_at: Instant | None = None
    confirmed: bool = False


class MoveSlots(ProgrammeCommand):
    """Move cycles to come, all in one act or none."""

    kind: Literal["MoveSlots"] = "MoveSlots"
    moves: Annotated[tuple[SlotMove, ...], Field(min_length=1, max_length=MOST_SLOTS)]
    reason: TextRef


class DropSlot(ProgrammeCommand):
    """Take a cycle out of the programme before it is opened."""

    kind: Literal["DropSlot"] = "DropSlot"
    slot: SlotNumber
    reason: TextRef


class AdoptYear(ProgrammeCommand):
    """The Commissioner adopts a year as it stands: each of its cycles opens by itself when its day comes."""

    kind: Literal["AdoptYear"] = "AdoptYear"
    year: ProgrammeYear


class NoteOpened(ProgrammeCommand):
    """The engine notes that a slot's cycle was opened."""

    kind: Literal["NoteOpened"] = "NoteOpened"
    slot: SlotNumber
    cycle: CycleRef
    planned_at: Instant


class NoteNotOpened(ProgrammeCommand):
    """The engine notes that a slot's cycle could not be opened, and why."""

    kind: Literal["NoteNotOpened"] = "NoteNotOpened"
    slot: SlotNumber
    reason: TextRef
    planned_at: Instant


class Proposed(Shape):
    """What a trigger rule proposes."""

    title: TextRef
    theme: Slug
    commitments: tuple[CommitmentRef, ...] = ()
    question: TextRef
    cycle_kind: Slug


class TakeOutside(ProgrammeCommand):
    """Take notice of something that happened outside: what the rules made of it, and why.

    The rules are data and were asked at the door; what they said travels with the command (ADR 0011).
    """

    kind: Literal["TakeOutside"] = "TakeOutside"
    event: Annotated[str, Field(max_length=600)]
    """The outside event, as `source#id`."""
    event_type: Annotated[str, Field(max_length=200)]
    outcome: Literal["proposed", "opens", "fed", "noted", "nothing"]
    """`opens`: the rule says that the cycle opens without asking. `fed`: a cycle under way was told."""
    rule: Slug | None = None
    rules_edition: str
    because: TextRef
    proposed: Proposed | None = None
    opens: SlotDraft | None = None
    """Set where the rule says that the cycle opens by itself: the slot that is made and adopted at once."""
    cycle: CycleRef | None = None
    """The cycle under way that it was fed to."""


class AcceptProposal(ProgrammeCommand):
    """Make a slot of a proposal."""

    kind: Literal["AcceptProposal"] = "AcceptProposal"
    proposal: Annotated[int, Field(ge=1)]
    year: ProgrammeYear
    draft: SlotDraft


class DeclineProposal(ProgrammeCommand):
    """Set a proposal aside, with the reason."""

    kind: Literal["DeclineProposal"] = "DeclineProposal"
    proposal: Annotated[int, Field(ge=1)]
    reason: TextRef


class AssessDelivery(ProgrammeCommand):
    """Say how a commitment is delivered in a quarter: the rule's rating, or another with a reason."""

    kind: Literal["AssessDelivery"] = "AssessDelivery"
    commitment: CommitmentRef
    quarter_on: date
    by_rule: Rating
    """What the rule says of it, from what is on record as the form is sent."""
    rating: Rating
    because: TextRef | None = None
    narrative: TextRef


class FreezeDelivery(ProgrammeCommand):
    """Freeze the delivery plan of a quarter as it stands, for the panel."""

    kind: Literal["FreezeDelivery"] = "FreezeDelivery"
    quarter_on: date
    table: Digest
    lines: Annotated[int, Field(ge=1, le=2_000)]


AnyProgrammeCommand = Annotated[
    OpenProgramme
    | ProposeSlots
    | ChangeSlot
    | MoveSlots
    | DropSlot
    | AdoptYear
    | NoteOpened
    | NoteNotOpened
    | TakeOutside
    | AcceptProposal
    | DeclineProposal
    | AssessDelivery
    | FreezeDelivery,
    Field(discriminator="kind"),
]
