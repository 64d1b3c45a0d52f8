"""Withholding: which items of returns stay out of what is published, on which ground, and until when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.clocks import instant
from schemas.cycle import Cycle, Request, SensitivityClaim, WithheldItem
from schemas.evidence import Ground

GROUNDS: dict[Ground, str] = {
    "national_security": "si-2011-3050.art2",
    "safety": "si-2011-3050.art2",
    "prevention_or_detection": "si-2011-3050.art2",
    "legal_prohibition": "si-2011-3050.art2",
    "commercial_confidentiality": "si-2011-3050.art2",
    "personal_data": "uk-gdpr.a5",
    "legal_privilege": "legal-privilege",
}
"""Which entry of the register each ground rests on."""
MIDNIGHT = "00:00"


@dataclass(frozen=True)
class Lapsing:
    """A claim that withholds an item, and the first instant at which it does so no longer.

    Source: process.clocks
    """

    at: datetime
    request: int
    claim: int


def withheld_items(cycle: Cycle) -> tuple[WithheldItem, ...]:
    """The items that stay out of what is published, because they are claimed sensitive or were upheld so.

    The Commissioner sees every one of them.

    Source: si-2011-3050.art2
    """
    return tuple(
        WithheldItem(
            request=request.number,
            version=claim.version,
            item=claim.item,
            ground=claim.ground,
            paragraph=claim.paragraph,
        )
        for request in cycle.requests
        for claim in request.claims
        if claim.withholds
    )


def withheld(request: Request, version: int, item: int) -> SensitivityClaim | None:
    """The claim that keeps one item out of what is published; None where none does.

    Source: si-2011-3050.art2
    """
    return next(
        (one for one in request.claims if one.withholds and (one.version, one.item) == (version, item)), None
    )


def lapsing(cycle: Cycle) -> tuple[Lapsing, ...]:
    """Every claim that will lapse, soonest first: at the end, in London, of the last day that was claimed.

    Source: process.clocks
    """
    found = (
        Lapsing(at=_after(claim.until_on), request=request.number, claim=claim.number)
        for request in cycle.requests
        for claim in request.claims
        if claim.withholds
    )
    return tuple(sorted(found, key=lambda one: (one.at, one.request, one.claim)))


def _after(on: date) -> datetime:
    return instant(on + timedelta(days=1), MIDNIGHT)
