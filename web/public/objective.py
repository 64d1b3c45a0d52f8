"""The plan at a glance: how often each objective was heard about by quarter, and each commitment of one."""

from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from rules.clocks import civil
from rules.timing.spans import quarters_back
from schemas.calendar import HeardRow
from schemas.plans import Objective, Plan
from web.pictures.frame import framed
from web.pictures.quarters import EMPTY, Filled, Line, grid, quarter, said_in_months
from web.pictures.scrutinised import Covered, Scrutinised, scrutinised, scrutinised_table
from web.showing.words import plural

QUARTERS = 8
ONCE, OFTEN = 1, 2


def by_objective(plan: Plan, rows: Iterable[HeardRow], today: date) -> Markup:
    """Objective by quarter: how many of its commitments findings were published about."""
    known: dict[tuple[str, date], set[str]] = {}
    theme = {it.ref: one.id for one in plan.objectives for it in one.commitments}
    for row in rows:
        if row.commitment in theme:
            known.setdefault((theme[row.commitment], row.quarter_on), set()).add(row.commitment)
    quarters = quarters_back(today, QUARTERS)
    lines = (
        Line(
            one.title, plural(len(one.commitments), "promise"),
            tuple(_cell(len(known.get((one.id, on), ())), on) for on in quarters), f"/plan/{one.id}",
        )
        for one in plan.objectives
        if one.commitments
    )  # fmt: skip
    caption = "Promises that published findings were about, quarter by quarter"
    return grid(caption, tuple(quarter(on) for on in quarters), lines, "Objective")


def by_commitment(objective: Objective, rows: Sequence[HeardRow], today: date) -> Markup:
    """Commitment by quarter: how often findings were published about each."""
    times = {(row.commitment, row.quarter_on): row for row in rows}
    quarters = quarters_back(today, QUARTERS)
    lines = (
        Line(
            one.ref, "",
            tuple(_of(times.get((one.ref, on)), on) for on in quarters), f"/plan/{one.ref.lower()}",
        )
        for one in objective.commitments
    )  # fmt: skip
    caption = f"{objective.title}: findings published about each promise, quarter by quarter"
    return grid(caption, tuple(quarter(on) for on in quarters), lines, "Promise")


def covered(objective: Objective, rows: Sequence[HeardRow], today: date) -> Markup:
    """When each commitment was scrutinised: a dot for each quarter in which findings came out."""
    first = min([quarters_back(today, QUARTERS)[0], *(row.quarter_on for row in rows)])
    lanes = tuple(
        Scrutinised(
            one.ref, one.text,
            tuple(sorted(civil(row.last_at) for row in rows if row.commitment == one.ref)),
            href=f"/plan/{one.ref.lower()}",
        )
        for one in objective.commitments
    )  # fmt: skip
    drawn = Covered("When each promise was scrutinised last", first, today, today, lanes)
    return framed(scrutinised(drawn, "covered"), scrutinised_table(drawn), label=drawn.title)


def _cell(count: int, on: date) -> Filled:
    if not count:
        return EMPTY
    return Filled(str(count), "more" if count > ONCE else "some", more=f"in {said_in_months(on)}")


def _of(row: HeardRow | None, on: date) -> Filled:
    if row is None:
        return EMPTY
    words = {ONCE: "once", OFTEN: "twice"}.get(row.times, f"{row.times} times")
    tone = "some" if row.times == ONCE else "more"
    return Filled(words, tone, f"/findings/{row.last.lower()}", f"in {said_in_months(on)}")
