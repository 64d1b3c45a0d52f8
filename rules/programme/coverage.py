"""Coverage: which commitments of the plan were asked about, when last, and how assured that left us."""

from collections.abc import Iterable, Mapping
from datetime import date

from rules.clocks import civil
from schemas.cycle import Stage
from schemas.plans import Commitment, Plan
from schemas.programme import Ground, Programme, Slot
from schemas.programme.rows import Asked, Coverage, ScrutinyRow
from schemas.sessions import Assurance

LONG_AGO = 2
"""Years after which a commitment that was answered well is worth asking about again."""
BEFORE_HEARING: frozenset[Stage] = frozenset({"planned", "gathering", "reviewing", "scheduled"})
"""While a cycle about it is at one of these, the question is being asked."""
WORST_FIRST: tuple[Assurance, ...] = ("not_assured", "partly_assured", "assured")


def coverage(
    plan: Plan, scrutiny: Iterable[ScrutinyRow], programme: Programme | None, today: date
) -> tuple[Coverage, ...]:
    """Every commitment of the plan, in its order, with what was last asked about it and why to ask again.

    Source: local.programme
    """
    return covered(plan, asked(scrutiny, today), programme, today)


def covered(
    plan: Plan, found: Mapping[str, Asked], programme: Programme | None, today: date
) -> tuple[Coverage, ...]:
    """The same from what all cycles together asked about each commitment.

    Source: local.programme
    """
    planned = _planned(programme, today)
    return tuple(
        _of(one, objective.id, found.get(one.ref), planned.get(one.ref), today)
        for objective in plan.objectives
        for one in objective.commitments
    )


def asked(scrutiny: Iterable[ScrutinyRow], today: date) -> dict[str, Asked]:
    """What cycles, the oldest first, asked about each commitment. The store says the same of its rows.

    Source: local.programme
    """
    about: dict[str, list[ScrutinyRow]] = {}
    for row in scrutiny:
        for ref in row.commitments:
            about.setdefault(ref, []).append(row)
    return {ref: _asked(ref, rows, today) for ref, rows in about.items()}


def _asked(ref: str, rows: list[ScrutinyRow], today: date) -> Asked:
    judged = next((found for row in reversed(rows) if (found := judgement(row, ref))), None)
    overdue = [row for row in rows if any(day < today for day in row.open_actions)]
    return Asked(
        commitment=ref,
        times=len(rows),
        last=rows[-1].reference,
        last_on=_heard_on(rows[-1]),
        being_asked=any(row.stage in BEFORE_HEARING for row in rows),
        judgement=judged[1] if judged else None,
        judged_in=judged[0] if judged else None,
        overdue_in=overdue[-1].reference if overdue else None,
        open_days=tuple(sorted(day for row in rows for day in row.open_actions)),
    )


def _planned(programme: Programme | None, today: date) -> dict[str, str]:
    """Each commitment with the first cycle that is still to hear it, whether it is open already or not."""
    coming = [one for one in programme.slots if one.waiting or _to_be_heard(one, today)] if programme else []
    return {ref: one.number for one in reversed(coming) for ref in one.draft.commitments}


def _to_be_heard(slot: Slot, today: date) -> bool:
    at = slot.draft.session_at
    return slot.state == "opened" and at is not None and civil(at) >= today


def _of(
    commitment: Commitment, theme: str, found: Asked | None, planned: str | None, today: date
) -> Coverage:
    return Coverage(
        commitment=commitment.ref,
        kind=commitment.kind,
        theme=theme,
        text=commitment.text,
        times=found.times if found else 0,
        last=found.last if found else None,
        last_on=found.last_on if found else None,
        judgement=found.judgement if found else None,
        judged_in=found.judged_in if found else None,
        overdue_in=found.overdue_in if found else None,
        planned=planned,
        ground=_ground(found, today),
    )


def _heard_on(row: ScrutinyRow) -> date:
    return civil(row.held[-1] if row.held else row.opened_at)


def judgement(row: ScrutinyRow, ref: str) -> tuple[str, Assurance] | None:
    """The worst judgement that a cycle came to on a commitment; None where it judged nothing about it.

    A request that names no commitment serves all of its cycle's.

    Source: local.programme
    """
    serving = {one.number for one in row.requests if one.commitment in (None, ref)}
    found = {one.judgement for one in row.judgements if one.request in serving}
    worst = next((one for one in WORST_FIRST if one in found), None)
    return (row.reference, worst) if worst else None


def _ground(found: Asked | None, today: date) -> Ground | None:
    if found is None:
        return "never_asked"
    if found.being_asked:
        return None
    if found.judgement == "not_assured":
        return "not_assured"
    if found.overdue_in:
        return "follow_up"
    if found.judgement == "partly_assured":
        return "partly_assured"
    heard = found.last_on
    return "long_ago" if (heard.year + LONG_AGO, heard.month, heard.day) <= _parts(today) else None


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
