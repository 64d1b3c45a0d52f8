"""What the engine did late: after each outage, every duty and letter with by how much."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reference.outages import MOST, in_words
from rules.clocks import instant
from schemas.outages import Outage
from schemas.people import Person
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.showing.page import render

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/v1", tags=["answerable"])
Officer = Annotated[Person, Depends(require(*OPCC_ROLES))]
Since = Annotated[str, Query(max_length=10)]
WRONG_DAY = "That is not a day. Write it as year, month and day, such as 2026-11-23."


@router.get("/outages")
async def page(request: Request, _person: Officer, since: Since = "") -> Response:
    """The outages, newest first; since a day, or ever."""
    start = _start(since)
    wrong = WRONG_DAY if since and start is None else None
    rows = [] if wrong else await rooms(request).reads.late(start, MOST)
    return render(
        request, "outages.html", status=400 if wrong else 200, title="Outages", found=in_words(rows),
        count=len(rows), cycles=len({one.cycle for one in rows}), since=since, wrong=wrong, most=MOST,
        back=("/deadlines", "Deadlines"),
    )  # fmt: skip


@api.get("/outages")
async def outages(request: Request, _person: Officer, since: Since = "") -> list[dict[str, Any]]:
    """List the outages, newest first, each with what was late in it; since a day, or ever."""
    start = _start(since)
    if since and start is None:
        raise HTTPException(400, WRONG_DAY)
    found: tuple[Outage, ...] = in_words(await rooms(request).reads.late(start, MOST))
    return [{**one.model_dump(mode="json"), "cycles": one.cycles} for one in found]


def _start(since: str) -> datetime | None:
    try:
        return instant(date.fromisoformat(since), "00:00")
    except ValueError:
        return None
