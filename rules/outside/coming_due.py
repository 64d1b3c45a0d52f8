"""Promises that come due: each is an event of its own, so many working days before its day."""

from collections.abc import Iterable, Mapping
from datetime import date

from rules.calendars import WorkingCalendar
from schemas.outcomes import Refused
from schemas.outside import OutsideEvent, Promise
from schemas.plans import Plan

PROMISES = "urn:answerable:promises"
DUE = "answerable.promise.due"


def coming_due(
    promises: Iterable[Promise], plan: Plan, today: date, calendar: WorkingCalendar
) -> tuple[OutsideEvent, ...]:
    """The promises that are to be looked at by now, each as one event whose name never changes.

    Source: local.outside
    Units: working days before the promise's day.
    """
    themes = {ref: theme for theme, refs in _by_theme(plan).items() for ref in refs}
    found = []
    for one in promises:
        from_on = calendar.before(one.due_on, one.looked_at_before)
        if one.commitment not in themes or isinstance(from_on, Refused) or from_on > today:
            continue
        found.append(
            OutsideEvent(
                id=f"{one.id}/{one.due_on}",
                source=PROMISES,
                type=DUE,
                subject=one.commitment,
                data={
                    "promise": one.id,
                    "title": one.title,
                    "due_on": one.due_on.isoformat(),
                    "commitment": one.commitment,
                    "theme": themes[one.commitment],
                },
            )
        )
    return tuple(found)


def _by_theme(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    return {one.id: tuple(made.ref for made in one.commitments) for one in plan.objectives}
