"""What certificates and claims of sensitivity do to a request."""

from rules.applying.change import on_request, request_of
from schemas.cycle import Certificate, Cycle, SensitivityClaim
from schemas.events import ReturnCertified, SensitivityClaimed, SensitivityDecided, SensitivityLapsed
from schemas.records import Entry


def return_certified(cycle: Cycle, event: ReturnCertified, entry: Entry) -> Cycle:
    """That version carries the force's signature; a newer one needs its own.

    Source: process.events
    """
    certificate = Certificate(by=entry.actor, at=entry.at, statement=event.statement)
    returns = tuple(
        one.model_copy(update={"certificate": certificate}) if one.version == event.version else one
        for one in request_of(cycle, event.request).returns
    )
    return on_request(cycle, event.request, returns=returns)


def sensitivity_claimed(cycle: Cycle, event: SensitivityClaimed, entry: Entry) -> Cycle:
    """The item stays out of what is published until the office decides, or the day passes.

    Source: process.events
    """
    claim = SensitivityClaim(
        number=event.claim,
        version=event.version,
        item=event.item,
        ground=event.ground,
        why=event.why,
        paragraph=event.paragraph,
        by=entry.actor,
        at=entry.at,
        until_on=event.until_on,
    )
    before = request_of(cycle, event.request).claims
    return on_request(cycle, event.request, claims=(*before, claim))


def sensitivity_decided(cycle: Cycle, event: SensitivityDecided, entry: Entry) -> Cycle:
    """The claim is upheld to a day, or refused.

    Source: process.events
    """
    return _claim(
        cycle,
        event.request,
        event.claim,
        upheld=event.upheld,
        reason=event.reason,
        until_on=event.until_on,
        decided_by=entry.actor,
        decided_at=entry.at,
    )


def sensitivity_lapsed(cycle: Cycle, event: SensitivityLapsed, entry: Entry) -> Cycle:
    """The claim withholds nothing more.

    Source: process.events
    """
    return _claim(cycle, event.request, event.claim, lapsed_at=entry.at)


def _claim(cycle: Cycle, number: int, claim: int, **changes: object) -> Cycle:
    claims = tuple(
        one.model_copy(update=changes) if one.number == claim else one
        for one in request_of(cycle, number).claims
    )
    return on_request(cycle, number, claims=claims)
