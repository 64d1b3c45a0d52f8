"""The one question that every door asks: may this be done, and what happens then?"""

from collections.abc import Callable
from typing import Any

from rules.acting import authority
from rules.acting.succession import as_of
from rules.deciding import (
    action_dates,
    actions,
    agreeing,
    amending,
    changes,
    checking,
    clarifying,
    decisions,
    evidence,
    extending,
    findings,
    following,
    holding,
    noticing,
    opening,
    questions,
    raising,
    releasing,
    reminding,
    returning,
    sensitivity,
    sessions,
    succeeding,
)
from rules.deciding.moment import Moment
from schemas.commands import AnyCommand, OpenCycle
from schemas.cycle import Cycle
from schemas.outcomes import Decision, Refused

DECISIONS: dict[str, Callable[[Cycle, Any, Moment], Decision]] = {
    "AddRequest": evidence.add_request,
    "WithdrawRequest": evidence.withdraw_request,
    "Acknowledge": evidence.acknowledge,
    "AskSeveral": evidence.ask_several,
    "AmendRequest": amending.amend_request,
    "Delegate": amending.delegate,
    "Reassign": amending.reassign,
    "AskClarification": clarifying.ask_clarification,
    "AnswerClarification": clarifying.answer_clarification,
    "SubmitReturn": returning.submit_return,
    "CertifyReturn": returning.certify_return,
    "SendBack": returning.send_back,
    "AcceptReturn": returning.accept_return,
    "ClaimSensitivity": sensitivity.claim_sensitivity,
    "DecideSensitivity": sensitivity.decide_sensitivity,
    "RequestExtension": extending.request_extension,
    "DecideExtension": extending.decide_extension,
    "FixSession": sessions.fix_session,
    "MoveSession": sessions.move_session,
    "CancelSession": sessions.cancel_session,
    "PublishAgenda": noticing.publish_agenda,
    "PublishPapers": noticing.publish_papers,
    "RecordAttendance": holding.record_attendance,
    "DeclareInterest": holding.declare_interest,
    "AskQuestion": questions.ask_question,
    "RecordAnswer": questions.record_answer,
    "JudgeAssurance": sessions.judge_assurance,
    "ConfirmAssurance": sessions.confirm_assurance,
    "RecordVote": holding.record_vote,
    "RecordDecision": decisions.record_decision,
    "ProposeAction": actions.propose_action,
    "ConfirmAction": actions.confirm_action,
    "DisputeAction": agreeing.dispute_action,
    "WithdrawAction": agreeing.withdraw_action,
    "MoveActionDate": action_dates.move_action_date,
    "DecideActionDate": action_dates.decide_action_date,
    "ReportProgress": following.report_progress,
    "ClaimDone": actions.claim_done,
    "VerifyDone": actions.verify_done,
    "Reopen": following.reopen,
    "PassOn": following.pass_on,
    "DraftFindings": findings.draft_findings,
    "ApproveFindings": findings.approve_findings,
    "Publish": releasing.publish,
    "InviteFactCheck": checking.invite_fact_check,
    "SubmitFactCheck": checking.submit_fact_check,
    "Redact": checking.redact,
    "CheckRedactions": checking.check_redactions,
    "ScheduleRelease": releasing.schedule_release,
    "SendBackFindings": findings.send_back_findings,
    "HoldBack": releasing.hold_back,
    "Correct": releasing.correct,
    "Withdraw": releasing.withdraw,
    "Pause": opening.pause,
    "Resume": opening.resume,
    "ChangeCalendar": changes.change_calendar,
    "ChangeStandards": changes.change_standards,
    "Succeed": succeeding.succeed,
    "Escalate": raising.escalate,
    "Remind": reminding.remind,
    "WakeMe": raising.wake_me,
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
    today = as_of(cycle, moment.today)
    return authority.is_over(today, command) or DECISIONS[command.kind](today, command, moment)


def _taken(cycle: Cycle) -> Refused:
    return Refused(
        code="reference_taken",
        message=f"{cycle.reference} is open already. Open the new cycle under another reference.",
        source="process.wrong-input",
        field="cycle",
    )
