"""An evidence request as it stands: the ask, its clock, what came back and what was said about it."""

from datetime import date
from typing import Literal

from schemas.clocks import Clock, Due
from schemas.evidence import Answer, Cover, Ground, Item, RequestDraft
from schemas.people import Actor
from schemas.shape import Instant, Shape, Slug, TextRef, later
from schemas.standards import Recipient

RequestState = Literal[
    "asked", "acknowledged", "part_returned", "returned", "sent_back", "accepted", "withdrawn"
]


class Certificate(Shape):
    """The force's own signature under a version of a return."""

    by: Actor
    at: Instant
    statement: TextRef


class ReturnVersion(Shape):
    """One version of a return, with the instant at which it was received."""

    version: int
    answer: Answer
    items: tuple[Item, ...]
    cover: Cover
    partial: bool
    late: bool
    received_at: Instant
    by: Actor
    reason: TextRef | None = None
    signed_off_by: Slug | None = None
    gap: TextRef | None = None
    """Why it was sent back, where it was."""
    parts: tuple[int, ...] = later(())
    """The parts that it answers, where it said so; every part otherwise."""
    gap_parts: tuple[int, ...] = later(())
    """The parts that were sent back, where they were named."""
    certificate: Certificate | None = later(None)


class ExtensionAsked(Shape):
    """More time, asked for and not yet decided."""

    to: date
    reason: TextRef
    by: Actor
    at: Instant


class Reminded(Shape):
    """A rung that has fired for one due day, delivered or not; it never fires again."""

    rung: int
    due_on: date
    on: date | None = later(None)
    """The civil day on which it was delivered; None where it was passed over or bounced."""
    to: tuple[Recipient, ...] = later(())
    """Whom the rung names."""


class Bounced(Shape):
    """An attempt to deliver a rung that reached nobody, and when that was."""

    rung: int
    due_on: date
    route: Recipient
    at: Instant


class Amendment(Shape):
    """What was asked before it was amended, and why it was."""

    was: RequestDraft
    at: Instant
    by: Actor
    reason: TextRef


class Clarification(Shape):
    """What the lead asked, and what the office answered."""

    number: int
    question: TextRef
    asked_by: Actor
    asked_at: Instant
    stops: bool = later(default=True)
    """Whether the clock waits for the answer; not where it had run out before the question came."""
    answer: TextRef | None = None
    answered_by: Actor | None = None
    answered_at: Instant | None = None


class Delegation(Shape):
    """Who may answer beside the lead, to which day."""

    to: Slug
    by: Actor
    at: Instant
    until_on: date | None = None


class Reassignment(Shape):
    """Who was asked before, and by whom and why it was put to another lead."""

    was: Slug
    by: Actor
    at: Instant
    reason: TextRef


class Escalation(Shape):
    """To whom something was taken, by whom and why."""

    to: Slug
    by: Actor
    at: Instant
    reason: TextRef | None = None


class SensitivityClaim(Shape):
    """What the force wants withheld, on which ground, to which day, and what the office decided."""

    number: int
    version: int
    item: int
    ground: Ground
    why: TextRef
    paragraph: str | None = None
    by: Actor
    at: Instant
    until_on: date
    upheld: bool | None = None
    reason: TextRef | None = None
    decided_by: Actor | None = None
    decided_at: Instant | None = None
    lapsed_at: Instant | None = None

    @property
    def withholds(self) -> bool:
        """Whether the item stays out of what is published: while claimed, and while upheld."""
        return self.upheld is not False and self.lapsed_at is None


class Chased(Shape):
    """A reminder that a person had sent: by whom, when, and for which due day."""

    by: Actor
    at: Instant
    due_on: date


class Request(Shape):
    """One evidence request: the ask, its clock, and every version of its return."""

    number: int
    draft: RequestDraft
    state: RequestState = "asked"
    asked_at: Instant
    asked_by: Actor
    clock: Clock
    due: Due | None = None
    due_set_at: Instant
    """When the present due day was set: rungs that would have come before it stay silent."""
    missed: tuple[date, ...] = ()
    reminded: tuple[Reminded, ...] = ()
    returns: tuple[ReturnVersion, ...] = ()
    extension: ExtensionAsked | None = None
    extensions: int = 0
    campaign: int | None = later(None)
    """The campaign that it belongs to, by the number of that campaign's first request."""
    owed: tuple[int, ...] = later(())
    """The parts still owed after a partial return or one that was sent back in part; all where empty."""
    amendments: tuple[Amendment, ...] = later(())
    clarifications: tuple[Clarification, ...] = later(())
    delegations: tuple[Delegation, ...] = later(())
    reassignments: tuple[Reassignment, ...] = later(())
    escalations: tuple[Escalation, ...] = later(())
    claims: tuple[SensitivityClaim, ...] = later(())
    non_response_at: Instant | None = later(None)
    """When it was deemed a non-response; None again once something came."""
    deemed: tuple[date, ...] = later(())
    """Due days whose silence was taken as no answer; each once."""
    bounced: tuple[Bounced, ...] = later(())
    """Attempts to remind that reached nobody."""
    chased: tuple[Chased, ...] = later(())
    """Reminders that a person had sent, beside the ladder."""

    @property
    def open(self) -> bool:
        """Whether a return, or a part of it, is still owed."""
        return self.state in ("asked", "acknowledged", "part_returned", "sent_back")

    @property
    def unanswered(self) -> Clarification | None:
        """What the lead has asked and the office has not answered yet; at most one at a time."""
        return next((one for one in self.clarifications if one.answered_at is None), None)

    @property
    def held(self) -> bool:
        """Whether the clock waits for the office's answer, whatever else it may wait for."""
        return self.unanswered is not None and self.unanswered.stops

    @property
    def late(self) -> bool:
        """Whether the present due day was missed."""
        return self.due is not None and self.due.on in self.missed
