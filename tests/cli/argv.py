"""What is typed for each command, for tests that try every one of them."""

REF, ACTION = "HTA-2026-07", "2026/015"
ON = "2026-12-10"


def line(words: str) -> list[str]:
    """Words as a shell would split them, with a blank for each underscore and `_` for each tilde."""
    return [word.replace("_", " ").replace("~", "_") for word in words.split()]


ARGV = {
    "AddRequest": f"request add {REF} --title A_paper --lead acc-local-policing --due {ON}",
    "AskSeveral": f"request ask-several {REF} --title A_paper --lead acc-local-policing "
    f"--lead acc-protecting-people --due {ON}",
    "AmendRequest": f"request amend {REF} 1 --reason Why --title Another",
    "WithdrawRequest": f"request withdraw {REF} 1 --reason Why",
    "Acknowledge": f"request acknowledge {REF} 1",
    "AskClarification": f"request ask {REF} 1 --question What",
    "AnswerClarification": f"request answer {REF} 1 --answer That",
    "Delegate": f"request delegate {REF} 1 --to acc-protecting-people",
    "Reassign": f"request reassign {REF} 1 --to acc-protecting-people --reason Why",
    "SubmitReturn": f"return submit {REF} 1 --text Here",
    "CertifyReturn": f"return certify {REF} 1 --version 1",
    "SendBack": f"return send-back {REF} 1 --gap More --due {ON}",
    "AcceptReturn": f"return accept {REF} 1",
    "ClaimSensitivity": f"return claim-sensitive {REF} 1 --version 1 --item 1 --ground personal~data "
    f"--why Because --until {ON}",
    "DecideSensitivity": f"return decide-sensitive {REF} 1 --claim 1 --reason Why --uphold",
    "RequestExtension": f"request extend {REF} 1 --reason Why --to {ON}",
    "DecideExtension": f"request decide-extension {REF} 1 --grant",
    "FixSession": f"session fix {REF} --at {ON}_14:00",
    "MoveSession": f"session move {REF} --at {ON}_14:00 --reason Why --yes",
    "CancelSession": f"session cancel {REF} --reason Why",
    "RecordAttendance": f"session record {REF} --present commissioner",
    "DeclareInterest": f"session interest {REF} commissioner --what A_share",
    "AskQuestion": f"session ask {REF} Why_so",
    "RecordAnswer": f"session answer {REF} 1 So",
    "JudgeAssurance": f"judge {REF} 1 assured --reasons Why",
    "ConfirmAssurance": f"session confirm {REF} 1",
    "RecordDecision": f"decide {REF} --title A --options B --reasons C --basis prsra-2011.s1",
    "ProposeAction": f"action propose {REF} --what It --owner acc-local-policing --due {ON}",
    "ConfirmAction": f"action confirm {REF} {ACTION}",
    "DisputeAction": f"action dispute {REF} {ACTION} --reason Why",
    "WithdrawAction": f"action withdraw {REF} {ACTION} --reason Why",
    "MoveActionDate": f"action later {REF} {ACTION} --to {ON} --reason Why",
    "DecideActionDate": f"action decide-date {REF} {ACTION} --grant",
    "ReportProgress": f"action progress {REF} {ACTION} --assessment on~track --account Half",
    "ClaimDone": f"action done {REF} {ACTION} --covers-to 2026-11-01 --text Here",
    "VerifyDone": f"action verify {REF} {ACTION}",
    "Reopen": f"action reopen {REF} {ACTION} --due {ON} --reason Why",
    "PassOn": f"action pass-on {REF} {ACTION} --to acc-protecting-people --reason Why",
    "DraftFindings": f"findings draft {REF} --answer Yes --body Much",
    "InviteFactCheck": f"findings invite {REF} --version 1",
    "SubmitFactCheck": f"findings answer {REF} --version 1",
    "CheckRedactions": f"findings check {REF} --version 1",
    "ScheduleRelease": f"findings schedule {REF} --placeholder Soon --at {ON}_09:00 --version 1",
    "HoldBack": f"findings hold {REF} --reason Why --version 1",
    "Correct": f"findings correct {REF} --version 1",
    "Withdraw": f"findings withdraw {REF} --notice Wrong --version 1",
    "PublishAgenda": f"session agenda {REF} --add It",
    "RecordVote": f"session vote {REF} Shall~we --rule panel-majority --for 3 --against 1",
    "ApproveFindings": f"findings approve {REF} --version 1",
    "SendBackFindings": f"findings send-back {REF} --note Why --version 1",
    "Publish": f"findings publish {REF} --version 1",
    "Pause": f"cycle pause {REF} --reason Why",
    "Resume": f"cycle resume {REF}",
    "Escalate": f"cycle escalate {REF} --request 1 --to chief-constable --reason Why",
    "Remind": f"cycle remind {REF} --request 1",
    "WakeMe": f"cycle wake {REF} --on {ON} --about It",
    "Succeed": f"cycle succeed {REF} --to west-mercia-mayor --from 2028-05-08 --reason Why",
    "Cancel": f"cycle cancel {REF} --reason Why",
}

ELSEWHERE = {
    "OpenCycle": "from a file, tried with the cycle files",
    "Redact": "made from words of a version, tried with the findings",
    "PublishPapers": "files of a meeting, on its page",
    "ChangeCalendar": "released to all cycles at once, tried with the editions",
    "ChangeStandards": "released to all cycles at once, tried with the editions",
}
"""What is not typed as one line about one cycle, and where it is tried."""
