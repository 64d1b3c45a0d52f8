"""Who may do what, read from the table of the process; written apart from the rules."""

OFFICER, COMMISSIONER, ACTING = "policy_officer", "commissioner", "acting_commissioner"
DEPUTY, EXECUTIVE, PUBLISHER = "deputy_commissioner", "chief_executive", "publication_officer"
LEAD, COORDINATION, CONSTABLE = "thematic_lead", "force_coordination", "chief_constable"
SECRETARIAT = "panel_secretariat"

COMMISSIONERS = {COMMISSIONER, ACTING}
"""Who acts for the commissioner does what the commissioner does, but for the plan."""
FORCE = {LEAD, COORDINATION, CONSTABLE}
OFFICE = {OFFICER} | COMMISSIONERS
EITHER = OFFICE | FORCE
STEERING = {OFFICER, EXECUTIVE}
CONVENING = {OFFICER, SECRETARIAT}

TABLE: dict[str, set[str]] = {
    "OpenCycle": OFFICE,
    "AddRequest": {OFFICER},
    "AskSeveral": {OFFICER},
    "AmendRequest": {OFFICER},
    "WithdrawRequest": {OFFICER},
    "Acknowledge": FORCE,
    "AskClarification": FORCE,
    "AnswerClarification": {OFFICER},
    "Delegate": {LEAD, COORDINATION},
    "Reassign": STEERING,
    "SubmitReturn": FORCE,
    "CertifyReturn": FORCE,
    "SendBack": {OFFICER},
    "AcceptReturn": {OFFICER},
    "ClaimSensitivity": FORCE,
    "DecideSensitivity": {OFFICER},
    "RequestExtension": FORCE,
    "DecideExtension": STEERING,
    "FixSession": CONVENING,
    "MoveSession": CONVENING,
    "CancelSession": CONVENING,
    "PublishAgenda": CONVENING,
    "PublishPapers": CONVENING,
    "RecordAttendance": {OFFICER},
    "DeclareInterest": {OFFICER},
    "AskQuestion": {OFFICER},
    "RecordAnswer": {OFFICER},
    "JudgeAssurance": OFFICE,
    "ConfirmAssurance": COMMISSIONERS,
    "RecordVote": {OFFICER},
    "RecordDecision": COMMISSIONERS | {DEPUTY},
    "ProposeAction": EITHER,
    "ConfirmAction": EITHER,
    "DisputeAction": EITHER,
    "WithdrawAction": EITHER,
    "MoveActionDate": EITHER,
    "DecideActionDate": {OFFICER},
    "ReportProgress": EITHER,
    "ClaimDone": EITHER,
    "VerifyDone": OFFICE,
    "Reopen": OFFICE,
    "PassOn": {OFFICER, COORDINATION},
    "DraftFindings": {OFFICER},
    "InviteFactCheck": {OFFICER},
    "SubmitFactCheck": {CONSTABLE},
    "Redact": {OFFICER},
    "CheckRedactions": {OFFICER},
    "ApproveFindings": {EXECUTIVE} | COMMISSIONERS,
    "SendBackFindings": {EXECUTIVE} | COMMISSIONERS,
    "Publish": {PUBLISHER},
    "ScheduleRelease": {PUBLISHER},
    "HoldBack": {PUBLISHER},
    "Correct": {PUBLISHER},
    "Withdraw": {PUBLISHER},
    "Pause": STEERING,
    "Resume": STEERING,
    "Escalate": STEERING,
    "Remind": STEERING,
    "WakeMe": EITHER | CONVENING | {PUBLISHER, EXECUTIVE},
    "Succeed": {EXECUTIVE},
    "ChangeCalendar": STEERING,
    "ChangeStandards": STEERING,
    "Cancel": STEERING,
}
"""Command by role, as the table of the process says it."""

WIDER: dict[str, set[str]] = {
    "DecideSensitivity": {EXECUTIVE},
    "RecordAttendance": {SECRETARIAT},
    "DeclareInterest": {SECRETARIAT},
    "AskQuestion": {SECRETARIAT} | COMMISSIONERS,
    "RecordAnswer": {SECRETARIAT},
    "RecordVote": {SECRETARIAT},
    "RecordDecision": {EXECUTIVE},
    "DecideActionDate": {EXECUTIVE},
    "PassOn": {EXECUTIVE},
    "SubmitFactCheck": {COORDINATION},
    "CheckRedactions": {EXECUTIVE, PUBLISHER},
    "HoldBack": {EXECUTIVE},
    "Withdraw": {EXECUTIVE},
    "Cancel": COMMISSIONERS,
}
"""Whom the rules allow beside those of the table. Each is on purpose; a new one has to be entered here."""

PUT_RIGHT = {
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
"""What is still lawful in a closed cycle: findings are put right, and what was done is doubted."""


def may(kind: str, role: str) -> bool:
    """Whether the role may do this at all."""
    return role in TABLE[kind] | WIDER.get(kind, set())
