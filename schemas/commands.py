"""Commands: what people ask of a cycle. Imperatives; each names its cycle, its actor and the client's key."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from schemas.clocks import Budget
from schemas.evidence import Answer, Cover, Item, RequestDraft
from schemas.people import Actor
from schemas.sessions import Assurance, SessionDraft
from schemas.shape import (
    ActionNumber,
    CalendarVersion,
    CommandKey,
    CommitmentRef,
    CycleRef,
    Instant,
    Marking,
    Shape,
    Slug,
    TextRef,
)
from schemas.standards import Standards


class Command(Shape):
    """What every command carries."""

    cycle: CycleRef
    key: CommandKey
    actor: Actor
    marking: Marking = "OFFICIAL"


class OpenCycle(Command):
    """Begin a cycle: theme, commitments, question, who is asked for what, and the session if it is fixed."""

    kind: Literal["OpenCycle"] = "OpenCycle"
    title: TextRef
    theme: Slug
    commitments: tuple[CommitmentRef, ...]
    question: TextRef
    requests: Annotated[tuple[RequestDraft, ...], Field(max_length=60)] = ()
    ask: Literal["now", "planned"] = "now"
    """Send the requests now, or each so many working days before it falls due (the kind's standard)."""
    session: SessionDraft | None = None
    standards: Standards
    calendar: CalendarVersion
    body: Slug
    set_back: timedelta = timedelta(0)
    """Demonstrations only: how far this cycle's clock was behind the true one when it was opened."""


class AddRequest(Command):
    """Ask one more lead for evidence."""

    kind: Literal["AddRequest"] = "AddRequest"
    request: RequestDraft


class ForRequest(Command):
    """A command about one evidence request, by its number in the cycle."""

    request: Annotated[int, Field(ge=1)]


class WithdrawRequest(ForRequest):
    """Ask no longer."""

    kind: Literal["WithdrawRequest"] = "WithdrawRequest"
    reason: TextRef


class Acknowledge(ForRequest):
    """The lead has seen the request."""

    kind: Literal["Acknowledge"] = "Acknowledge"


class SubmitReturn(ForRequest):
    """The force's reply: a version of the return."""

    kind: Literal["SubmitReturn"] = "SubmitReturn"
    answer: Answer = "provided"
    items: Annotated[tuple[Item, ...], Field(max_length=40)] = ()
    cover: Cover = Cover()
    partial: bool = False
    reason: TextRef | None = None
    signed_off_by: Slug | None = None


class SendBack(ForRequest):
    """The return has a gap: name it and give a new day."""

    kind: Literal["SendBack"] = "SendBack"
    gap: TextRef
    due: Budget


class AcceptReturn(ForRequest):
    """The evidence is what was asked for."""

    kind: Literal["AcceptReturn"] = "AcceptReturn"


class RequestExtension(ForRequest):
    """The lead asks for more time, to a day, with a reason."""

    kind: Literal["RequestExtension"] = "RequestExtension"
    to: date
    reason: TextRef


class DecideExtension(ForRequest):
    """The officer grants or refuses more time."""

    kind: Literal["DecideExtension"] = "DecideExtension"
    granted: bool
    reason: TextRef | None = None


class FixSession(Command):
    """Fix the day, hour and forum of a session."""

    kind: Literal["FixSession"] = "FixSession"
    session: SessionDraft


class ForSession(Command):
    """A command about one session, by its number in the cycle."""

    session: Annotated[int, Field(ge=1)] = 1


class MoveSession(ForSession):
    """Move a session; every date planned backwards from it moves too."""

    kind: Literal["MoveSession"] = "MoveSession"
    starts_at: Instant
    reason: TextRef
    confirmed: bool = False
    """Confirms a day on which nobody usually works."""


class RecordAttendance(ForSession):
    """Who was there: with this the session has been held."""

    kind: Literal["RecordAttendance"] = "RecordAttendance"
    present: tuple[Slug, ...]
    apologies: tuple[Slug, ...] = ()
    held_at: Instant | None = None


class JudgeAssurance(ForSession):
    """How assured the Commissioner is on one request's item, and why."""

    kind: Literal["JudgeAssurance"] = "JudgeAssurance"
    request: Annotated[int, Field(ge=1)]
    judgement: Assurance
    reasons: TextRef


class RecordDecision(Command):
    """A decision record: options considered, reasons and the statutory basis."""

    kind: Literal["RecordDecision"] = "RecordDecision"
    title: TextRef
    options: TextRef
    reasons: TextRef
    basis: str
    """An entry of the register of sources."""


class ProposeAction(Command):
    """Propose an undertaking with an owner and a day; it exists when the other side confirms it."""

    kind: Literal["ProposeAction"] = "ProposeAction"
    action: ActionNumber
    what: TextRef
    owner: Slug
    due_on: date


class ForAction(Command):
    """A command about one action, by its number in the year."""

    action: ActionNumber


class ConfirmAction(ForAction):
    """The other side agrees that this was undertaken."""

    kind: Literal["ConfirmAction"] = "ConfirmAction"


class ClaimDone(ForAction):
    """The owner says it is done, with proof and the day that the proof covers to."""

    kind: Literal["ClaimDone"] = "ClaimDone"
    proof: Annotated[tuple[Item, ...], Field(max_length=20)]
    covers_to: date


class VerifyDone(ForAction):
    """The asker has checked the proof."""

    kind: Literal["VerifyDone"] = "VerifyDone"


class DraftFindings(Command):
    """A version of the findings: the answer in one sentence, and the account in markdown."""

    kind: Literal["DraftFindings"] = "DraftFindings"
    answer: TextRef
    body: TextRef


class ApproveFindings(Command):
    """Sign a version: the chief executive, then the Commissioner; never its author."""

    kind: Literal["ApproveFindings"] = "ApproveFindings"
    version: Annotated[int, Field(ge=1)]
    statement: TextRef


class Publish(Command):
    """Publish an approved version for everybody to read."""

    kind: Literal["Publish"] = "Publish"
    version: Annotated[int, Field(ge=1)]


class Pause(Command):
    """Stop the cycle's local clocks; statutory ones run on."""

    kind: Literal["Pause"] = "Pause"
    reason: TextRef


class Resume(Command):
    """Let the local clocks run again; the time is given back."""

    kind: Literal["Resume"] = "Resume"


class ChangeCalendar(Command):
    """Count by a newer edition of the cycle's calendar."""

    kind: Literal["ChangeCalendar"] = "ChangeCalendar"
    to: CalendarVersion


class ChangeStandards(Command):
    """Follow a newer edition of the local standards of the cycle's kind."""

    kind: Literal["ChangeStandards"] = "ChangeStandards"
    standards: Standards


class Cancel(Command):
    """End the cycle before it is published."""

    kind: Literal["Cancel"] = "Cancel"
    reason: TextRef


AnyCommand = Annotated[
    OpenCycle
    | AddRequest
    | WithdrawRequest
    | Acknowledge
    | SubmitReturn
    | SendBack
    | AcceptReturn
    | RequestExtension
    | DecideExtension
    | FixSession
    | MoveSession
    | RecordAttendance
    | JudgeAssurance
    | RecordDecision
    | ProposeAction
    | ConfirmAction
    | ClaimDone
    | VerifyDone
    | DraftFindings
    | ApproveFindings
    | Publish
    | Pause
    | Resume
    | ChangeCalendar
    | ChangeStandards
    | Cancel,
    Field(discriminator="kind"),
]
