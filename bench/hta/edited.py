"""The measure of an edit, from the bench's side: opens, edits, waits for the new rung, goes on, and looks."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bench.clock import now
from bench.hta.editing import BEGUN, BY_STANDARDS, COPY, EARLIER, EDITIONS, OPENED
from bench.hta.ground import Standing
from bench.hta.loads import Facts
from bench.hta.plan import Plan

LETTERS = "select key, rung, extract(epoch from at)::float8 as at from hta.letters where cycle = '{}'"
Letter = tuple[str, bool, float]
"""Its key, whether it is a rung, and when it came."""
SETTLED = 3.0
"""Seconds for the letters that follow, and between two editions."""
RUNG = "takes the new rung in its time"
LADDER_IS_DATA = ("product",)
"""Systems whose code says nothing of rungs, so that an edit of the code brings none."""
ALL = 1_000
"""More acts than any cycle has. The product's clock is set back for a rung that comes soon, and the acts on
actions speak of today: under its standards one act is handed in, and none needs a rung that comes soon."""
FIRST = 80_000
"""Cycles from this number on are edited under."""


async def edit(stands: Standing, plan: Plan, _size: int) -> Facts:
    """Every way of editing that was written for the system, each under a cycle of its own."""
    ways = EDITIONS.get(stands.system.name)
    if ways is None:
        raise NotImplementedError(f"no edited process was written for {stands.system.name}")
    found: Facts = {}
    for place, way in enumerate(ways):
        facts = await _one(stands, plan, way, FIRST + place)
        found |= {f"{way}: {name}": value for name, value in facts.items()}
    return found


async def _one(stands: Standing, plan: Plan, way: str, number: int) -> Facts:
    by_code = way != BY_STANDARDS
    begun, most = (BEGUN, ALL) if by_code else (OPENED, 1)
    soon = not by_code or stands.system.name not in LADDER_IS_DATA
    await stands.edit("" if by_code else way)
    waits = await _drive(stands, plan, "left_waiting", number, begun=begun, soon=soon)
    if by_code:
        await stands.edit(way)
    else:
        await _drive(stands, plan, "released", number)
    if soon:
        left = datetime.fromisoformat(waits["rung"]) - now()
        await asyncio.sleep(max(0.0, left.total_seconds()) + SETTLED)
    before = await _letters(stands, waits["reference"])
    went = await _drive(stands, plan, "carried_on", number, begun=begun, most=most, base=waits["base"])
    await asyncio.sleep(SETTLED)
    due = datetime.fromisoformat(waits["rung"]).timestamp()
    facts = seen(way, went, due, before, await _letters(stands, waits["reference"]))
    if not soon:
        del facts[RUNG]
    return facts


def seen(way: str, went: Facts, due: float, before: Sequence[Letter], after: Sequence[Letter]) -> Facts:
    """What became of the cycle, from its letters before and after it was carried on."""
    in_time = due if way == BY_STANDARDS else due - EARLIER.total_seconds()
    rungs = [at for _, rung, at in before if rung and at < in_time + SETTLED]
    copies = {key for key, _, _ in after if f":{COPY}" in key}
    facts: Facts = {
        "goes on": went["taken"] == went["to_come"],
        RUNG: bool(rungs),
        "acts that were still to come": went["to_come"],
        "acts taken after the edit": went["taken"],
    }
    if way != BY_STANDARDS:
        facts["acts that did the new step, earlier ones included"] = len(copies)
    return facts


async def _drive(stands: Standing, plan: Plan, what: str, number: int, **options: Any) -> Facts:
    given = json.dumps({"seed": plan.seed, "first": number, **options})
    facts: Facts = json.loads(await stands.drive(what, given))
    return facts


async def _letters(stands: Standing, reference: str) -> list[Letter]:
    rows = await stands.postgres.rows(LETTERS.format(reference), stands.where.database)
    return [(row["key"], row["rung"], row["at"]) for row in rows]
