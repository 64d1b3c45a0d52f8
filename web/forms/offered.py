"""What may be done with one request now, in the order in which it goes."""

from collections.abc import Callable

from rules.acting.authority import MAY
from schemas.cycle import Cycle, Request
from schemas.people import Role
from web.forms.catalogue import FORMS
from web.forms.form import Form
from web.forms.raising import may_be_reminded
from web.forms.sensitivity import open_claims

LIVE = ("asked", "acknowledged", "part_returned", "returned", "sent_back")


def _in(*states: str) -> Callable[[Request], bool]:
    return lambda request: request.state in states


def _to_certify(request: Request) -> bool:
    newest = request.returns[-1] if request.returns else None
    return request.draft.certify and request.state in LIVE and bool(newest and not newest.certificate)


def _has_items(request: Request) -> bool:
    return request.state != "withdrawn" and any(one.items for one in request.returns)


def _may_ask(request: Request) -> bool:
    return request.open and request.unanswered is None


FOR_REQUEST: dict[str, Callable[[Request], bool]] = {
    "AnswerClarification": lambda request: request.state in LIVE and request.unanswered is not None,
    "AcceptReturn": _in("returned"),
    "SendBack": _in("returned"),
    "DecideExtension": lambda request: request.extension is not None,
    "DecideSensitivity": lambda request: bool(open_claims(request)),
    "CertifyReturn": _to_certify,
    "Remind": may_be_reminded,
    "AskClarification": _may_ask,
    "Delegate": _in(*LIVE),
    "ClaimSensitivity": _has_items,
    "AmendRequest": _in(*LIVE),
    "Reassign": _in(*LIVE),
    "WithdrawRequest": _in(*LIVE),
}
"""Each form, and whether it makes sense for a request as it stands. The rules decide; this tidies."""


def for_request(role: Role, cycle: Cycle, request: Request) -> list[Form]:
    """What a role may do with a request; nothing in a cycle that is over."""
    if cycle.over:
        return []
    return [FORMS[kind] for kind, apt in FOR_REQUEST.items() if role in MAY[kind] and apt(request)]
