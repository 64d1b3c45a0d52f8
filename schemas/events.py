"""Events: what happened, in the past tense. Ledger, timeline and feeds are made of nothing else."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from schemas.changes import CalendarChanged, MovedDue, PlannedRequest, StandardsChanged
from schemas.clocks import Budget, Clock, Due
from schemas.evidence import Answer, Cover, Item, RequestDraft
from schemas.sessions import Assurance, SessionDraft
from schemas.shape import (
    ActionNumber,
    CalendarVersion,
    CommitmentRef,
    Digest,
    Instant,
    Shape,
    Slug,
    TextRef,
)
from schemas.standards import Standards


class CycleOpened(Shape):
    kind: Literal["CycleOpened"] = "CycleOpened"
    title: TextRef
    theme: Slug
    commitments: tuple[CommitmentRef, ...]
    question: TextRef
    standards: Standards
    calendar: CalendarVersion
    body: Slug
    set_back: timedelta = timedelta(0)
    planned: tuple[PlannedRequest, ...] = ()


class EvidenceRequested(Shape):
    """A request was made. `due` is None while its session has no day yet."""

    kind: Literal["EvidenceRequested"] = "EvidenceRequested"
    request: int
    draft: RequestDraft
    clock: Clock
    due: Due | None = None


class RequestWithdrawn(Shape):
    kind: Literal["RequestWithdrawn"] = "RequestWithdrawn"
    request: int
    reason: TextRef


class RequestAcknowledged(Shape):
    kind: Literal["RequestAcknowledged"] = "RequestAcknowledged"
    request: int


class ReturnSubmitted(Shape):
    kind: Literal["ReturnSubmitted"] = "ReturnSubmitted"
    request: int
    version: int
    answer: Answer
    items: tuple[Item, ...]
    cover: Cover
    partial: bool
    late: bool
    reason: TextRef | None = None
    signed_off_by: Slug | None = None


class ReturnSentBack(Shape):
    kind: Literal["ReturnSentBack"] = "ReturnSentBack"
    request: int
    version: int
    gap: TextRef
    budget: Budget
    due: Due | None = None


class ReturnAccepted(Shape):
    kind: Literal["ReturnAccepted"] = "ReturnAccepted"
    request: int
    version: int


class ExtensionRequested(Shape):
    kind: Literal["ExtensionRequested"] = "ExtensionRequested"
    request: int
    to: date
    reason: TextRef


class ExtensionGranted(Shape):
    kind: Literal["ExtensionGranted"] = "ExtensionGranted"
    request: int
    to: date
    due: Due
    was: Due
    reason: TextRef | None = None


class ExtensionRefused(Shape):
    kind: Literal["ExtensionRefused"] = "ExtensionRefused"
    request: int
    to: date
    reason: TextRef | None = None


class SessionFixed(Shape):
    kind: Literal["SessionFixed"] = "SessionFixed"
    session: int
    draft: SessionDraft
    moved: tuple[MovedDue, ...] = ()
    planned: tuple[PlannedRequest, ...] = ()


class SessionMoved(Shape):
    kind: Literal["SessionMoved"] = "SessionMoved"
    session: int
    starts_at: Instant
    was: Instant
    reason: TextRef
    moved: tuple[MovedDue, ...] = ()
    planned: tuple[PlannedRequest, ...] = ()


class SessionHeld(Shape):
    kind: Literal["SessionHeld"] = "SessionHeld"
    session: int
    held_at: Instant
    present: tuple[Slug, ...]
    apologies: tuple[Slug, ...] = ()


class AssuranceJudged(Shape):
    kind: Literal["AssuranceJudged"] = "AssuranceJudged"
    session: int
    request: int
    judgement: Assurance
    reasons: TextRef


class DecisionRecorded(Shape):
    kind: Literal["DecisionRecorded"] = "DecisionRecorded"
    decision: int
    title: TextRef
    options: TextRef
    reasons: TextRef
    basis: str


class ActionProposed(Shape):
    kind: Literal["ActionProposed"] = "ActionProposed"
    action: ActionNumber
    what: TextRef
    owner: Slug
    clock: Clock
    due: Due


class ActionConfirmed(Shape):
    kind: Literal["ActionConfirmed"] = "ActionConfirmed"
    action: ActionNumber


class ActionClaimedDone(Shape):
    kind: Literal["ActionClaimedDone"] = "ActionClaimedDone"
    action: ActionNumber
    proof: tuple[Item, ...]
    covers_to: date


class ActionVerified(Shape):
    kind: Literal["ActionVerified"] = "ActionVerified"
    action: ActionNumber


class FindingsDrafted(Shape):
    kind: Literal["FindingsDrafted"] = "FindingsDrafted"
    version: int
    answer: TextRef
    body: TextRef


class FindingsApproved(Shape):
    kind: Literal["FindingsApproved"] = "FindingsApproved"
    version: int
    statement: TextRef


class FindingsPublished(Shape):
    """Published: the fingerprint is the SHA-256 of the public facts in their canonical form."""

    kind: Literal["FindingsPublished"] = "FindingsPublished"
    version: int
    fingerprint: Digest


class ReminderDelivered(Shape):
    """A rung was delivered. Rungs that had passed unsent meanwhile are named, never sent on top."""

    kind: Literal["ReminderDelivered"] = "ReminderDelivered"
    request: int
    rung: int
    due_on: date
    planned_at: Instant
    told: tuple[Slug, ...]
    passed_over: tuple[int, ...] = ()


class ReminderBounced(Shape):
    kind: Literal["ReminderBounced"] = "ReminderBounced"
    request: int
    rung: int
    due_on: date
    planned_at: Instant
    told: tuple[Slug, ...]
    passed_over: tuple[int, ...] = ()


class DutyMissed(Shape):
    """Something owed was not there when it was due: a request's return or an action's proof."""

    kind: Literal["DutyMissed"] = "DutyMissed"
    duty: Literal["return", "action"]
    request: int | None = None
    action: ActionNumber | None = None
    due: Due


class CyclePaused(Shape):
    kind: Literal["CyclePaused"] = "CyclePaused"
    reason: TextRef


class CycleResumed(Shape):
    kind: Literal["CycleResumed"] = "CycleResumed"
    moved: tuple[MovedDue, ...] = ()


class CycleCancelled(Shape):
    kind: Literal["CycleCancelled"] = "CycleCancelled"
    reason: TextRef


class CycleClosed(Shape):
    kind: Literal["CycleClosed"] = "CycleClosed"


AnyEvent = Annotated[
    CycleOpened
    | EvidenceRequested
    | RequestWithdrawn
    | RequestAcknowledged
    | ReturnSubmitted
    | ReturnSentBack
    | ReturnAccepted
    | ExtensionRequested
    | ExtensionGranted
    | ExtensionRefused
    | SessionFixed
    | SessionMoved
    | SessionHeld
    | AssuranceJudged
    | DecisionRecorded
    | ActionProposed
    | ActionConfirmed
    | ActionClaimedDone
    | ActionVerified
    | FindingsDrafted
    | FindingsApproved
    | FindingsPublished
    | ReminderDelivered
    | ReminderBounced
    | DutyMissed
    | CyclePaused
    | CycleResumed
    | CalendarChanged
    | StandardsChanged
    | CycleCancelled
    | CycleClosed,
    Field(discriminator="kind"),
]
