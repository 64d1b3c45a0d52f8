"""What a cycle's page says of who may see it."""

from dataclasses import dataclass

from rules.acting.restricting import MAY_RESTRICT, told_of_since
from schemas.people import Person, Role
from schemas.viewing import Opening, Restriction
from web.door.rooms import Rooms


@dataclass(frozen=True)
class Walled:
    """Whether it is restricted, whether somebody only opened it, and whether they may change that."""

    restriction: Restriction | None
    opening: Opening | None
    may_restrict: bool


async def opened_lately(here: Rooms, person: Person) -> list[Opening]:
    """What the chief executive has to hear of: restricted cycles that others opened in the last week."""
    if person.role != Role.CHIEF_EXECUTIVE:
        return []
    found = await here.reads.openings(told_of_since(here.now()))
    return [one for one in found if one.person != person.id]


async def walled(here: Rooms, reference: str, person: Person) -> Walled | None:
    """What stands around a cycle for somebody of the office who sees it; None for everybody else."""
    if person.side != "opcc":
        return None
    one = await here.reads.restriction(reference)
    opened = await here.reads.openings(here.now(), reference) if one and person.id not in one.named else []
    mine = next((found for found in opened if found.person == person.id), None)
    return Walled(one, mine, person.role in MAY_RESTRICT)
