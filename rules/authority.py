"""Authority: who may do what, and what needs a second person."""

from schemas.commands import AnyCommand
from schemas.cycle import Cycle, Request
from schemas.outcomes import Refused
from schemas.people import Actor, Role

OFFICE = frozenset({Role.POLICY_OFFICER, Role.COMMISSIONER})
STEERING = frozenset({Role.POLICY_OFFICER, Role.CHIEF_EXECUTIVE})
FORCE = frozenset({Role.THEMATIC_LEAD, Role.FORCE_COORDINATION, Role.CHIEF_CONSTABLE})
EITHER_SIDE = OFFICE | FORCE
OFFICERS = frozenset({Role.POLICY_OFFICER})

MAY: dict[str, frozenset[Role]] = {
    "OpenCycle": OFFICE,
    "AddRequest": OFFICERS,
    "WithdrawRequest": OFFICERS,
    "Acknowledge": FORCE,
    "SubmitReturn": FORCE,
    "SendBack": OFFICERS,
    "AcceptReturn": OFFICERS,
    "RequestExtension": FORCE,
    "DecideExtension": OFFICERS | {Role.CHIEF_EXECUTIVE},
    "FixSession": OFFICERS | {Role.PANEL_SECRETARIAT},
    "MoveSession": OFFICERS | {Role.PANEL_SECRETARIAT},
    "RecordAttendance": OFFICERS,
    "JudgeAssurance": OFFICE,
    "RecordDecision": frozenset({Role.COMMISSIONER, Role.DEPUTY_COMMISSIONER}),
    "ProposeAction": EITHER_SIDE,
    "ConfirmAction": EITHER_SIDE,
    "ClaimDone": EITHER_SIDE,
    "VerifyDone": OFFICE,
    "DraftFindings": OFFICERS,
    "ApproveFindings": frozenset({Role.CHIEF_EXECUTIVE, Role.COMMISSIONER}),
    "Publish": frozenset({Role.PUBLICATION_OFFICER}),
    "Pause": STEERING,
    "Resume": STEERING,
    "ChangeCalendar": STEERING,
    "ChangeStandards": STEERING,
    "Cancel": STEERING | {Role.COMMISSIONER},
}
"""Command by role. What is not here is refused."""

ACTS = {
    "OpenCycle": "open a cycle",
    "AddRequest": "ask for evidence",
    "WithdrawRequest": "withdraw a request",
    "Acknowledge": "acknowledge a request",
    "SubmitReturn": "submit a return",
    "SendBack": "send a return back",
    "AcceptReturn": "accept a return",
    "RequestExtension": "ask for more time",
    "DecideExtension": "decide on more time",
    "FixSession": "fix a session",
    "MoveSession": "move a session",
    "RecordAttendance": "record attendance",
    "JudgeAssurance": "record how assured the Commissioner is",
    "RecordDecision": "record a decision",
    "ProposeAction": "propose an action",
    "ConfirmAction": "confirm an action",
    "ClaimDone": "claim an action done",
    "VerifyDone": "verify an action",
    "DraftFindings": "draft findings",
    "ApproveFindings": "approve findings",
    "Publish": "publish findings",
    "Pause": "pause a cycle",
    "Resume": "resume a cycle",
    "ChangeCalendar": "release a new edition of the calendar",
    "ChangeStandards": "release new local standards",
    "Cancel": "cancel a cycle",
}


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
        message=f"A {command.actor.role.value.replace('_', ' ')} may not {ACTS[command.kind]}. "
        f"Ask a {titles(allowed)}.",
        source="process.commands",
    )


def answers_for(actor: Actor, request: Request) -> Refused | None:
    """A refusal where somebody answers a request that was put to another lead.

    Source: process.commands
    """
    if actor.role != Role.THEMATIC_LEAD or actor.person == request.draft.lead:
        return None
    return Refused(
        code="not_your_request",
        message=f"Request {request.number} was put to another lead. "
        "Only that lead, force coordination or the Chief Constable can answer it.",
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


def other_side(actor: Actor, first: Actor) -> Refused | None:
    """A refusal where the side that proposed an undertaking would also confirm it.

    Source: process.commands
    """
    if actor.side != first.side:
        return None
    side = "the office" if first.side == "opcc" else "the force"
    return Refused(
        code="needs_other_side",
        message=f"This action was proposed by {side}; it exists when the other side confirms it.",
        source="process.commands",
    )


def is_over(cycle: Cycle) -> Refused | None:
    """A refusal for any act on a cycle that was cancelled or has closed.

    Source: process.wrong-input
    """
    if not cycle.over:
        return None
    how = "was cancelled" if cycle.cancelled_at else "has closed"
    return Refused(
        code="cycle_over",
        message=f"{cycle.reference} {how}, so nothing more can be done in it. Open a new cycle instead.",
        source="process.wrong-input",
    )
