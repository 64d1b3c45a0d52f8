"""Take everything away: the page that says what is in it, and the file, sent while it is made."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from engine.new_cycles import name_of
from handover.archive import ZipArchive
from handover.everything import Taking, export
from handover.gathering import Made
from rules.clocks import civil
from rules.handing_over import ENTITLED
from schemas.people import Person
from web.door.bearing import on_record
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import readable, rooms
from web.pages.files import headers
from web.papers.streaming import sent
from web.showing.page import render

router = APIRouter(include_in_schema=False)
OfOffice = Annotated[Person, Depends(require(*OPCC_ROLES))]


@router.get("/export")
async def page(request: Request, person: OfOffice) -> Response:
    """What the file holds."""
    return render(
        request, "exporting/page.html", title="Take everything away", entitled=person.role in ENTITLED,
        back=("/more", "More"),
    )  # fmt: skip


@router.get("/export.zip")
async def taken(request: Request, person: OfOffice, files: str = "") -> Response:
    """Everything that they may see; with `files=yes` the evidence too."""
    here = rooms(request)
    on, name = civil(here.now()), await name_of(here.reads, here.body, here.now())
    made = Made(person.title, on, person.role in ENTITLED, name)
    taking = Taking(here.reads, readable(request), made, files == "yes")
    await on_record(request, "took everything away")
    named = headers(f"export-{on}.zip")
    return await sent(here.packs, _pieces(taking, ZipArchive(on)), "application/zip", named)


async def _pieces(taking: Taking, archive: ZipArchive) -> AsyncGenerator[bytes]:
    async for piece in export(taking, archive):
        if piece:
            yield piece
