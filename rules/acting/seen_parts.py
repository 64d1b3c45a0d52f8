"""The parts of a cycle: to which of them an entry belongs, and what is left of it for whoever sees some."""

from collections.abc import Collection
from typing import Any

from schemas.cycle import Cycle, Session
from schemas.events import AnyEvent

WHOLE = "whole"
ANY = "any"
OPEN = "open"
RESTRICTED = "restricted"

ASKING = frozenset(
    {
        "ClarificationAnswered", "ClarificationAsked", "ClockResumed", "ClockSuspended", "EvidenceRequested",
        "ExtensionGranted", "ExtensionRefused", "ExtensionRequested", "NonResponseDeemed", "ReminderBounced",
        "ReminderDelivered", "RequestAcknowledged", "RequestAmended", "RequestDelegated", "RequestEscalated",
        "RequestReassigned", "RequestReminded", "RequestWithdrawn", "ReturnAccepted", "ReturnCertified",
        "ReturnSentBack", "ReturnSubmitted", "SensitivityClaimed", "SensitivityDecided", "SensitivityLapsed",
    }
)  # fmt: skip
"""What both sides of one request see."""
UNDERTAKING = frozenset(
    {
        "ActionClaimedDone", "ActionConfirmed", "ActionDateAsked", "ActionDateKept", "ActionDateMoved",
        "ActionDisputed", "ActionEscalated", "ActionPassedOn", "ActionProposed", "ActionReminded",
        "ActionReopened", "ActionSlipped", "ActionVerified", "ActionWithdrawn", "ProgressAsked",
        "ProgressReported",
    }
)  # fmt: skip
"""What both sides of one action see."""
PARTS = {
    **dict.fromkeys(
        ("SessionFixed", "SessionMoved", "SessionCancelled", "AgendaPublished", "PapersPublished"), "session"
    ),
    **dict.fromkeys(
        ("SessionHeld", "InterestDeclared", "QuestionAsked", "AnswerRecorded", "VoteRecorded"), "meeting"
    ),
    **dict.fromkeys(("FactCheckInvited", "FactCheckReceived", "FactCheckDeemed"), "fact_check"),
    "BodySucceeded": ANY,
    "FindingsWithdrawn": OPEN,
}
BESIDE_REQUEST: dict[str, Any] = {
    "amendments": (), "bounced": (), "chased": (), "claims": (), "clarifications": (), "delegations": (),
    "escalations": (), "extension": None, "reassignments": (), "reminded": (), "returns": (),
}  # fmt: skip
"""What is not everybody's once findings are published."""
BESIDE_ACTION: dict[str, Any] = {
    "chased": (), "date_asked": None, "dispute": None, "disputed_by": None, "escalations": (), "progress": (),
    "progress_asked": (), "proof": (),
}  # fmt: skip
BESIDE_SESSION: dict[str, Any] = {"interests": (), "questions": (), "votes": ()}
BESIDE_FINDINGS: dict[str, Any] = {"approvals": (), "redaction": None, "release": None, "sent_back": None}


def part_of(event: AnyEvent) -> str:
    """The part of a cycle to which an entry of its ledger belongs; what is not named is the office's own.

    Source: local.access
    """
    if event.kind in ASKING:
        return f"request/{getattr(event, 'request', 0)}"
    if event.kind in UNDERTAKING:
        return f"action/{getattr(event, 'action', '')}"
    return PARTS.get(event.kind, WHOLE)


def seen(cycle: Cycle, parts: Collection[str]) -> Cycle | None:
    """A cycle as it is to whoever sees some parts of it; None where they see nothing.

    Drafts, plans, wakes and judgements are the office's own until they are published, and stay so here:
    what was published of them stands in the publication.

    Source: local.access
    """
    if WHOLE in parts:
        return cycle
    if not any(one != RESTRICTED for one in parts):
        return None
    told = "published" in parts
    own = {"planned": (), "wakes": (), "judgements": (), "decisions": ()}
    return cycle.model_copy(
        update={
            **own,
            "requests": tuple(
                one if f"request/{one.number}" in parts else one.model_copy(update=BESIDE_REQUEST)
                for one in cycle.requests
                if f"request/{one.number}" in parts or (told and one.state != "withdrawn")
            ),
            "actions": tuple(
                one if f"action/{one.number}" in parts else one.model_copy(update=BESIDE_ACTION)
                for one in cycle.actions
                if f"action/{one.number}" in parts or (told and one.state != "proposed")
            ),
            "sessions": _sessions(cycle, parts),
            "findings": tuple(
                one.model_copy(update=BESIDE_FINDINGS)
                for one in cycle.findings
                if (one.fact_check and "fact_check" in parts) or (told and one.published_at)
            ),
        }
    )


def _sessions(cycle: Cycle, parts: Collection[str]) -> tuple[Session, ...]:
    if "session" not in parts and "published" not in parts:
        return ()
    if "meeting" in parts:
        return cycle.sessions
    return tuple(one.model_copy(update=BESIDE_SESSION) for one in cycle.sessions)
