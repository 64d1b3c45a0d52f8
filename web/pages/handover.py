"""The handover pack of a cycle, for the office: sent while it is made, with or without what is sensitive."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from engine.new_cycles import name_of
from handover.archive import ZipArchive
from handover.gathering import Made
from handover.pack import Sources, Told, pack
from rules.clocks import civil
from rules.handing_over import ENTITLED
from schemas.people import Person
from web.acting.scenes import cycle_page
from web.door.identity import OPCC_ROLES, NotYours, require
from web.door.rooms import readable, rooms
from web.pages.files import headers
from web.showing.page import render

router = APIRouter(include_in_schema=False)
OfOffice = Annotated[Person, Depends(require(*OPCC_ROLES))]


@router.get("/cycles/{reference}/handover")
async def offered(request: Request, reference: str, person: OfOffice) -> Response:
    """What the pack holds, and its two editions."""
    page = await cycle_page(request, reference)
    return render(
        request, "cycles/handover.html", title=f"Handover pack of {reference}", cycle=page.cycle,
        say=page.say, entitled=person.role in ENTITLED, back=(f"/cycles/{reference}", f"Cycle {reference}"),
    )  # fmt: skip


@router.get("/cycles/{reference}/handover.zip")
async def full(request: Request, reference: str, person: OfOffice) -> Response:
    """Everything, marked OFFICIAL-SENSITIVE.

    Raises: NotYours: somebody asks who is not entitled to it.
    """
    if person.role not in ENTITLED:
        raise NotYours(ENTITLED)
    return await _sent(request, reference, person, full=True)


@router.get("/cycles/{reference}/handover-without-sensitive.zip")
async def plain(request: Request, reference: str, person: OfOffice) -> Response:
    """Without what only the entitled may read; the pack says what was left out and why."""
    return await _sent(request, reference, person, full=False)


async def _sent(request: Request, reference: str, person: Person, *, full: bool) -> Response:
    await cycle_page(request, reference)
    here = rooms(request)
    made = Made(person.title, civil(here.now()), full, await name_of(here.reads, here.body, here.now()))

    async def pieces() -> AsyncIterator[bytes]:
        archive = ZipArchive(made.on)
        async for piece in pack((reference,), Sources(here.reads, readable(request)), archive, made, Told()):
            if piece:
                yield piece

    name = f"handover-{reference.lower()}{'' if full else '-without-sensitive'}.zip"
    return StreamingResponse(pieces(), media_type="application/zip", headers=headers(name))
