"""A copy of evidence to give out: what is taken out of it, what is to be looked at first, and itself."""

from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from engine.files import HeldError
from schemas.evidence import FileItem
from schemas.people import Person
from schemas.rows import CyclePage
from web.acting.scenes import cycle_page
from web.door.holding import MadeCopy, RefusedCopy
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import readable, rooms
from web.pages.files import headers
from web.showing import items
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Giver = Annotated[Person, Depends(require(*OPCC_ROLES))]


@router.get("/cycles/{reference}/evidence/{name}/copy")
async def offered(request: Request, reference: str, name: str, _person: Giver) -> Response:
    """What the copy would be: looked at before it is downloaded."""
    page, standing, file = await _file(request, reference, name)
    made = await _copy(request, file)
    copy = made if isinstance(made, MadeCopy) else None
    if copy:
        copy.file.close()
    return render(
        request, "files/copy.html", title="A copy to give out", cycle=page.cycle, standing=standing,
        name=page.say(file.name), digest=file.digest, copy=copy,
        refused=None if isinstance(made, MadeCopy) else made,
        public=items.published(page.cycle, standing),
        back=(f"/cycles/{reference}/evidence/{standing.name}", "The evidence"),
    )  # fmt: skip


@router.get("/cycles/{reference}/evidence/{name}/copy/file")
async def copied(request: Request, reference: str, name: str, _person: Giver) -> Response:
    """The copy itself, made anew; where there can be none, the page that says why."""
    page, standing, file = await _file(request, reference, name)
    made = await _copy(request, file)
    if not isinstance(made, MadeCopy):
        return RedirectResponse(f"/cycles/{reference}/evidence/{standing.name}/copy", 303)
    said = PurePath(page.say(file.name) or file.digest)
    named = headers(f"{said.stem}-copy{said.suffix}")
    return StreamingResponse(made.pieces(), media_type="application/octet-stream", headers=named)


async def _file(request: Request, reference: str, name: str) -> tuple[CyclePage, items.Standing, FileItem]:
    page = await cycle_page(request, reference)
    standing = items.found(page.cycle, name)
    if standing is None or standing.item.kind != "file":
        raise HTTPException(404)
    return page, standing, standing.item


async def _copy(request: Request, file: FileItem) -> MadeCopy | RefusedCopy:
    """The copy of a file that may be opened.

    Raises: HTTPException: it is not there. HeldError: it is held.
    """
    here = rooms(request)
    if here.copies is None:
        raise HTTPException(404)
    try:
        pieces = await readable(request).open(file.digest)
    except HeldError:
        raise
    except FileNotFoundError:
        raise HTTPException(404) from None
    return await here.copies.copy(pieces, file.media_type)
