"""What the office fills in, so that nobody has to type it: reference, number, standards, calendar, body."""

from typing import Any

from engine.new_cycles import opened_for
from reference.catalogue import calendar, standards
from rules.clocks import civil
from schemas.people import Actor
from schemas.shape import Words
from schemas.standards import Standards
from web.acting import convening
from web.door.rooms import Rooms

USUAL = "performance"
"""The kind of a cycle that a program opens without naming one."""


async def complete(here: Rooms, facts: dict[str, Any], words: Words) -> dict[str, Any]:
    """The same facts of a command with what the office knows; what is given already stays.

    `words` keeps the texts that are filled in.
    """
    if facts.get("kind") == "OpenCycle":
        facts = {**await _standing(here, facts, words), **facts}
    filled = COMPLETED.get(str(facts.get("kind")))
    return await filled(here, facts) if filled else facts


async def _opening(here: Rooms, facts: dict[str, Any]) -> dict[str, Any]:
    kind = facts.get("standards", USUAL)
    if isinstance(kind, str):
        facts = {**facts, "standards": (await newest(here)).get(kind)}
    filled = {"calendar": calendar().version, "body": here.body, **facts}
    if filled.get("session"):
        filled["session"] = await convening.with_rules(here, filled["session"])
    if not filled.get("theme"):
        filled["theme"] = await _objective(here, filled.get("commitments"))
    if not filled.get("cycle"):
        filled["cycle"] = await here.desk.cycle_reference(str(facts.get("key")), civil(here.now()).year)
    return filled


async def _standing(here: Rooms, facts: dict[str, Any], words: Words) -> dict[str, Any]:
    """Who stands for the office today, and who is to take over, where that was announced."""
    told = await opened_for(here.reads, here.body, here.now(), words)
    if not told:
        return {}
    by = facts.get("actor")
    if by is not None:
        by = Actor.model_validate(by).model_copy(update={"on_behalf_of": told["body"]})
        facts["actor"] = by.model_dump(mode="json")
    plain = {name: [one.model_dump(mode="json") for one in told[name]] for name in ("called", "taking_over")}
    return {**told, **plain}


async def _objective(here: Rooms, commitments: object) -> str | None:
    """The objective of the plan that the first of the commitments stands under."""
    plan = await here.reads.plan()
    first = str(commitments[0]) if isinstance(commitments, list | tuple) and commitments else ""
    objectives = plan.objectives if plan else ()
    found = (one.id for one in objectives if any(it.ref == first for it in one.commitments))
    return next(found, objectives[0].id if objectives else None)


async def _proposal(here: Rooms, facts: dict[str, Any]) -> dict[str, Any]:
    if facts.get("action"):
        return facts
    number = await here.desk.action_number(str(facts.get("key")), civil(here.now()).year)
    return {**facts, "action": number}


async def _standards(here: Rooms, facts: dict[str, Any]) -> dict[str, Any]:
    page = None if facts.get("standards") else await here.reads.cycle(str(facts.get("cycle")))
    return {**facts, "standards": (await newest(here)).get(page.cycle.standards.id)} if page else facts


async def newest(here: Rooms) -> dict[str, Standards]:
    """The standards of each kind of cycle: as the office changed them last, or as they came."""
    return {**standards(), **await here.reads.standards(here.body)}


COMPLETED = {
    "OpenCycle": _opening,
    "ProposeAction": _proposal,
    "ChangeStandards": _standards,
    "FixSession": convening.fixing,
    "RecordAttendance": convening.attendance,
    "RecordVote": convening.vote,
}
