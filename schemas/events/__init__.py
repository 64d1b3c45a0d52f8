"""Events: what happened, in the past tense. Ledger, timeline and feeds are made of nothing else."""

from typing import Annotated

from pydantic import Field

from schemas.changes import CalendarChanged, StandardsChanged
from schemas.events.evidence import (
    ClarificationAnswered,
    ClarificationAsked,
    ClockResumed,
    ClockSuspended,
    EvidenceRequested,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    NonResponseDeemed,
    ReminderBounced,
    ReminderDelivered,
    RequestAcknowledged,
    RequestAmended,
    RequestDelegated,
    RequestEscalated,
    RequestReassigned,
    RequestReminded,
    RequestWithdrawn,
    ReturnAccepted,
    ReturnCertified,
    ReturnSentBack,
    ReturnSubmitted,
    SensitivityClaimed,
    SensitivityDecided,
    SensitivityLapsed,
)
from schemas.events.findings import (
    FactCheckDeemed,
    FactCheckInvited,
    FactCheckReceived,
    FindingsApproved,
    FindingsCorrected,
    FindingsDrafted,
    FindingsPublished,
    FindingsSentBack,
    FindingsWithdrawn,
    ItemRedacted,
    RedactionsChecked,
    ReleaseHeldBack,
    ReleaseScheduled,
)
from schemas.events.outcomes import (
    ActionClaimedDone,
    ActionConfirmed,
    ActionDateAsked,
    ActionDateKept,
    ActionDateMoved,
    ActionDisputed,
    ActionEscalated,
    ActionPassedOn,
    ActionProposed,
    ActionReminded,
    ActionReopened,
    ActionSlipped,
    ActionVerified,
    ActionWithdrawn,
    DecisionRecorded,
    ProgressAsked,
    ProgressReported,
)
from schemas.events.sessions import (
    AgendaPublished,
    AnswerRecorded,
    AssuranceConfirmed,
    AssuranceJudged,
    InterestDeclared,
    PapersPublished,
    QuestionAsked,
    SessionCancelled,
    SessionFixed,
    SessionHeld,
    SessionMoved,
    VoteRecorded,
)
from schemas.events.steering import (
    BodySucceeded,
    CommentsReminded,
    CycleCancelled,
    CycleClosed,
    CycleOpened,
    CyclePaused,
    CycleResumed,
    DutyFiredLate,
    DutyMissed,
    WakeDelivered,
    WakeSet,
)

__all__ = [
    "ActionClaimedDone", "ActionConfirmed", "ActionDateAsked", "ActionDateKept", "ActionDateMoved",
    "ActionDisputed", "ActionEscalated", "ActionPassedOn", "ActionProposed", "ActionReminded",
    "ActionReopened", "ActionSlipped", "ActionVerified", "ActionWithdrawn", "AgendaPublished",
    "AnswerRecorded", "AnyEvent",
    "AssuranceConfirmed", "AssuranceJudged", "BodySucceeded", "CalendarChanged", "ClarificationAnswered",
    "ClarificationAsked", "ClockResumed", "ClockSuspended", "CommentsReminded", "CycleCancelled",
    "CycleClosed", "CycleOpened",
    "CyclePaused", "CycleResumed", "DecisionRecorded", "DutyFiredLate", "DutyMissed", "EvidenceRequested",
    "ExtensionGranted", "ExtensionRefused", "ExtensionRequested", "FactCheckDeemed", "FactCheckInvited",
    "FactCheckReceived", "FindingsApproved", "FindingsCorrected", "FindingsDrafted", "FindingsPublished",
    "FindingsSentBack", "FindingsWithdrawn", "InterestDeclared", "ItemRedacted", "NonResponseDeemed",
    "PapersPublished", "ProgressAsked", "ProgressReported", "QuestionAsked", "RedactionsChecked",
    "ReleaseHeldBack", "ReleaseScheduled", "ReminderBounced", "ReminderDelivered", "RequestAcknowledged",
    "RequestAmended", "RequestDelegated", "RequestEscalated", "RequestReassigned", "RequestReminded",
    "RequestWithdrawn",
    "ReturnAccepted", "ReturnCertified", "ReturnSentBack", "ReturnSubmitted", "SensitivityClaimed",
    "SensitivityDecided", "SensitivityLapsed", "SessionCancelled", "SessionFixed", "SessionHeld",
    "SessionMoved", "StandardsChanged", "VoteRecorded", "WakeDelivered", "WakeSet",
]  # fmt: skip

AnyEvent = Annotated[
    CycleOpened
    | CyclePaused
    | CycleResumed
    | CycleCancelled
    | CycleClosed
    | DutyMissed
    | DutyFiredLate
    | CommentsReminded
    | WakeSet
    | WakeDelivered
    | BodySucceeded
    | EvidenceRequested
    | RequestWithdrawn
    | RequestAcknowledged
    | ReturnSubmitted
    | ReturnSentBack
    | ReturnAccepted
    | ExtensionRequested
    | ExtensionGranted
    | ExtensionRefused
    | ReminderDelivered
    | ReminderBounced
    | RequestAmended
    | ClarificationAsked
    | ClarificationAnswered
    | ClockSuspended
    | ClockResumed
    | RequestDelegated
    | RequestReassigned
    | RequestEscalated
    | RequestReminded
    | NonResponseDeemed
    | ReturnCertified
    | SensitivityClaimed
    | SensitivityDecided
    | SensitivityLapsed
    | SessionFixed
    | SessionMoved
    | SessionHeld
    | AssuranceJudged
    | SessionCancelled
    | AgendaPublished
    | PapersPublished
    | InterestDeclared
    | QuestionAsked
    | AnswerRecorded
    | AssuranceConfirmed
    | VoteRecorded
    | DecisionRecorded
    | ActionProposed
    | ActionConfirmed
    | ActionClaimedDone
    | ActionVerified
    | ActionDisputed
    | ActionWithdrawn
    | ActionDateAsked
    | ActionDateMoved
    | ActionDateKept
    | ActionSlipped
    | ActionEscalated
    | ActionReminded
    | ProgressAsked
    | ProgressReported
    | ActionReopened
    | ActionPassedOn
    | FindingsDrafted
    | FindingsApproved
    | FindingsSentBack
    | FindingsPublished
    | FactCheckInvited
    | FactCheckReceived
    | FactCheckDeemed
    | ItemRedacted
    | RedactionsChecked
    | ReleaseScheduled
    | ReleaseHeldBack
    | FindingsCorrected
    | FindingsWithdrawn
    | CalendarChanged
    | StandardsChanged,
    Field(discriminator="kind"),
]
