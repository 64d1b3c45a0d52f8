"""The delivery of the plan on record: assessments by quarter, and snapshots that are never altered."""

from datetime import datetime

from rules.clocks import civil
from rules.programme.verdict import ProgrammeAllowed, ProgrammeDecision
from rules.timing.spans import month_after, quarter_of
from schemas.outcomes import Refused
from schemas.programme import Programme
from schemas.programme.commands import AssessDelivery, FreezeDelivery
from schemas.programme.events import DeliveryAssessed, DeliveryFrozen

BACK = 4
"""Quarters before the present one that may still be assessed."""


def assess_delivery(programme: Programme, command: AssessDelivery, now: datetime) -> ProgrammeDecision:
    """What the office says of a commitment in a quarter; another rating than the rule's needs a reason.

    Source: local.delivery
    Units: calendar quarters; the present one and the four before it.
    """
    if refused := _no_quarter(command, now):
        return refused
    if command.rating != command.by_rule and command.because is None:
        return _wrong(
            "no_reason",
            f"The rule says {command.by_rule}. Say why it should be {command.rating}, or take the rule's.",
            "because",
        )
    event = DeliveryAssessed(
        commitment=command.commitment,
        quarter_on=command.quarter_on,
        by_rule=command.by_rule,
        rating=command.rating,
        because=command.because if command.rating != command.by_rule else None,
        narrative=command.narrative,
    )
    stands = programme.assessed(command.commitment, command.quarter_on)
    same = stands and all(
        getattr(stands, name) == getattr(event, name)
        for name in ("by_rule", "rating", "because", "narrative")
    )
    return ProgrammeAllowed(events=() if same else (event,))


def freeze_delivery(programme: Programme, command: FreezeDelivery, now: datetime) -> ProgrammeDecision:
    """The delivery plan of a quarter under the next number; not where nothing has changed since the last.

    Source: local.delivery
    Units: calendar quarters; the present one and the four before it.
    """
    if refused := _no_quarter(command, now):
        return refused
    last = programme.snapshots[-1] if programme.snapshots else None
    if last and (last.table, last.quarter_on) == (command.table, command.quarter_on):
        return _wrong(
            "same_snapshot",
            f"Nothing has changed since snapshot {last.number}, which was frozen on "
            f"{civil(last.at):%A %-d %B %Y}. Use that one.",
        )
    return ProgrammeAllowed(
        events=(
            DeliveryFrozen(
                number=len(programme.snapshots) + 1,
                quarter_on=command.quarter_on,
                table=command.table,
                lines=command.lines,
            ),
        )
    )


def _no_quarter(command: AssessDelivery | FreezeDelivery, now: datetime) -> Refused | None:
    present, asked = quarter_of(civil(now)), command.quarter_on
    if asked != quarter_of(asked):
        return _wrong(
            "no_quarter",
            f"{asked:%-d %B %Y} does not begin a quarter. They begin on 1 April, July, October and January.",
            "quarter_on",
        )
    if not month_after(present, -3 * BACK) <= asked <= present:
        return _wrong(
            "quarter_closed",
            f"The quarter from {asked:%-d %B %Y} cannot be written now: only the present quarter and the "
            f"{BACK} before it can. Choose one of those.",
            "quarter_on",
        )
    return None


def _wrong(code: str, message: str, field: str | None = None) -> Refused:
    return Refused(code=code, message=message, source="local.delivery", field=field)
