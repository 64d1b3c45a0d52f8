"""Actions that were over before this record began, as old trackers say: sought, shown and taken away."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from handover.before import table
from handover.cells import MEDIA_TYPE
from schemas.people import Person
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.showing.page import render
from web.showing.pages import A_PAGE, Leaf, Number, skip

router = APIRouter(include_in_schema=False)
OfOffice = Annotated[Person, Depends(require(*OPCC_ROLES))]
Words = Annotated[str, Query(max_length=200)]


@router.get("/actions/before")
async def listed(request: Request, _person: OfOffice, search: Words = "", page: Number = 1) -> Response:
    """Those that are sought, the last closed first, fifty on a page."""
    here, sought = rooms(request), _sought(search)
    found = await here.reads.closed_before(sought, A_PAGE, skip(page))
    leaf = Leaf("/actions/before", page, found.all, sought=(("search", sought),), what="Closed actions")
    return render(
        request, "actions/before.html", title=leaf.titled("Closed before this record began"), found=found,
        leaf=leaf, search=sought, people=await here.reads.people() if found.rows else {},
        back=("/actions", "Actions"),
    )  # fmt: skip


@router.get("/actions/before.csv")
async def as_file(request: Request, _person: OfOffice, search: Words = "") -> Response:
    """The same, every page of it, for a spreadsheet."""
    found = await rooms(request).reads.closed_before(_sought(search), None)
    headers = {
        "Content-Disposition": 'attachment; filename="closed-before.csv"',
        "Cache-Control": "private, no-store",
    }
    return Response(table(found.rows), headers=headers, media_type=MEDIA_TYPE)


def _sought(search: str) -> str:
    """The words that are looked for; what no text can hold is left out."""
    return " ".join(search.replace("\x00", "").split())
