"""A cycle as it stands: what its events add up to."""

from datetime import date, timedelta
from typing import Literal

from schemas.changes import PlannedRequest
from schemas.clocks import Clock, Due
from schemas.evidence import Answer, Cover, Item, RequestDraft
from schemas.people import Actor
from schemas.sessions import Assurance, Forum
from schemas.shape import (
    ActionNumber,
    CalendarVersion,
    CommitmentRef,
    CycleRef,
    Digest,
    Instant,
    Shape,
    Slug,
    TextRef,
)
from schemas.standards import Standards

Stage = Literal[
    "planned",
    "gathering",
    "reviewing",
    "scheduled",
    "held",
    "drafting",
    "checking",
    "sign_off",
    "published",
    "following_up",
    "closed",
    "cancelled",
]
"""Where a cycle is. Stages describe; they never block a lawful act."""

RequestState = Literal["asked", "acknowledged", "returned", "sent_back", "accepted", "withdrawn"]


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

    @property
    def open(self) -> bool:
        """Whether a return is still owed."""
        return self.state in ("asked", "acknowledged", "sent_back")

    @property
    def late(self) -> bool:
        """Whether the present due day was missed."""
        return self.due is not None and self.due.on in self.missed


class Session(Shape):
    """One session of the cycle."""

    number: int
    forum: Forum
    starts_at: Instant
    place: TextRef | None = None
    held_at: Instant | None = None
    present: tuple[Slug, ...] = ()
    apologies: tuple[Slug, ...] = ()


class Judgement(Shape):
    """How assured the Commissioner is on one request's item."""

    session: int
    request: int
    judgement: Assurance
    reasons: TextRef
    by: Actor
    at: Instant


class DecisionRecord(Shape):
    """One formal decision."""

    number: int
    title: TextRef
    options: TextRef
    reasons: TextRef
    basis: str
    by: Actor
    at: Instant


ActionState = Literal["proposed", "confirmed", "claimed_done", "verified"]


class Action(Shape):
    """A two-sided undertaking: proposed by one side, confirmed by the other, verified by the asker."""

    number: ActionNumber
    what: TextRef
    owner: Slug
    state: ActionState = "proposed"
    proposed_by: Actor
    confirmed_by: Actor | None = None
    clock: Clock
    due: Due
    missed: bool = False
    proof: tuple[Item, ...] = ()
    covers_to: date | None = None
    claimed_at: Instant | None = None
    claimed_by: Actor | None = None
    verified_at: Instant | None = None


class Approval(Shape):
    """One signature with its statement."""

    by: Actor
    at: Instant
    statement: TextRef


class FindingsVersion(Shape):
    """One version of the findings and who has signed it."""

    version: int
    answer: TextRef
    body: TextRef
    author: Actor
    drafted_at: Instant
    approvals: tuple[Approval, ...] = ()
    published_at: Instant | None = None
    fingerprint: Digest | None = None


class Cycle(Shape):
    """One cycle of holding to account, as its ledger adds up at `version`."""

    reference: CycleRef
    version: int = 0
    title: TextRef
    theme: Slug
    commitments: tuple[CommitmentRef, ...]
    question: TextRef
    body: Slug
    standards: Standards
    calendar: CalendarVersion
    set_back: timedelta = timedelta(0)
    opened_at: Instant
    opened_by: Actor
    changed_at: Instant
    planned: tuple[PlannedRequest, ...] = ()
    requests: tuple[Request, ...] = ()
    sessions: tuple[Session, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()
    actions: tuple[Action, ...] = ()
    findings: tuple[FindingsVersion, ...] = ()
    paused_at: Instant | None = None
    pause_reason: TextRef | None = None
    cancelled_at: Instant | None = None
    cancel_reason: TextRef | None = None
    closed_at: Instant | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more can happen: cancelled or closed."""
        return self.cancelled_at is not None or self.closed_at is not None

    def request(self, number: int) -> Request | None:
        """The request of that number, or None."""
        return next((one for one in self.requests if one.number == number), None)

    def session(self, number: int) -> Session | None:
        """The session of that number, or None."""
        return next((one for one in self.sessions if one.number == number), None)

    def action(self, number: str) -> Action | None:
        """The action of that number, or None."""
        return next((one for one in self.actions if one.number == number), None)

    def published(self) -> FindingsVersion | None:
        """The newest published version of the findings, or None."""
        return next((one for one in reversed(self.findings) if one.published_at), None)
