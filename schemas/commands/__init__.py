"""Commands: what people ask of a cycle. Imperatives; each names its cycle, its actor and the client's key."""

from typing import Annotated

from pydantic import Field

from schemas.commands.base import Command, ForAction, ForFindings, ForRequest, ForSession
from schemas.commands.evidence import (
    AcceptReturn,
    Acknowledge,
    AddRequest,
    AmendRequest,
    AnswerClarification,
    AskClarification,
    AskSeveral,
    CertifyReturn,
    ClaimSensitivity,
    DecideExtension,
    DecideSensitivity,
    Delegate,
    Reassign,
    RequestExtension,
    SendBack,
    SubmitReturn,
    WithdrawRequest,
)
from schemas.commands.findings import (
    ApproveFindings,
    CheckRedactions,
    Correct,
    DraftFindings,
    HoldBack,
    InviteFactCheck,
    Publish,
    Redact,
    ScheduleRelease,
    SendBackFindings,
    SubmitFactCheck,
    Withdraw,
)
from schemas.commands.outcomes import (
    ClaimDone,
    ConfirmAction,
    DecideActionDate,
    DisputeAction,
    MoveActionDate,
    PassOn,
    ProposeAction,
    RecordDecision,
    Reopen,
    ReportProgress,
    VerifyDone,
    WithdrawAction,
)
from schemas.commands.sessions import (
    AskQuestion,
    CancelSession,
    ConfirmAssurance,
    DeclareInterest,
    FixSession,
    JudgeAssurance,
    MoveSession,
    PublishAgenda,
    PublishPapers,
    RecordAnswer,
    RecordAttendance,
    RecordVote,
)
from schemas.commands.steering import (
    Cancel,
    ChangeCalendar,
    ChangeStandards,
    Escalate,
    OpenCycle,
    Pause,
    Remind,
    Resume,
    Succeed,
    WakeMe,
)

__all__ = [
    "AcceptReturn", "Acknowledge", "AddRequest", "AmendRequest", "AnswerClarification", "AnyCommand",
    "ApproveFindings", "AskClarification", "AskQuestion", "AskSeveral", "Cancel", "CancelSession",
    "CertifyReturn", "ChangeCalendar", "ChangeStandards", "CheckRedactions", "ClaimDone", "ClaimSensitivity",
    "Command", "ConfirmAction", "ConfirmAssurance", "Correct", "DecideActionDate", "DecideExtension",
    "DecideSensitivity", "DeclareInterest", "Delegate", "DisputeAction", "DraftFindings", "Escalate",
    "FixSession", "ForAction", "ForFindings", "ForRequest", "ForSession", "HoldBack", "InviteFactCheck",
    "JudgeAssurance", "MoveActionDate", "MoveSession", "OpenCycle", "PassOn", "Pause", "ProposeAction",
    "Publish", "PublishAgenda", "PublishPapers", "Reassign", "RecordAnswer", "RecordAttendance",
    "RecordDecision", "RecordVote", "Redact", "Remind", "Reopen", "ReportProgress", "RequestExtension",
    "Resume",
    "ScheduleRelease", "SendBack", "SendBackFindings", "SubmitFactCheck", "SubmitReturn", "Succeed",
    "VerifyDone", "WakeMe", "Withdraw", "WithdrawAction", "WithdrawRequest",
]  # fmt: skip

AnyCommand = Annotated[
    OpenCycle
    | AddRequest
    | AskSeveral
    | AmendRequest
    | WithdrawRequest
    | Acknowledge
    | AskClarification
    | AnswerClarification
    | Delegate
    | Reassign
    | SubmitReturn
    | CertifyReturn
    | SendBack
    | AcceptReturn
    | ClaimSensitivity
    | DecideSensitivity
    | RequestExtension
    | DecideExtension
    | FixSession
    | MoveSession
    | CancelSession
    | PublishAgenda
    | PublishPapers
    | RecordAttendance
    | DeclareInterest
    | AskQuestion
    | RecordAnswer
    | JudgeAssurance
    | ConfirmAssurance
    | RecordVote
    | RecordDecision
    | ProposeAction
    | ConfirmAction
    | DisputeAction
    | WithdrawAction
    | MoveActionDate
    | DecideActionDate
    | ReportProgress
    | ClaimDone
    | VerifyDone
    | Reopen
    | PassOn
    | DraftFindings
    | InviteFactCheck
    | SubmitFactCheck
    | Redact
    | CheckRedactions
    | ApproveFindings
    | SendBackFindings
    | Publish
    | ScheduleRelease
    | HoldBack
    | Correct
    | Withdraw
    | Pause
    | Resume
    | Escalate
    | Remind
    | WakeMe
    | Succeed
    | ChangeCalendar
    | ChangeStandards
    | Cancel,
    Field(discriminator="kind"),
]
