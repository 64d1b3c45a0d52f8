"""What requests need of somebody: questions to answer, claims to decide, returns to certify."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from schemas.cycle import Request
from schemas.people import Person, Role
from schemas.rows import CyclePage
from web.forms.sensitivity import open_claims
from web.needing.need import Need, need_of


def clarifying(page: CyclePage, _person: Person, _now: datetime) -> Iterator[Need]:
    """Questions of leads that the office has not answered."""
    for one in page.cycle.requests:
        asked = one.unanswered
        if asked and one.state not in ("accepted", "withdrawn"):
            stands = "; its clock stands still" if asked.stops else ""
            what = f"A lead asks what is meant: {_named(page, one)}{stands}"
            yield need_of(page, "AnswerClarification", what, "Answer", asked.asked_at, request=one.number)


def claims(page: CyclePage, _person: Person, _now: datetime) -> Iterator[Need]:
    """Claims of sensitivity that the office has not decided."""
    for one in page.cycle.requests:
        for claim in open_claims(one):
            what = f"An item is claimed sensitive: {_named(page, one)}"
            yield need_of(page, "DecideSensitivity", what, "Decide", claim.at, request=one.number)


def uncertified(page: CyclePage, _person: Person, _now: datetime) -> Iterator[Need]:
    """Returns that cannot be accepted before the force has certified them."""
    for one in page.cycle.requests:
        if one.state == "returned" and _wants_certificate(one):
            what = f"A return is not certified by the force yet: {_named(page, one)}"
            at = one.returns[-1].received_at
            href = f"/cycles/{page.cycle.reference}/requests/{one.number}"
            title = page.say(page.cycle.title)
            yield Need(what, page.cycle.reference, title, "See the return", href, at, "later")


def certifying(page: CyclePage, person: Person, _now: datetime) -> Iterator[Need]:
    """Returns that wait for this person's certificate."""
    for one in page.cycle.requests:
        certifier = one.draft.certifier
        theirs = certifier == person.id or (certifier is None and person.role == Role.CHIEF_CONSTABLE)
        if theirs and one.state == "returned" and _wants_certificate(one):
            what = f"A return waits for your certificate: {_named(page, one)}"
            at = one.returns[-1].received_at
            found = need_of(page, "CertifyReturn", what, "Certify", at, request=one.number)
            yield replace(found, state="today")


def _wants_certificate(request: Request) -> bool:
    return request.draft.certify and request.returns[-1].certificate is None


def _named(page: CyclePage, request: Request) -> str:
    return f"request {request.number}, {page.say(request.draft.title)}"
