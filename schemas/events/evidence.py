"""What happened to evidence: asked, clarified, returned, certified, claimed sensitive, chased."""

from datetime import date
from typing import Literal

from schemas.clocks import Budget, Clock, Due
from schemas.evidence import Answer, Cover, Ground, Item, RequestDraft
from schemas.shape import Instant, Shape, Slug, TextRef, later
from schemas.standards import Recipient


class EvidenceRequested(Shape):
    """A request was made. `due` is None while its session has no day yet."""

    kind: Literal["EvidenceRequested"] = "EvidenceRequested"
    request: int
    draft: RequestDraft
    clock: Clock
    due: Due | None = None
    campaign: int | None = later(None)


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
    parts: tuple[int, ...] = later(())


class ReturnSentBack(Shape):
    kind: Literal["ReturnSentBack"] = "ReturnSentBack"
    request: int
    version: int
    gap: TextRef
    budget: Budget
    due: Due | None = None
    parts: tuple[int, ...] = later(())


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


class ReminderDelivered(Shape):
    """A rung was delivered. Rungs that had passed unsent meanwhile are named, never sent on top."""

    kind: Literal["ReminderDelivered"] = "ReminderDelivered"
    request: int
    rung: int
    due_on: date
    planned_at: Instant
    told: tuple[Slug, ...]
    passed_over: tuple[int, ...] = ()
    to: tuple[Recipient, ...] = later(())
    """Whom the rung names."""
    route: Recipient | None = later(None)
    """Who got it in the end; None in entries from before what bounces was put to others."""


class ReminderBounced(Shape):
    """An attempt that reached nobody. The same rung then goes to the next; after the last it is given up."""

    kind: Literal["ReminderBounced"] = "ReminderBounced"
    request: int
    rung: int
    due_on: date
    planned_at: Instant
    told: tuple[Slug, ...]
    passed_over: tuple[int, ...] = ()
    route: Recipient | None = later(None)
    """Whom it was put to; None in entries from before what bounces was put to others."""


class RequestAmended(Shape):
    """Asked otherwise: the draft as it is now, as it was, and the due day that follows."""

    kind: Literal["RequestAmended"] = "RequestAmended"
    request: int
    draft: RequestDraft
    was: RequestDraft
    reason: TextRef
    restarts: bool
    """Whether the clock starts again, because another day was given."""
    due: Due | None = None


class ClarificationAsked(Shape):
    kind: Literal["ClarificationAsked"] = "ClarificationAsked"
    request: int
    clarification: int
    question: TextRef
    stops: bool = later(default=True)
    """Whether the clock waits for the answer; not where it had run out before the question came."""


class ClarificationAnswered(Shape):
    kind: Literal["ClarificationAnswered"] = "ClarificationAnswered"
    request: int
    clarification: int
    answer: TextRef


class ClockSuspended(Shape):
    """The request's clock stands still while the office owes an answer."""

    kind: Literal["ClockSuspended"] = "ClockSuspended"
    request: int
    because: Literal["clarification"] = "clarification"


class ClockResumed(Shape):
    """The request's clock runs again, with the time given back."""

    kind: Literal["ClockResumed"] = "ClockResumed"
    request: int
    due: Due | None
    was: Due | None
    extended_to: date | None = later(None)
    """The next working day, where the due hour passed while the office owed its answer."""


class RequestDelegated(Shape):
    kind: Literal["RequestDelegated"] = "RequestDelegated"
    request: int
    to: Slug
    until_on: date | None = None
    reason: TextRef | None = None


class RequestReassigned(Shape):
    kind: Literal["RequestReassigned"] = "RequestReassigned"
    request: int
    to: Slug
    was: Slug
    reason: TextRef


class RequestReminded(Shape):
    """A person had whoever owes the return reminded, beside the ladder."""

    kind: Literal["RequestReminded"] = "RequestReminded"
    request: int
    due_on: date


class RequestEscalated(Shape):
    """Taken to somebody higher, by a person."""

    kind: Literal["RequestEscalated"] = "RequestEscalated"
    request: int
    to: Slug
    reason: TextRef


class NonResponseDeemed(Shape):
    """Nothing came so many working days after the due day: it goes on the agenda by itself."""

    kind: Literal["NonResponseDeemed"] = "NonResponseDeemed"
    request: int
    due: Due
    after_days: int


class ReturnCertified(Shape):
    kind: Literal["ReturnCertified"] = "ReturnCertified"
    request: int
    version: int
    statement: TextRef


class SensitivityClaimed(Shape):
    kind: Literal["SensitivityClaimed"] = "SensitivityClaimed"
    request: int
    claim: int
    version: int
    item: int
    ground: Ground
    why: TextRef
    paragraph: str | None = None
    until_on: date


class SensitivityDecided(Shape):
    kind: Literal["SensitivityDecided"] = "SensitivityDecided"
    request: int
    claim: int
    upheld: bool
    reason: TextRef
    until_on: date


class SensitivityLapsed(Shape):
    """The last day of a claim has passed: it withholds nothing more until it is claimed anew."""

    kind: Literal["SensitivityLapsed"] = "SensitivityLapsed"
    request: int
    claim: int
