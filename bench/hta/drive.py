"""`python -m bench.hta.drive MODULE MEASURE WHERE OPTIONS`: puts load on one system and says what it saw.

It runs in the environment of its system, in a process of its own, and prints one line of JSON.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any, cast

from bench.hta.editing import carried_on, left_waiting, released
from bench.hta.killing import killed
from bench.hta.loads import Facts, checked, filled, first_act, paced, steady, timed
from bench.hta.system import Module, read

MEASURES: dict[str, Callable[..., Awaitable[Facts]]] = {
    "steady": steady,
    "paced": paced,
    "filled": filled,
    "timed": timed,
    "killed": killed,
    "check": checked,
    "first": first_act,
    "left_waiting": left_waiting,
    "released": released,
    "carried_on": carried_on,
}


async def main() -> None:
    """Enter, measure, leave, report."""
    name, measure, where, options = sys.argv[1:5]
    module = cast("Module", import_module(f"bench.hta.systems.{name}"))
    door = module.door(read(where))
    await door.enter()
    given: dict[str, Any] = json.loads(options)
    try:
        facts = await MEASURES[measure](door, **given)
    finally:
        await door.leave()
    print(json.dumps(facts), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
