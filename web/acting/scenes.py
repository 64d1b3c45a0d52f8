"""What forms and pages begin with: the cycle, who is at it, and what the address asks about."""

import re
from collections.abc import Sequence
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request

from rules.clocks import civil
from schemas.people import Person
from schemas.rows import CyclePage
from web.door.rooms import rooms
from web.door.walls import Restricted
from web.forms.agenda import the_session
from web.forms.form import Scene
from web.forms.posted import Posted

REFERENCE = re.compile(r"HTA-\d{4}-\d{2,4}")
NOT_FOUND = 404


async def cycle_page(request: Request, reference: str) -> CyclePage:
    """One cycle with its words.

    Raises: HTTPException, Restricted: there is no such cycle, or none for whoever asks.
    """
    reads, known = rooms(request).reads, REFERENCE.fullmatch(reference)
    page = await reads.cycle(reference) if known else None
    if page is None:
        if known and (closed := await reads.restriction(reference)):
            raise Restricted(closed)
        raise HTTPException(NOT_FOUND)
    return page


async def lent_to(request: Request, scene: Scene, on: Sequence[str]) -> Scene:
    """The scene of a form that makes an agenda, with what the cycles that are not on it left open."""
    session = the_session(scene) if scene.page else None
    if request.path_params.get("kind") != "PublishAgenda" or session is None:
        return scene
    reads = rooms(request).reads
    found = await reads.lent_items(on, civil(session.starts_at))
    said = await reads.words({one.title for one in found.items})
    return replace(scene, lent=found.items, lent_words=said, lent_more=found.all - len(found.items))


async def scene_of(
    request: Request, person: Person, reference: str | None = None, posted: Posted | None = None
) -> Scene:
    """The scene of a form: about one cycle, or before there is one."""
    here = rooms(request)
    typed = {name: values[0] for name, values in posted.typed.said.items()} if posted else {}
    scene = Scene(
        person=person,
        people=await here.reads.people(),
        now=here.now(),
        ask={**request.query_params, **typed},
        page=await cycle_page(request, reference) if reference else None,
        plan=None if reference else await here.reads.plan(),
        forums=here.forums,
    )
    return await lent_to(request, scene, (reference,)) if reference else scene
