"""What the office fills in, so that nobody has to type it: reference, number, standards, calendar, body."""

from typing import Any

from reference.catalogue import calendar, standards
from rules.clocks import civil
from web.rooms import Rooms


async def complete(here: Rooms, facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts of a command with what the office knows; what is given already stays."""
    filled = COMPLETED.get(str(facts.get("kind")))
    return await filled(here, facts) if filled else facts


async def _opening(here: Rooms, facts: dict[str, Any]) -> dict[str, Any]:
    kind = facts.get("standards", facts.get("theme"))
    if isinstance(kind, str):
        facts = {**facts, "standards": standards().get(kind)}
    filled = {"calendar": calendar().version, "body": here.body, **facts}
    if not filled.get("cycle"):
        filled["cycle"] = await here.desk.cycle_reference(str(facts.get("key")), civil(here.now()).year)
    return filled


async def _proposal(here: Rooms, facts: dict[str, Any]) -> dict[str, Any]:
    if facts.get("action"):
        return facts
    number = await here.desk.action_number(str(facts.get("key")), civil(here.now()).year)
    return {**facts, "action": number}


COMPLETED = {"OpenCycle": _opening, "ProposeAction": _proposal}
