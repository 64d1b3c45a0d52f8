"""Deadlines that would be others under this code, seen from what it adds up to in the replay."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from engine.preflight.shapes import Judged, Moved, NotLooked, Standing


def moved(
    judged: Iterable[Judged], standing: Mapping[str, Standing]
) -> tuple[tuple[Moved, ...], tuple[NotLooked, ...]]:
    """What would be owed at another instant than the store has it, and the cycles that were not compared."""
    found: list[Moved] = []
    left_out = []
    for one in judged:
        stored = standing.get(one.workflow_id)
        if stored is None or one.breaks:
            continue
        why = _why_not(one, stored)
        if why:
            left_out.append(NotLooked(workflow_id=one.workflow_id, why=why))
        else:
            found += between(
                stored, {key: datetime.fromisoformat(at) for key, at in (one.deadlines or {}).items()}
            )
    return tuple(found), tuple(left_out)


def between(stored: Standing, after: Mapping[str, datetime]) -> list[Moved]:
    """The deadlines that are not the same before and after."""
    keys = sorted({*stored.deadlines, *after})
    changed = [one for one in keys if stored.deadlines.get(one) != after.get(one)]
    return [
        Moved(cycle=stored.cycle, key=one, before=stored.deadlines.get(one), after=after.get(one))
        for one in changed
    ]


def _why_not(judged: Judged, stored: Standing) -> str | None:
    if judged.deadlines is None:
        return "nothing was recorded since its run began, so the replay says nothing of its dates"
    if judged.version != stored.version:
        return "something was recorded while we looked"
    return None
