"""What forms and pages begin with: the cycle, who is at it, and what the address asks about."""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request

from schemas.people import Person
from schemas.rows import CyclePage
from web.door.rooms import rooms
from web.forms.form import Scene
from web.forms.posted import Posted

REFERENCE = re.compile(r"HTA-\d{4}-\d{2,4}")
NOT_FOUND = 404


async def cycle_page(request: Request, reference: str) -> CyclePage:
    """One cycle with its words.

    Raises: HTTPException: there is no such cycle.
    """
    page = await rooms(request).reads.cycle(reference) if REFERENCE.fullmatch(reference) else None
    if page is None:
        raise HTTPException(NOT_FOUND)
    return page


async def _others(request: Request, reference: str | None) -> tuple[CyclePage, ...]:
    """The other cycles under way, for the form that asks them: they lend an agenda what is open."""
    if request.path_params.get("kind") != "PublishAgenda":
        return ()
    pages = await rooms(request).reads.under_way()
    return tuple(page for page in pages if page.cycle.reference != reference)


async def scene_of(
    request: Request, person: Person, reference: str | None = None, posted: Posted | None = None
) -> Scene:
    """The scene of a form: about one cycle, or before there is one."""
    here = rooms(request)
    typed = {name: values[0] for name, values in posted.typed.said.items()} if posted else {}
    return Scene(
        person=person,
        people=await here.reads.people(),
        now=here.now(),
        ask={**request.query_params, **typed},
        page=await cycle_page(request, reference) if reference else None,
        plan=None if reference else await here.reads.plan(),
        forums=here.forums,
        others=await _others(request, reference),
    )
