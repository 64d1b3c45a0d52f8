"""What followed: decisions, and actions agreed, disputed, moved, done and verified."""

from datetime import date
from typing import Literal

from schemas.clocks import Clock, Due
from schemas.cycle.outcomes import DecisionFunction, SelfAssessment
from schemas.evidence import Item
from schemas.shape import ActionNumber, Shape, Slug, TextRef, later


class DecisionRecorded(Shape):
    kind: Literal["DecisionRecorded"] = "DecisionRecorded"
    decision: int
    title: TextRef
    options: TextRef
    reasons: TextRef
    basis: str
    conditions: TextRef | None = later(None)
    function: DecisionFunction = later("general")
    restricted: bool = later(default=False)


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


class ActionDisputed(Shape):
    kind: Literal["ActionDisputed"] = "ActionDisputed"
    action: ActionNumber
    reason: TextRef


class ActionWithdrawn(Shape):
    kind: Literal["ActionWithdrawn"] = "ActionWithdrawn"
    action: ActionNumber
    reason: TextRef


class ActionDateAsked(Shape):
    kind: Literal["ActionDateAsked"] = "ActionDateAsked"
    action: ActionNumber
    to: date
    reason: TextRef


class ActionDateMoved(Shape):
    kind: Literal["ActionDateMoved"] = "ActionDateMoved"
    action: ActionNumber
    due: Due
    was: Due
    reason: TextRef | None = None


class ActionDateKept(Shape):
    """The later day was refused."""

    kind: Literal["ActionDateKept"] = "ActionDateKept"
    action: ActionNumber
    to: date
    reason: TextRef | None = None


class ActionSlipped(Shape):
    """A later day was asked for after the one move: it goes to a chief officer and the next agenda."""

    kind: Literal["ActionSlipped"] = "ActionSlipped"
    action: ActionNumber
    to: date
    reason: TextRef


class ActionReminded(Shape):
    """A person had the owner reminded."""

    kind: Literal["ActionReminded"] = "ActionReminded"
    action: ActionNumber
    due_on: date


class ActionEscalated(Shape):
    kind: Literal["ActionEscalated"] = "ActionEscalated"
    action: ActionNumber
    to: Slug
    reason: TextRef


class ProgressAsked(Shape):
    """The engine asked the owner how it stands."""

    kind: Literal["ProgressAsked"] = "ProgressAsked"
    action: ActionNumber
    on: date
    told: tuple[Slug, ...]


class ProgressReported(Shape):
    kind: Literal["ProgressReported"] = "ProgressReported"
    action: ActionNumber
    account: TextRef
    assessment: SelfAssessment


class ActionReopened(Shape):
    kind: Literal["ActionReopened"] = "ActionReopened"
    action: ActionNumber
    reason: TextRef
    clock: Clock
    due: Due


class ActionPassedOn(Shape):
    kind: Literal["ActionPassedOn"] = "ActionPassedOn"
    action: ActionNumber
    to: Slug
    was: Slug
    reason: TextRef
