"""My work: one sentence that says whether today is fine, what needs me, and my cycles, a page at a time."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from schemas.people import Person
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.needing.asked import public_asks
from web.needing.engine import engine_quiet
from web.needing.needs import needing, sentence
from web.posting.needs import came_back
from web.programme.board import board_of
from web.programme.needs import programme_needs
from web.showing.page import render
from web.showing.pages import Leaf, Number, others, skip
from web.showing.strip import strip
from web.showing.walled import opened_lately

router = APIRouter(include_in_schema=False)
STRIPS = 10
"""Cycles on one page of my work; the list of cycles has them all."""


@router.get("/my-work")
async def my_work(
    request: Request,
    person: Annotated[Person, Depends(require(*OPCC_ROLES))],
    page: Number = 1,
    cycles: Number = 1,
) -> Response:
    """The board of somebody of the office."""
    here = rooms(request)
    beside = [
        *await came_back(here, person),
        *await public_asks(here, person),
        *programme_needs(await board_of(request), person),
    ]
    found = await needing(here, person, page, beside)
    own = await here.reads.cycles_of(person.id, here.now(), STRIPS, skip(cycles, STRIPS))
    shown = own if own.all else await here.reads.cycles_of(None, here.now(), STRIPS, skip(cycles, STRIPS))
    leaf = Leaf("/my-work", page, found.rows, what="What needs you", sought=others(cycles=cycles))
    turned = Leaf("/my-work", cycles, shown.all, STRIPS, others(page=page), "cycles", "cycles", "Your cycles")
    return render(
        request, "work.html", title=leaf.titled("My work"), needs=found.needs, leaf=leaf, turned=turned,
        sentence=sentence(found, None if found.all else await here.reads.next_due(here.now())),
        cycles=[(row, strip(row.stage)) for row in shown.rows], own=bool(own.all),
        opened=await opened_lately(here, person), quiet=await engine_quiet(here),
        drafts=await here.drafts.begun("cycle", person.id) if here.drafts else (),
    )  # fmt: skip
