"""Sensitivity: the force claims that an item should not be published, and the office decides."""

from datetime import date

from rules.acting.authority import answers_for, second_person
from rules.deciding.amending import until_past
from rules.deciding.moment import Moment
from rules.deciding.naming import named
from rules.publishing.withholding import withheld
from schemas.commands import ClaimSensitivity, DecideSensitivity
from schemas.cycle import Cycle, Request, SensitivityClaim
from schemas.events import SensitivityClaimed, SensitivityDecided
from schemas.outcomes import Allowed, Decision, Refused


def claim_sensitivity(cycle: Cycle, command: ClaimSensitivity, moment: Moment) -> Decision:
    """Claim that one item of one version should not be published, on a ground, to a day within a year.

    Source: si-2011-3050.art2
    """
    request = named(cycle, command)
    if isinstance(request, Refused):
        return request
    refused = (
        answers_for(command.actor, request, moment.today)
        or _no_item(command, request)
        or _no_day(command.until_on, moment.today)
        or _again(command, request)
    )
    if refused:
        return refused
    event = SensitivityClaimed(
        request=request.number,
        claim=len(request.claims) + 1,
        version=command.version,
        item=command.item,
        ground=command.ground,
        why=command.why,
        paragraph=command.paragraph,
        until_on=command.until_on,
    )
    return Allowed(events=(event,))


def decide_sensitivity(cycle: Cycle, command: DecideSensitivity, moment: Moment) -> Decision:
    """Uphold a claim, perhaps to an earlier day, or refuse it: what is published, never what is seen.

    Source: si-2011-3050.art2
    """
    request = named(cycle, command)
    if isinstance(request, Refused):
        return request
    claim = next((one for one in request.claims if one.number == command.claim), None)
    if claim is None:
        return Refused(
            code="no_such_claim",
            message=f"Request {request.number} has no claim {command.claim}. It has {len(request.claims)}: "
            "choose one of them.",
            source="process.wrong-input",
            field="claim",
        )
    if refused := second_person(command.actor, claim.by, "claimed that this item is sensitive"):
        return refused
    if refused := _decided(claim) or _wrong_end(command, claim, moment.today):
        return refused
    event = SensitivityDecided(
        request=request.number,
        claim=claim.number,
        upheld=command.upheld,
        reason=command.reason,
        until_on=command.until_on or claim.until_on,
    )
    return Allowed(events=(event,))


def a_year_after(on: date) -> date:
    """The same day of the next year; the last day of February where that year has no 29th.

    Source: process.clocks
    """
    leap = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year + 1, day=28 if leap else on.day)


def _no_item(command: ClaimSensitivity, request: Request) -> Refused | None:
    version = next((one for one in request.returns if one.version == command.version), None)
    if version is None:
        return Refused(
            code="no_such_version",
            message=f"Request {request.number} has no version {command.version} of its return. "
            f"It has {len(request.returns)}.",
            source="process.wrong-input",
            field="version",
        )
    if command.item <= len(version.items):
        return None
    return Refused(
        code="no_such_item",
        message=f"Version {version.version} has no item {command.item}. It has {len(version.items)}: "
        "choose one of them.",
        source="process.wrong-input",
        field="item",
    )


def _no_day(on: date, today: date) -> Refused | None:
    if on <= today:
        return until_past(on)
    if on <= a_year_after(today):
        return None
    return Refused(
        code="until_too_far",
        message=f"A claim lasts a year at the most: to {a_year_after(today):%-d %B %Y}. "
        "Choose an earlier day; it can be claimed anew then.",
        source="local.sensitivity",
        field="until_on",
    )


def _again(command: ClaimSensitivity, request: Request) -> Refused | None:
    if withheld(request, command.version, command.item):
        return Refused(
            code="already_claimed",
            message="This item is claimed sensitive already, and stays out of what is published.",
            source="process.commands",
            field="item",
        )
    same = (command.version, command.item, command.ground)
    if any(one.upheld is False and (one.version, one.item, one.ground) == same for one in request.claims):
        return Refused(
            code="claim_refused",
            message="The office has refused this claim on the same ground. Name another ground, "
            "or speak to the policy officer.",
            source="process.commands",
            field="ground",
        )
    return None


def _decided(claim: SensitivityClaim) -> Refused | None:
    if claim.upheld is None and claim.lapsed_at is None:
        return None
    how = "has lapsed" if claim.lapsed_at else "is decided already"
    return Refused(
        code="claim_decided",
        message=f"Claim {claim.number} {how}. There is nothing more to decide.",
        source="process.wrong-input",
        field="claim",
    )


def _wrong_end(command: DecideSensitivity, claim: SensitivityClaim, today: date) -> Refused | None:
    if command.until_on is None or not command.upheld:
        return None
    if command.until_on < today:
        return until_past(command.until_on)
    if command.until_on <= claim.until_on:
        return None
    return Refused(
        code="until_later",
        message=f"The force claims it to {claim.until_on:%-d %B %Y} only. Choose that day or an earlier one.",
        source="process.wrong-input",
        field="until_on",
    )
