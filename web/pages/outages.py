"""What the engine did late: after each outage, every duty and letter with by how much."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reference.outages import MOST, page_of, turned
from rules.clocks import instant
from schemas.outages import OutagesPage
from schemas.people import Person
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.showing.page import render
from web.showing.pages import A_PAGE, Leaf, Number, skip

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/v1", tags=["answerable"])
Officer = Annotated[Person, Depends(require(*OPCC_ROLES))]
Since = Annotated[str, Query(max_length=10)]
A_LONG_PAGE = 500
"""Lines on one page for programs."""
WRONG_DAY = "That is not a day. Write it as year, month and day, such as 2026-11-23."


@router.get("/outages")
async def page(request: Request, _person: Officer, since: Since = "", page: Number = 1) -> Response:
    """The outages, newest first; since a day, or ever."""
    start = _start(since)
    wrong = WRONG_DAY if since and start is None else None
    found = OutagesPage() if wrong else await _page(request, start, A_PAGE, page)
    leaf = Leaf("/outages", page, found.count, sought=(("since", since),), what="Outages")
    return render(
        request, "outages.html", status=400 if wrong else 200, title=leaf.titled("Outages"), found=found,
        leaf=leaf, since=since, wrong=wrong, most=MOST, back=("/deadlines", "Deadlines"),
    )  # fmt: skip


@api.get("/outages")
async def outages(
    request: Request, _person: Officer, since: Since = "", page: Number = 1
) -> list[dict[str, Any]]:
    """List the outages, newest first, each with what was late in it; since a day, or ever.

    There are 500 lines on a page. An outage that goes on beyond a page says how many lines it has in all.
    """
    start = _start(since)
    if since and start is None:
        raise HTTPException(400, WRONG_DAY)
    found = await _page(request, start, A_LONG_PAGE, page)
    return [one.model_dump(mode="json") for one in found.parts]


async def _page(request: Request, start: datetime | None, most: int, number: int) -> OutagesPage:
    """One page of the newest that were late; only what stands on it is read in words."""
    reads = rooms(request).reads
    found = turned(await reads.late_spans(start, MOST), most, skip(number, most))
    return page_of(found, await reads.late_these(found.wanted))


def _start(since: str) -> datetime | None:
    try:
        return instant(date.fromisoformat(since), "00:00")
    except ValueError:
        return None
