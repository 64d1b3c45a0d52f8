"""Deadlines for whoever watches over them, and the calendars that follow them home."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from schemas.people import Person, Role
from web.door.identity import FORCE_ROLES, OPCC_ROLES, require
from web.door.rooms import rooms
from web.papers import calendar
from web.public.caching import marked
from web.secretariat.addresses import person_of, secret_of
from web.secretariat.appointments import appointments
from web.secretariat.board import Sought, anchor, board, owners
from web.showing import words
from web.showing.page import render

MOST = 2_000
WATCHING = (*OPCC_ROLES, *FORCE_ROLES, Role.PANEL_SECRETARIAT)

router = APIRouter(include_in_schema=False)


@router.get("/deadlines")
async def deadlines(
    request: Request,
    person: Annotated[Person, Depends(require(*WATCHING))],
    owner: Annotated[str, Query(max_length=64)] = "",
    what: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """What is due, whose it is, in how many working days, and what is late."""
    here = rooms(request)
    rows = await here.reads.deadlines(most=MOST)
    sought = Sought(owner, what)
    secret = secret_of(person.id, request.app.state.secret)
    return render(
        request, "secretariat/deadlines.html", title="Deadlines", groups=board(rows, sought, here.now()),
        owners=owners(rows), whats=words.WHATS, sought=sought, anchor=anchor, all=len(rows),
        address=f"{here.office.public_url}/calendar/{secret}.ics",
    )  # fmt: skip


@router.get("/calendar/{secret}.ics")
async def feed(request: Request, secret: str) -> Response:
    """A person's deadlines and meetings, for a calendar program that cannot sign in."""
    here = rooms(request)
    people = await here.reads.people()
    person = people.get(person_of(secret, request.app.state.secret) or "")
    if person is None:
        raise HTTPException(404)
    found = await appointments(here.reads, person, people, here.now())
    said = calendar.calendar(f"Deadlines: {here.office.short}", found, here.office)
    answer = Response(said, headers={"Content-Disposition": 'inline; filename="deadlines.ics"'})
    answer.headers["Content-Type"] = f"{calendar.MEDIA_TYPE}; charset=utf-8"
    return marked(request, answer, said, "private, no-cache")
