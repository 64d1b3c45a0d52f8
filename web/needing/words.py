"""How each need is said, and the one right button that answers it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from schemas.board_pages import NeedRow
from web.needing.need import Need


@dataclass(frozen=True)
class Saying:
    """The sentence, the button's word, and where it leads within the cycle, or from `/` on anywhere."""

    sentence: str
    button: str
    leads_to: str


REQUEST = "request {number}, {title}"
SAYINGS = {
    "extension": Saying(
        f"More time is asked for: {REQUEST}", "Decide", "act/DecideExtension?request={number}"
    ),
    "return": Saying(f"A return is to be checked: {REQUEST}", "Check it", "requests/{number}"),
    "late_return": Saying(f"Evidence is late: {REQUEST}", "See what was sent", "requests/{number}"),
    "clarification": Saying(
        f"A lead asks what is meant: {REQUEST}", "Answer", "act/AnswerClarification?request={number}"
    ),
    "clarification_holding": Saying(
        f"A lead asks what is meant: {REQUEST}; its clock stands still",
        "Answer", "act/AnswerClarification?request={number}",
    ),
    "claim": Saying(
        f"An item is claimed sensitive: {REQUEST}", "Decide", "act/DecideSensitivity?request={number}"
    ),
    "uncertified": Saying(
        f"A return is not certified by the force yet: {REQUEST}", "See the return", "requests/{number}"
    ),
    "certificate": Saying(
        f"A return waits for your certificate: {REQUEST}", "Certify", "act/CertifyReturn?request={number}"
    ),
    "session_day": Saying("The session has no day yet", "Fix the day", "act/FixSession"),
    "attendance": Saying("The session has begun: record who attended", "Record", "act/RecordAttendance"),
    "judgement": Saying("Say how assured you are", "Judge", "act/JudgeAssurance"),
    "judgement_made": Saying(
        "A judgement was recorded for you: confirm it", "Confirm", "act/ConfirmAssurance"
    ),
    "comments": Saying(
        "Comments on the inspection report are due by law by {day}", "Open the cycle", "/cycles/{cycle}"
    ),
    "draft": Saying("The findings are to be drafted", "Draft", "act/DraftFindings"),
    "fact_check": Saying(
        "Say what is wrong in fact in the draft findings, by {day}", "Answer", "act/SubmitFactCheck"
    ),
    "redactions": Saying("Redacted findings are to be checked", "Check them", "act/CheckRedactions"),
    "sent_back": Saying("The findings were sent back with a note", "Read the note", "findings"),
    "signature": Saying("The findings wait for your signature", "Read and sign", "/sign-off/{cycle}"),
    "publication": Saying("The findings are signed: publish them", "Publish", "act/Publish"),
    "correction": Saying("A correction is signed: publish it", "Publish", "act/Correct"),
    "proof": Saying(
        "Action {number} is said to be done: check the proof", "Check it", "act/VerifyDone?action={number}"
    ),
    "action_day": Saying(
        "A later day is asked for action {number}: {title}", "Decide", "act/DecideActionDate?action={number}"
    ),
    "dispute": Saying("The other side disputes action {number}: {title}", "Settle it", "actions/{number}"),
    "proposal": Saying(
        "Action {number} was proposed: {title}", "Confirm it", "act/ConfirmAction?action={number}"
    ),
}  # fmt: skip
"""By what the rows call it (rules.boards): what is said here can change without any row being made again."""


def need_of(row: NeedRow) -> Need:
    """One row as the page of work says it."""
    said = SAYINGS[row.what]
    number = row.number if "?" not in said.leads_to else quote(row.number, safe="")
    return Need(
        what=said.sentence.format(number=row.number, title=row.title, day=_day(row.at)),
        cycle=row.cycle,
        cycle_title=row.cycle_title,
        button=said.button,
        href=_address(said.leads_to.format(number=number, cycle=row.cycle), row.cycle),
        at=row.at,
        state=row.state,
    )


def _address(leads_to: str, cycle: str) -> str:
    return leads_to if leads_to.startswith("/") else f"/cycles/{cycle}/{leads_to}"


def _day(at: datetime) -> str:
    return f"{at:%-d %B %Y}"
