"""What letters about one request say beside title and day: amended, clarified, delegated, sensitive."""

from collections.abc import Callable
from datetime import date
from typing import Any

from schemas.cycle import Request, SensitivityClaim

Say = Callable[[str | None], str]
GROUNDS = {
    "national_security": "national security",
    "safety": "the safety of a person",
    "prevention_or_detection": "preventing or detecting crime",
    "legal_prohibition": "the law forbids it",
    "commercial_confidentiality": "commercial confidentiality",
    "personal_data": "personal data",
    "legal_privilege": "legal privilege",
}


def more(
    request: Request, say: Say, name: Callable[[str], str], day: Callable[[date], str]
) -> dict[str, Any]:
    """The newest of each, or nothing."""
    amendment = request.amendments[-1] if request.amendments else None
    clarification = request.clarifications[-1] if request.clarifications else None
    before = request.reassignments[-1] if request.reassignments else None
    delegation = request.delegations[-1] if request.delegations else None
    until = delegation.until_on if delegation else None
    return {
        "why_amended": say(amendment.reason) if amendment else "",
        "question_asked": say(clarification.question) if clarification else "",
        "answer_given": say(clarification.answer) if clarification else "",
        "lead_before": name(before.was) if before else "",
        "why_reassigned": say(before.reason) if before else "",
        "delegate": name(delegation.to) if delegation else "",
        "delegated_until": day(until) if until else "",
        "owed": ", ".join(str(one) for one in request.owed),
        **_claim(request.claims[-1] if request.claims else None, say, day),
    }


def _claim(claim: SensitivityClaim | None, say: Say, day: Callable[[date], str]) -> dict[str, Any]:
    return {
        "claimed": f"item {claim.item} of version {claim.version}" if claim else "an item",
        "ground": GROUNDS[claim.ground] if claim else "",
        "upheld": bool(claim and claim.upheld),
        "claimed_until": day(claim.until_on) if claim else "",
        "why_claimed": say(claim.why) if claim else "",
        "why_decided": say(claim.reason) if claim else "",
    }
