"""What happened to a programme, in the past tense."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from schemas.programme import ProgrammeYear, Proposal, Rating, SlotDraft
from schemas.shape import CommitmentRef, CycleRef, Digest, Instant, Shape, SlotNumber, Slug, TextRef, later


class ProgrammeOpened(Shape):
    kind: Literal["ProgrammeOpened"] = "ProgrammeOpened"
    set_back: timedelta = timedelta(0)


class SlotProposed(Shape):
    kind: Literal["SlotProposed"] = "SlotProposed"
    slot: SlotNumber
    draft: SlotDraft
    proposal: int | None = None


class SlotChanged(Shape):
    kind: Literal["SlotChanged"] = "SlotChanged"
    slot: SlotNumber
    draft: SlotDraft
    again: bool = False
    """Whether it has to be adopted again: something else is asked than what was adopted."""


class SlotMoved(Shape):
    """A cycle to come has other days; what they were stays on record."""

    kind: Literal["SlotMoved"] = "SlotMoved"
    slot: SlotNumber
    opens_on: date
    session_at: Instant | None
    confirmed: bool = False
    opened_on_before: date
    session_at_before: Instant | None
    reason: TextRef


class SlotDropped(Shape):
    kind: Literal["SlotDropped"] = "SlotDropped"
    slot: SlotNumber
    reason: TextRef


class SlotAdopted(Shape):
    kind: Literal["SlotAdopted"] = "SlotAdopted"
    slot: SlotNumber


class YearAdopted(Shape):
    kind: Literal["YearAdopted"] = "YearAdopted"
    year: ProgrammeYear


class SlotOpened(Shape):
    """The cycle was opened, and by how much later than planned where that was more than five minutes."""

    kind: Literal["SlotOpened"] = "SlotOpened"
    slot: SlotNumber
    cycle: CycleRef
    planned_at: Instant
    late_by: timedelta | None = None


class SlotNotOpened(Shape):
    kind: Literal["SlotNotOpened"] = "SlotNotOpened"
    slot: SlotNumber
    planned_at: Instant
    reason: TextRef


class OutsideTaken(Shape):
    """The line that every outside event leaves: which rule did what and why, or why nothing."""

    kind: Literal["OutsideTaken"] = "OutsideTaken"
    event: str
    event_type: str
    outcome: Literal["proposed", "opens", "fed", "noted", "nothing"]
    rule: Slug | None = None
    rules_edition: str
    because: TextRef
    proposal: int | None = None
    slot: SlotNumber | None = None
    cycle: CycleRef | None = None
    held_back: str | None = later(None)
    """Why a cycle that its rule would open waits for an officer instead: the programme's own refusal."""


class CycleProposed(Shape):
    kind: Literal["CycleProposed"] = "CycleProposed"
    proposal: Proposal


class ProposalAccepted(Shape):
    kind: Literal["ProposalAccepted"] = "ProposalAccepted"
    proposal: int
    slot: SlotNumber


class ProposalDeclined(Shape):
    kind: Literal["ProposalDeclined"] = "ProposalDeclined"
    proposal: int
    reason: TextRef


class DeliveryAssessed(Shape):
    kind: Literal["DeliveryAssessed"] = "DeliveryAssessed"
    commitment: CommitmentRef
    quarter_on: date
    by_rule: Rating
    rating: Rating
    because: TextRef | None = None
    narrative: TextRef


class DeliveryFrozen(Shape):
    """The delivery plan was frozen, under a number that is never given again."""

    kind: Literal["DeliveryFrozen"] = "DeliveryFrozen"
    number: int
    quarter_on: date
    table: Digest
    lines: int


AnyProgrammeEvent = Annotated[
    ProgrammeOpened
    | SlotProposed
    | SlotChanged
    | SlotMoved
    | SlotDropped
    | SlotAdopted
    | YearAdopted
    | SlotOpened
    | SlotNotOpened
    | OutsideTaken
    | CycleProposed
    | ProposalAccepted
    | ProposalDeclined
    | DeliveryAssessed
    | DeliveryFrozen,
    Field(discriminator="kind"),
]
