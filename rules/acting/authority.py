"""Authority: who may do what, and what needs a second person."""

from datetime import date
from typing import Literal

from rules.acting.delegation import delegates
from schemas.commands import AnyCommand
from schemas.cycle import Action, Cycle, Request
from schemas.outcomes import Refused
from schemas.people import Actor, Role

Answers = Literal["confirms", "disputes"]
"""What the side that did not propose an action may do with it."""

COMMISSIONERS = frozenset({Role.COMMISSIONER, Role.ACTING_COMMISSIONER})
"""An acting commissioner does what the commissioner does, but for the plan (PRSRA 2011, s.62)."""
OFFICERS = frozenset({Role.POLICY_OFFICER})
CHIEF_EXECUTIVE = frozenset({Role.CHIEF_EXECUTIVE})
PUBLISHERS = frozenset({Role.PUBLICATION_OFFICER})
SECRETARIAT = frozenset({Role.PANEL_SECRETARIAT})
OFFICE = OFFICERS | COMMISSIONERS
STEERING = OFFICERS | CHIEF_EXECUTIVE
CONVENING = OFFICERS | SECRETARIAT
FORCE = frozenset({Role.THEMATIC_LEAD, Role.FORCE_COORDINATION, Role.CHIEF_CONSTABLE})
EITHER_SIDE = OFFICE | FORCE

MAY: dict[str, frozenset[Role]] = {
    "OpenCycle": OFFICE,
    "AddRequest": OFFICERS,
    "AskSeveral": OFFICERS,
    "AmendRequest": OFFICERS,
    "WithdrawRequest": OFFICERS,
    "Acknowledge": FORCE,
    "AskClarification": FORCE,
    "AnswerClarification": OFFICERS,
    "Delegate": frozenset({Role.THEMATIC_LEAD, Role.FORCE_COORDINATION}),
    "Reassign": STEERING,
    "SubmitReturn": FORCE,
    "CertifyReturn": FORCE,
    "SendBack": OFFICERS,
    "AcceptReturn": OFFICERS,
    "ClaimSensitivity": FORCE,
    "DecideSensitivity": STEERING,
    "RequestExtension": FORCE,
    "DecideExtension": STEERING,
    "FixSession": CONVENING,
    "MoveSession": CONVENING,
    "CancelSession": CONVENING,
    "PublishAgenda": CONVENING,
    "PublishPapers": CONVENING,
    "RecordAttendance": CONVENING,
    "DeclareInterest": CONVENING,
    "AskQuestion": CONVENING | COMMISSIONERS,
    "RecordAnswer": CONVENING,
    "JudgeAssurance": OFFICE,
    "ConfirmAssurance": COMMISSIONERS,
    "RecordVote": CONVENING,
    "RecordDecision": COMMISSIONERS | CHIEF_EXECUTIVE | {Role.DEPUTY_COMMISSIONER},
    "ProposeAction": EITHER_SIDE,
    "ConfirmAction": EITHER_SIDE,
    "DisputeAction": EITHER_SIDE,
    "WithdrawAction": EITHER_SIDE,
    "MoveActionDate": EITHER_SIDE,
    "DecideActionDate": STEERING,
    "ReportProgress": EITHER_SIDE,
    "ClaimDone": EITHER_SIDE,
    "VerifyDone": OFFICE,
    "Reopen": OFFICE,
    "PassOn": STEERING | {Role.FORCE_COORDINATION},
    "DraftFindings": OFFICERS,
    "InviteFactCheck": OFFICERS,
    "SubmitFactCheck": frozenset({Role.CHIEF_CONSTABLE, Role.FORCE_COORDINATION}),
    "Redact": OFFICERS,
    "CheckRedactions": STEERING | PUBLISHERS,
    "ApproveFindings": CHIEF_EXECUTIVE | COMMISSIONERS,
    "SendBackFindings": CHIEF_EXECUTIVE | COMMISSIONERS,
    "Publish": PUBLISHERS,
    "ScheduleRelease": PUBLISHERS,
    "HoldBack": PUBLISHERS | CHIEF_EXECUTIVE,
    "Correct": PUBLISHERS,
    "Withdraw": PUBLISHERS | CHIEF_EXECUTIVE,
    "Pause": STEERING,
    "Resume": STEERING,
    "Escalate": STEERING,
    "Remind": STEERING,
    "WakeMe": EITHER_SIDE | CONVENING | PUBLISHERS | CHIEF_EXECUTIVE,
    "Succeed": CHIEF_EXECUTIVE,
    "ChangeCalendar": STEERING,
    "ChangeStandards": STEERING,
    "Cancel": STEERING | COMMISSIONERS,
}
"""Command by role. What is not here is refused."""

ACTS = {
    "OpenCycle": "open a cycle",
    "AddRequest": "ask for evidence",
    "AskSeveral": "ask several leads for evidence",
    "AmendRequest": "amend a request",
    "WithdrawRequest": "withdraw a request",
    "Acknowledge": "acknowledge a request",
    "AskClarification": "ask what a request means",
    "AnswerClarification": "say what a request means",
    "Delegate": "delegate a request",
    "Reassign": "put a request to another lead",
    "SubmitReturn": "submit a return",
    "CertifyReturn": "certify a return",
    "SendBack": "send a return back",
    "AcceptReturn": "accept a return",
    "ClaimSensitivity": "claim that an item is sensitive",
    "DecideSensitivity": "decide on a claim of sensitivity",
    "RequestExtension": "ask for more time",
    "DecideExtension": "decide on more time",
    "FixSession": "fix a session",
    "MoveSession": "move a session",
    "CancelSession": "call a session off",
    "PublishAgenda": "publish an agenda",
    "PublishPapers": "publish a session's papers",
    "RecordAttendance": "record attendance",
    "DeclareInterest": "record a conflict of interest",
    "AskQuestion": "put a question",
    "RecordAnswer": "record an answer",
    "JudgeAssurance": "record how assured the Commissioner is",
    "ConfirmAssurance": "confirm how assured the Commissioner is",
    "RecordVote": "record a vote",
    "RecordDecision": "record a decision",
    "ProposeAction": "propose an action",
    "ConfirmAction": "confirm an action",
    "DisputeAction": "dispute an action",
    "WithdrawAction": "take a proposed action back",
    "MoveActionDate": "ask for a later day for an action",
    "DecideActionDate": "decide on a later day for an action",
    "ReportProgress": "report progress on an action",
    "ClaimDone": "claim an action done",
    "VerifyDone": "verify an action",
    "Reopen": "reopen an action",
    "PassOn": "give an action another owner",
    "DraftFindings": "draft findings",
    "InviteFactCheck": "invite a fact check",
    "SubmitFactCheck": "answer a fact check",
    "Redact": "redact findings",
    "CheckRedactions": "check redactions",
    "ApproveFindings": "approve findings",
    "SendBackFindings": "send findings back",
    "Publish": "publish findings",
    "ScheduleRelease": "schedule a release",
    "HoldBack": "hold a release back",
    "Correct": "publish a correction",
    "Withdraw": "withdraw published findings",
    "Pause": "pause a cycle",
    "Resume": "resume a cycle",
    "Escalate": "escalate",
    "Remind": "send a reminder now",
    "WakeMe": "ask to be reminded",
    "Succeed": "record who takes over",
    "ChangeCalendar": "release a new edition of the calendar",
    "ChangeStandards": "release new local standards",
    "Cancel": "cancel a cycle",
}

AFTER_CLOSE = frozenset(
    {
        "DraftFindings",
        "InviteFactCheck",
        "SubmitFactCheck",
        "Redact",
        "CheckRedactions",
        "ApproveFindings",
        "SendBackFindings",
        "ScheduleRelease",
        "HoldBack",
        "Correct",
        "Withdraw",
        "Reopen",
    }
)
"""What may still be done in a closed cycle: its findings are put right, and what was done is doubted."""


def titles(roles: frozenset[Role]) -> str:
    """Roles in words, such as `chief executive or commissioner`.

    Source: glossary
    """
    words = sorted(role.value.replace("_", " ") for role in roles)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def may(command: AnyCommand) -> Refused | None:
    """A refusal where the actor's role may not do this at all.

    Source: process.commands
    """
    allowed = MAY[command.kind]
    if command.actor.role in allowed:
        return None
    return Refused(
        code="not_your_role",
        message=f"As {command.actor.role.value.replace('_', ' ')} you may not {ACTS[command.kind]}. "
        f"Ask the {titles(allowed)}.",
        source="process.commands",
    )


def answers_for(actor: Actor, request: Request, today: date) -> Refused | None:
    """A refusal where somebody answers a request that was put to another lead, who has not delegated it.

    Source: process.commands
    """
    may = (request.draft.lead, *delegates(request, today))
    if actor.role != Role.THEMATIC_LEAD or any(stands_for(actor, one) for one in may):
        return None
    return Refused(
        code="not_your_request",
        message=f"Request {request.number} was put to another lead. "
        "Ask that lead, their delegate, force coordination or the Chief Constable to answer it.",
        source="process.commands",
    )


def stands_for(actor: Actor, person: str) -> bool:
    """Whether an act counts as this person's: their own, or their deputy's in their place.

    That the deputy is one, on that day, is checked at the doorway (rules.acting.appointments).

    Source: process.commands
    """
    return person in (actor.person, actor.deputising_for)


def acts_as_owner(actor: Actor, action: Action, act: str) -> Refused | None:
    """A refusal where somebody else than an action's owner, or force coordination for one, speaks for it.

    That force coordination speaks only for an owner of the force is checked at the doorway.

    Source: process.commands
    """
    if stands_for(actor, action.owner) or actor.role == Role.FORCE_COORDINATION:
        return None
    return Refused(
        code="not_your_action",
        message=f"Action {action.number} has another owner. Only the owner, or force coordination "
        f"for the owner, can {act}.",
        source="process.commands",
    )


def second_person(actor: Actor, first: Actor, act: str) -> Refused | None:
    """A refusal where one person would do both halves of an act that needs two.

    Source: local.separation-of-duties
    """
    if actor.person != first.person:
        return None
    return Refused(
        code="needs_second_person",
        message=f"You {act}, so somebody else has to do this. Ask a colleague with the right role.",
        source="local.separation-of-duties",
    )


def other_side(actor: Actor, first: Actor, act: Answers = "confirms") -> Refused | None:
    """A refusal where the side that proposed an undertaking would also confirm or dispute it.

    Source: process.commands
    """
    if actor.side != first.side:
        return None
    side = "the office" if first.side == "opcc" else "the force"
    ends = {
        "confirms": "it exists when the other side confirms it.",
        "disputes": "only the other side can dispute it. Take it back instead.",
    }
    return Refused(
        code="needs_other_side",
        message=f"This action was proposed by {side}; {ends[act]}",
        source="process.commands",
    )


def is_over(cycle: Cycle, command: AnyCommand) -> Refused | None:
    """A refusal for an act on a cycle that was cancelled, or has closed and the act needs an open one.

    Source: process.wrong-input
    """
    if not cycle.over or (not cycle.cancelled_at and command.kind in AFTER_CLOSE):
        return None
    how = "was cancelled" if cycle.cancelled_at else "has closed"
    return Refused(
        code="cycle_over",
        message=f"{cycle.reference} {how}, so nothing more can be done in it. Open a new cycle instead.",
        source="process.wrong-input",
    )
