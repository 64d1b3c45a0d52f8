"""What another edition of a calendar would do to open clocks, before anybody releases it."""

from collections.abc import Iterable

from rules.counting.due import due
from rules.counting.table import Table
from schemas.counting import Clock, Due, Moved
from schemas.outcomes import Refused


def moved(clocks: Iterable[Clock], before: Table, after: Table) -> tuple[Moved, ...]:
    """Every clock whose due day the new edition would move or could no longer count; nothing is changed.

    A clock that the present edition refuses has no due day, so there is nothing to move.

    Source: process.clocks
    """
    found = (_moved(place, clock, before, after) for place, clock in enumerate(clocks))
    return tuple(one for one in found if one)


def _moved(place: int, clock: Clock, before: Table, after: Table) -> Moved | None:
    old = due(clock, before)
    if isinstance(old, Refused):
        return None
    new = due(clock, after)
    if isinstance(new, Refused):
        return Moved(place, old.due_on, None, new.message)
    if new.due_on == old.due_on:
        return None
    return Moved(place, old.due_on, new.due_on, _differs(old, new))


def _differs(old: Due, new: Due) -> str:
    """The days that the two editions count differently, in words."""
    was = {one.on: one for one in old.days}
    changed = [
        f"{one.on.isoformat()} is {one.why}"
        for one in new.days
        if one.on in was and was[one.on].counted != one.counted
    ]
    return "; ".join(changed) or "a day beyond the old due day differs"
