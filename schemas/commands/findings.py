"""Commands about findings: drafted, checked for fact, redacted, signed, released, corrected, withdrawn."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.commands.base import Command, ForFindings
from schemas.cycle.findings import Span, WithheldItem
from schemas.shape import Instant, TextRef, later


class DraftFindings(Command):
    """A version of the findings: the answer in one sentence, and the account in markdown."""

    kind: Literal["DraftFindings"] = "DraftFindings"
    answer: TextRef
    body: TextRef
    correction: TextRef | None = later(None)
    """What is being put right and why, where findings are published already."""


class InviteFactCheck(ForFindings):
    """Ask the force what is wrong in fact. Silence in the window is taken as no comment."""

    kind: Literal["InviteFactCheck"] = "InviteFactCheck"


class SubmitFactCheck(ForFindings):
    """The force's comments on fact; none means that there is nothing to correct."""

    kind: Literal["SubmitFactCheck"] = "SubmitFactCheck"
    comments: TextRef | None = None


class Redact(ForFindings):
    """Take spans and items out of the copy that is published. The original stays as it was signed."""

    kind: Literal["Redact"] = "Redact"
    spans: Annotated[tuple[Span, ...], Field(max_length=200)] = ()
    items: Annotated[tuple[WithheldItem, ...], Field(max_length=200)] = ()
    answer: TextRef
    """The sentence as it is published: the original where nothing in it is taken out."""
    body: TextRef
    """The account as it is published."""


class CheckRedactions(ForFindings):
    """A second person has compared the copy with the original."""

    kind: Literal["CheckRedactions"] = "CheckRedactions"
    agreed: bool
    reason: TextRef | None = None
    """What is wrong, where it is not agreed."""


class ApproveFindings(Command):
    """Sign a version: the chief executive, then the Commissioner; never its author."""

    kind: Literal["ApproveFindings"] = "ApproveFindings"
    version: Annotated[int, Field(ge=1)]
    statement: TextRef
    name: TextRef | None = later(None)
    """The name that was typed as the signature; none where the act came from elsewhere than the page."""


class SendBackFindings(ForFindings):
    """Whoever would sign a version does not: it goes back to be written again, with a note."""

    kind: Literal["SendBackFindings"] = "SendBackFindings"
    note: TextRef


class Publish(Command):
    """Publish an approved version for everybody to read."""

    kind: Literal["Publish"] = "Publish"
    version: Annotated[int, Field(ge=1)]
    despite_election: TextRef | None = later(None)
    """The reason to publish in the period before an election, where it cannot wait."""


class ScheduleRelease(ForFindings):
    """Publish an approved version at an instant, or when a condition is met; until then a notice stands."""

    kind: Literal["ScheduleRelease"] = "ScheduleRelease"
    at: Instant | None = None
    condition: TextRef | None = None
    """What it waits for, where that is not an instant; somebody then publishes it."""
    placeholder: TextRef
    """What the public reads until then."""
    despite_election: TextRef | None = None


class HoldBack(ForFindings):
    """Stop a release that was scheduled."""

    kind: Literal["HoldBack"] = "HoldBack"
    reason: TextRef


class Correct(ForFindings):
    """Publish an approved correction at the same address; the versions before it stay listed."""

    kind: Literal["Correct"] = "Correct"
    despite_election: TextRef | None = later(None)


class Withdraw(ForFindings):
    """Take a published version back; its address answers with a notice."""

    kind: Literal["Withdraw"] = "Withdraw"
    notice: TextRef
