"""Retention: how long a record stays, and the hold that stops its disposal."""

from dataclasses import dataclass
from datetime import date

from rules.counting.table import months_later
from rules.law.calendars import ENGLAND
from schemas.counting import Mark, Months, Rule, ToSet
from schemas.outcomes import Refused

HOLD = "local.retention"


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason for which a record may not be disposed of: litigation, a request, an inquiry.

    Source: local.retention
    """

    reason: str
    from_on: date
    to_on: date | None = None


def retention_minutes() -> Rule:
    """Minutes, agendas and reports of the panel: open for six years from the meeting.

    Source: lga-1972.s100c
    Units: calendar months.
    """
    return _kept(("retention-minutes", "Panel minutes, agendas and reports kept", "lga-1972.s100c"),
                 Months(72), "verified", "the day of the meeting")  # fmt: skip


def retention_background_papers() -> Rule:
    """Background papers of the panel: open for four years from the meeting.

    Source: lga-1972.s100d
    Units: calendar months.
    """
    return _kept(("retention-background-papers", "Background papers kept", "lga-1972.s100d"), Months(48),
                 "not_verified", "the day of the meeting")  # fmt: skip


def retention_complaint() -> Rule:
    """Complaints about a chief constable: so many months after they are concluded, as the office has set.

    Source: local.retention
    Units: calendar months.
    """
    return _kept(("retention-complaint", "Complaint about a chief constable kept", HOLD), ToSet("months"),
                 "not_verified", "the day on which the complaint was concluded")  # fmt: skip


def retention_applications() -> Rule:
    """Unsuccessful applications to be chief constable: kept so many months after the appointment.

    Source: local.retention
    Units: calendar months.
    """
    return _kept(("retention-applications", "Unsuccessful applications kept", HOLD), ToSet("months"),
                 "not_verified", "the day of the appointment")  # fmt: skip


def disposal(rule: Rule, from_on: date, today: date, holds: tuple[Hold, ...] = ()) -> date | Refused:
    """The day after which a record may be disposed of; a refusal while it must stay, or while it is held.

    Bank holidays play no part, so no calendar and no horizon does. A hold does not lengthen the period: it
    stops the disposal for as long as it lasts. Decisions and action logs are permanent and have no rule.

    Source: local.retention
    Source: lga-1972.s100c
    Units: calendar months.
    """
    if not isinstance(rule.budget, Months) or from_on.year + rule.budget.months // 12 + 1 > date.max.year:
        return _refused("not_a_retention_rule", "This rule says nothing about keeping a record.", "rule")
    held = [one for one in holds if one.from_on <= today and (one.to_on is None or today <= one.to_on)]
    if held:
        reasons = "; ".join(sorted(one.reason for one in held))
        return _refused(
            "legal_hold", f"The record is on hold and stays, whatever its age: {reasons}.", "holds"
        )
    kept_to = months_later(from_on, rule.budget.months)
    if today <= kept_to:
        return _refused("still_kept", f"The record is kept until the end of {kept_to.isoformat()}.", "today")
    return kept_to


def _kept(named: tuple[str, str, str], period: Months | ToSet, mark: Mark, starts: str) -> Rule:
    return Rule(
        id=named[0],
        title=named[1],
        kind="local" if named[2] == HOLD else "statutory",
        source=named[2],
        mark=mark,
        calendar=ENGLAND,
        budget=period,
        starts=starts,
        owes="The record is kept, and open where it was open, through this day.",
        silence="Nothing is disposed of by itself: a person disposes, it is logged, a legal hold stops it.",
        silence_source=HOLD,
    )


def _refused(code: str, message: str, field: str) -> Refused:
    return Refused(code=code, message=message, source=HOLD, field=field)
