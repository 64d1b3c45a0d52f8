"""Reminders that released standards would change: which rungs, to whom, from when to when."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from rules.applying.change import each_request, with_moved
from rules.calendars import WorkingCalendar
from rules.deciding.moment import Moment
from rules.duties import pending_rungs
from schemas.changes import MovedDue
from schemas.cycle import Cycle, Request
from schemas.rows import RungRow
from schemas.standards import Rung, Standards

Pending = Mapping[int, tuple[Rung, datetime]]


def changed_rungs(
    cycle: Cycle, standards: Standards, moved: Iterable[MovedDue], moment: Moment
) -> tuple[RungRow, ...]:
    """Each reminder of an open request that would come at another instant, to others, newly or no more.

    A rung that the new ladder puts before the release stays silent, and one that was sent stays sent. While a
    cycle is paused nobody is reminded, and nothing is listed.

    Source: local.ladder
    Units: working days from the due day, at the reminder hour in London.
    """
    if cycle.over or cycle.paused_at:
        return ()
    after = _following(cycle, standards, tuple(moved), moment.now)
    rows: list[RungRow] = []
    for one in cycle.requests:
        then = after.request(one.number)
        if then is not None:
            rows += _of(cycle, one, _pending(cycle, one, moment), _pending(after, then, moment))
    return tuple(rows)


def _following(cycle: Cycle, standards: Standards, moved: tuple[MovedDue, ...], at: datetime) -> Cycle:
    """The cycle as it would stand once the standards are released at an instant."""
    changed = cycle.model_copy(update={"standards": standards})
    followed = each_request(changed, lambda one: one.open, lambda _: {"due_set_at": at})
    return with_moved(followed, moved, at)


def _pending(cycle: Cycle, request: Request, moment: Moment) -> Pending:
    """The rungs still to come, by their offsets; one that is due at this very moment goes out either way."""
    calendar: WorkingCalendar = moment.calendar
    found = pending_rungs(cycle, request, calendar)
    return {rung.offset: (rung, at) for rung, at in found if at > moment.now}


def _of(cycle: Cycle, request: Request, before: Pending, after: Pending) -> list[RungRow]:
    rows = []
    for offset in sorted({*before, *after}):
        was, will = before.get(offset), after.get(offset)
        if was and will and (was[0].to, was[1]) == (will[0].to, will[1]):
            continue
        rows.append(
            RungRow(
                cycle=cycle.reference,
                request=request.number,
                lead=request.draft.lead,
                offset=offset,
                before=was and was[1],
                told_before=was[0].to if was else (),
                after=will and will[1],
                told_after=will[0].to if will else (),
            )
        )
    return rows
