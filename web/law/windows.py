"""An office's own numbers for the pages: what it has changed, asked only where a rule needs it."""

from starlette.requests import Request

from reference.windows import SHIPPED, OfOffice, asks_office
from rules.windows import in_force
from schemas.cycle import Cycle
from schemas.standards import StandardsEdition
from web.door.rooms import Rooms, rooms


async def of_office(request: Request, rule: str | None = None) -> OfOffice:
    """What the office has changed, by the titles of those who did; nothing for a rule whose number is law.

    Asked once for a request, however many rules its page explains.
    """
    here = getattr(request.app.state, "rooms", None)
    if not isinstance(here, Rooms) or (rule is not None and not asks_office(rule)):
        return SHIPPED
    if not hasattr(request.state, "of_office"):
        request.state.of_office = await _changed(here)
    known: OfOffice = request.state.of_office
    return known


async def _changed(here: Rooms) -> OfOffice:
    windows = await here.reads.windows_history(here.body)
    found = OfOffice(tuple(windows), tuple(await here.reads.standards_history(here.body)))
    return found.titled(await here.reads.people()) if found != SHIPPED else found


async def followed(request: Request, cycle: Cycle) -> StandardsEdition:
    """The edition of its kind's standards that a cycle follows, with who made it, when and why."""
    unknown = StandardsEdition(standards=cycle.standards, changed_by="")
    if cycle.standards.edition == 1:
        return unknown
    here = rooms(request)
    every = await here.reads.standards_history(here.body, cycle.standards.id)
    made = [one for one in every if one.standards == cycle.standards]
    if not made:
        return unknown
    titled = OfOffice(standards=tuple(made)).titled(await here.reads.people())
    return in_force(titled.standards)
