"""Take everything away: the page that says what is in it, and the file, sent while it is made."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

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
    pieces = (piece async for piece in export(taking, ZipArchive(on)) if piece)
    return StreamingResponse(pieces, media_type="application/zip", headers=headers(f"export-{on}.zip"))
