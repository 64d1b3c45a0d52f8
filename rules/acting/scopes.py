"""Tokens: which acts belong to which scope, how long one lasts, and why one is not let in."""

from datetime import datetime, timedelta

from rules.clocks import civil
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.tokens import Scope, Token

SCOPES: dict[Scope, str] = {
    "read": "Read what you may read",
    "act:evidence": "Ask for, answer and check evidence, and report on actions",
    "act:cycle": "Every other act in a cycle or its session",
    "publish": "Publish: agendas, papers, findings and what leads up to them",
    "programme": "Acts on the programme of cycles to come",
}
EVIDENCE = frozenset({
    "AddRequest", "AskSeveral", "AmendRequest", "WithdrawRequest", "Acknowledge", "AskClarification",
    "AnswerClarification", "Delegate", "Reassign", "SubmitReturn", "CertifyReturn", "SendBack",
    "AcceptReturn", "ClaimSensitivity", "DecideSensitivity", "RequestExtension", "DecideExtension",
    "ReportProgress", "ClaimDone", "MoveActionDate",
})  # fmt: skip
PUBLISHING = frozenset({
    "PublishAgenda", "PublishPapers", "Redact", "CheckRedactions", "ApproveFindings", "SendBackFindings",
    "Publish", "ScheduleRelease", "HoldBack", "Correct", "Withdraw",
})  # fmt: skip
LONGEST = timedelta(days=365)
LASTS = (30, 90, 365)
"""Days that can be chosen."""
MOST_OPEN = 20
"""Tokens that one person may have at once."""
AT_ONCE = 60
A_SECOND = 2.0
"""Requests that a token may make at once, and how many a second it may make from then on."""


def scope_of(kind: str) -> Scope:
    """The scope that an act belongs to, by its command.

    Source: local.tokens
    """
    if kind in EVIDENCE:
        return "act:evidence"
    return "publish" if kind in PUBLISHING else "act:cycle"


def ends(made_at: datetime, days: int) -> datetime:
    """The instant at which a token ends.

    Units: days of 24 hours from its making, 365 at the most.
    Source: local.tokens
    """
    return made_at + min(timedelta(days=max(days, 1)), LONGEST)


def not_let_in(token: Token, person: Person | None, now: datetime) -> Refused | None:
    """Why a token is not let in at an instant; None where it is.

    Source: local.tokens
    """
    if token.ended_at:
        return _refused("token_ended", "This token has been ended. Make another one on the page Tokens.")
    if token.until <= now:
        return _refused("token_expired", "This token has expired. Make another one on the page Tokens.")
    if person is None or token.role not in person.roles_on(civil(now)):
        role = token.role.value.replace("_", " ")
        return _refused(
            "role_lost", f"The person of this token is not {role} any more, so it lets nobody in. End it."
        )
    return None


def lacking(token: Token, scope: Scope | None) -> str:
    """What to say of an act that a token may not do; empty where it may. Without a scope no token may.

    Source: local.tokens
    """
    if scope is None:
        return "No token does this. Sign in and do it on the pages."
    if scope in token.scopes:
        return ""
    return f"This needs the scope {scope}, which this token does not have. Make one that has it."


def left(before: float, seconds: float) -> float:
    """Requests that a token may still make at once, after so many seconds in which it made none.

    Units: requests; seconds.
    Source: local.tokens
    """
    return min(before + max(seconds, 0.0) * A_SECOND, float(AT_ONCE))


def _refused(code: str, message: str) -> Refused:
    return Refused(code=code, message=message, source="local.tokens")
