"""The one question that every door asks: may this be done, and what happens then?"""

from collections.abc import Callable
from typing import Any

from rules import authority
from rules.deciding import actions, changes, evidence, findings, opening, sessions
from rules.deciding.moment import Moment
from schemas.commands import AnyCommand, OpenCycle
from schemas.cycle import Cycle
from schemas.outcomes import Decision, Refused

DECISIONS: dict[str, Callable[[Cycle, Any, Moment], Decision]] = {
    "AddRequest": evidence.add_request,
    "WithdrawRequest": evidence.withdraw_request,
    "Acknowledge": evidence.acknowledge,
    "SubmitReturn": evidence.submit_return,
    "SendBack": evidence.send_back,
    "AcceptReturn": evidence.accept_return,
    "RequestExtension": evidence.request_extension,
    "DecideExtension": evidence.decide_extension,
    "FixSession": sessions.fix_session,
    "MoveSession": sessions.move_session,
    "RecordAttendance": sessions.record_attendance,
    "JudgeAssurance": sessions.judge_assurance,
    "RecordDecision": sessions.record_decision,
    "ProposeAction": actions.propose_action,
    "ConfirmAction": actions.confirm_action,
    "ClaimDone": actions.claim_done,
    "VerifyDone": actions.verify_done,
    "DraftFindings": findings.draft_findings,
    "ApproveFindings": findings.approve_findings,
    "Publish": findings.publish,
    "Pause": opening.pause,
    "Resume": opening.resume,
    "ChangeCalendar": changes.change_calendar,
    "ChangeStandards": changes.change_standards,
    "Cancel": opening.cancel,
}


def decide(cycle: Cycle | None, command: AnyCommand, moment: Moment) -> Decision:
    """The events that a command makes now, or a refusal with a code, a sentence and a source.

    Source: process.commands
    """
    if refused := authority.may(command):
        return refused
    if isinstance(command, OpenCycle):
        return opening.open_cycle(command, moment) if cycle is None else _taken(cycle)
    if cycle is None:
        return Refused(
            code="no_such_cycle",
            message=f"There is no cycle {command.cycle}. Check the reference, such as HTA-2026-07.",
            source="process.wrong-input",
            field="cycle",
        )
    return authority.is_over(cycle) or DECISIONS[command.kind](cycle, command, moment)


def _taken(cycle: Cycle) -> Refused:
    return Refused(
        code="reference_taken",
        message=f"{cycle.reference} is open already. Open the new cycle under another reference.",
        source="process.wrong-input",
        field="cycle",
    )
