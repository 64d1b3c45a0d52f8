"""The shapes of the product's histories, one for each way a cycle can go: the floor is given the same.

The product's letters leave by its out-tray and stand in no history (ADR 0038). The floor gets an activity
after each act that somebody is told of, as one writes it on Temporal; `bare_mute` goes by the history alone.
"""

import asyncio
import json
from collections import Counter
from pathlib import Path

from bench.bare import BareShape
from bench.clock import now
from bench.floor import shape_of
from bench.hta.system import Where
from bench.hta.systems.product import DeskDoor
from bench.hta.workload import of_way, ways
from engine.connection import Address, reach

FIRST = 90_000
"""Cycles from this number on are run for their shape."""
SETTLED = 1.0
"""Seconds for the letters that follow the last act."""


async def write_shapes(where: Where, path: Path) -> dict[str, Counter[str]]:
    """Run one cycle of each way through the Desk and write down its shape; the events by kind."""
    door = DeskDoor(where)
    await door.enter()
    kinds: dict[str, Counter[str]] = {}
    shapes: dict[str, BareShape] = {}
    try:
        given = [of_way(FIRST + place, happens) for place, happens in enumerate(ways())]
        for cycle in given:
            base = now()
            for act in cycle.acts:
                await door.act(cycle.reference, act, base)
        await asyncio.sleep(SETTLED)
        client = await reach(Address(target=where.engine))
        for cycle in given:
            history = await client.get_workflow_handle(cycle.reference).fetch_history()
            shape, kinds[cycle.way] = shape_of(history)
            told = await door.told_after(cycle.reference)
            shapes[cycle.way] = shape.model_copy(update={"activities_after": told})
    finally:
        await door.leave()
    written = {way: shape.model_dump() for way, shape in shapes.items()}
    await asyncio.to_thread(path.write_text, json.dumps(written), "utf-8")
    return kinds
