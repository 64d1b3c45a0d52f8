"""Commands about what follows: decisions, and actions that two sides agree."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.commands.base import Command, ForAction
from schemas.cycle.outcomes import DecisionFunction, SelfAssessment
from schemas.evidence import Item
from schemas.shape import ActionNumber, Slug, TextRef, later


class RecordDecision(Command):
    """A decision record: options considered, reasons and the statutory basis."""

    kind: Literal["RecordDecision"] = "RecordDecision"
    title: TextRef
    options: TextRef
    reasons: TextRef
    basis: str
    """An entry of the register of sources."""
    conditions: TextRef | None = later(None)
    function: DecisionFunction = later("general")
    """Which function of the office is exercised: some cannot be delegated."""
    restricted: bool = later(default=False)
    """Whether the reasons are withheld from the public, on the ground that the conditions name."""


class ProposeAction(Command):
    """Propose an undertaking with an owner and a day; it exists when the other side confirms it."""

    kind: Literal["ProposeAction"] = "ProposeAction"
    action: ActionNumber
    what: TextRef
    owner: Slug
    due_on: date


class ConfirmAction(ForAction):
    """The other side agrees that this was undertaken."""

    kind: Literal["ConfirmAction"] = "ConfirmAction"


class DisputeAction(ForAction):
    """The other side says that this was not undertaken, or not so. It is shown as disputed."""

    kind: Literal["DisputeAction"] = "DisputeAction"
    reason: TextRef


class WithdrawAction(ForAction):
    """The side that proposed an action takes it back, before it is confirmed."""

    kind: Literal["WithdrawAction"] = "WithdrawAction"
    reason: TextRef


class MoveActionDate(ForAction):
    """The owner asks for a later day: once. A second slip goes to a chief officer and the next agenda."""

    kind: Literal["MoveActionDate"] = "MoveActionDate"
    to: date
    reason: TextRef


class DecideActionDate(ForAction):
    """The officer grants or refuses the later day."""

    kind: Literal["DecideActionDate"] = "DecideActionDate"
    granted: bool
    reason: TextRef | None = None


class ReportProgress(ForAction):
    """The owner says how it stands: an account in words and the owner's own assessment."""

    kind: Literal["ReportProgress"] = "ReportProgress"
    account: TextRef
    assessment: SelfAssessment


class ClaimDone(ForAction):
    """The owner says it is done, with proof and the day that the proof covers to."""

    kind: Literal["ClaimDone"] = "ClaimDone"
    proof: Annotated[tuple[Item, ...], Field(max_length=20)]
    covers_to: date


class VerifyDone(ForAction):
    """The asker has checked the proof."""

    kind: Literal["VerifyDone"] = "VerifyDone"


class Reopen(ForAction):
    """The proof does not hold, or no longer: the action is open again, to a new day."""

    kind: Literal["Reopen"] = "Reopen"
    reason: TextRef
    due_on: date


class PassOn(ForAction):
    """Give a confirmed action another owner on the same side, who was wrongly named or has left."""

    kind: Literal["PassOn"] = "PassOn"
    to: Slug
    reason: TextRef
