"""Coverage: which commitments of the plan were asked about, when last, and how assured that left us."""

from collections.abc import Iterable
from datetime import date

from rules.clocks import civil
from schemas.cycle import Stage
from schemas.plans import Commitment, Plan
from schemas.programme import Ground, Programme, Slot
from schemas.programme.rows import Coverage, ScrutinyRow
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
    asked: dict[str, list[ScrutinyRow]] = {}
    for row in scrutiny:
        for ref in row.commitments:
            asked.setdefault(ref, []).append(row)
    planned = _planned(programme, today)
    return tuple(
        _of(one, objective.id, asked.get(one.ref, []), planned.get(one.ref), today)
        for objective in plan.objectives
        for one in objective.commitments
    )


def _planned(programme: Programme | None, today: date) -> dict[str, str]:
    """Each commitment with the first cycle that is still to hear it, whether it is open already or not."""
    coming = [one for one in programme.slots if one.waiting or _to_be_heard(one, today)] if programme else []
    return {ref: one.number for one in reversed(coming) for ref in one.draft.commitments}


def _to_be_heard(slot: Slot, today: date) -> bool:
    at = slot.draft.session_at
    return slot.state == "opened" and at is not None and civil(at) >= today


def _of(
    commitment: Commitment, theme: str, rows: list[ScrutinyRow], planned: str | None, today: date
) -> Coverage:
    last = rows[-1] if rows else None
    judged = next((found for row in reversed(rows) if (found := judgement(row, commitment.ref))), None)
    overdue = [row for row in rows if any(day < today for day in row.open_actions)]
    return Coverage(
        commitment=commitment.ref,
        kind=commitment.kind,
        theme=theme,
        text=commitment.text,
        times=len(rows),
        last=last.reference if last else None,
        last_on=_heard_on(last) if last else None,
        judgement=judged[1] if judged else None,
        judged_in=judged[0] if judged else None,
        overdue_in=overdue[-1].reference if overdue else None,
        planned=planned,
        ground=_ground(rows, judged, overdue, today),
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


def _ground(
    rows: list[ScrutinyRow],
    judged: tuple[str, Assurance] | None,
    overdue: list[ScrutinyRow],
    today: date,
) -> Ground | None:
    if not rows:
        return "never_asked"
    if any(row.stage in BEFORE_HEARING for row in rows):
        return None
    if judged and judged[1] == "not_assured":
        return "not_assured"
    if overdue:
        return "follow_up"
    if judged and judged[1] == "partly_assured":
        return "partly_assured"
    heard = _heard_on(rows[-1])
    return "long_ago" if (heard.year + LONG_AGO, heard.month, heard.day) <= _parts(today) else None


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
