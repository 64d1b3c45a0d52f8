"""My work: one sentence that says whether today is fine, and what needs me, the most urgent first."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from schemas.people import Person
from schemas.rows import CycleRow
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.needing.needs import needs, sentence
from web.programme.board import board_of
from web.programme.needs import programme_needs
from web.showing import dates
from web.showing.page import render
from web.showing.strip import strip

router = APIRouter(include_in_schema=False)
OVER = ("closed", "cancelled")


@router.get("/my-work")
async def my_work(request: Request, person: Annotated[Person, Depends(require(*OPCC_ROLES))]) -> Response:
    """The board of somebody of the office."""
    here = rooms(request)
    rows = [row for row in await here.reads.cycles(most=200) if row.stage not in OVER]
    programme = programme_needs(await board_of(request), person)
    found = needs(await here.reads.under_way(), person, here.now(), programme)
    own = [row for row in rows if row.opened_by == person.id]
    return render(
        request, "work.html", title="My work", needs=found, sentence=sentence(found, _next(rows, here.now())),
        cycles=[(row, strip(row.stage)) for row in own or rows], own=bool(own),
    )  # fmt: skip


def _next(rows: list[CycleRow], now: datetime) -> str | None:
    due = [(row.next_due_at, row.reference) for row in rows if row.next_due_at and row.next_due_at > now]
    if not due:
        return None
    at, reference = min(due)
    return f"Next: {reference}, {dates.moment(at)}."
