"""Deadlines for whoever watches over them, and the calendars that follow them home."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from rules.acting.appointments import role_on
from rules.clocks import civil
from schemas.counted import MOST_COUNTED
from schemas.people import Person, Role
from web.door.identity import FORCE_ROLES, OPCC_ROLES, require
from web.door.looking import look_for
from web.door.packing import AS_IT_IS
from web.door.rooms import rooms
from web.papers import calendar
from web.posting.calendars import calendar_address, calendar_number
from web.public.caching import marked
from web.secretariat.addresses import person_of
from web.secretariat.appointments import CYCLES, appointments
from web.secretariat.board import Sought, anchor, board, week_after
from web.showing import words
from web.showing.page import render
from web.showing.pages import Leaf, Number, skip

WATCHING = (*OPCC_ROLES, *FORCE_ROLES, Role.PANEL_SECRETARIAT)

router = APIRouter(include_in_schema=False)


@router.get("/deadlines")
async def deadlines(
    request: Request,
    person: Annotated[Person, Depends(require(*WATCHING))],
    owner: Annotated[str, Query(max_length=64)] = "",
    what: Annotated[str, Query(max_length=64)] = "",
    page: Number = 1,
) -> Response:
    """What is due, whose it is, in how many working days, and what is late."""
    here = rooms(request)
    sought, now = Sought(owner, what), here.now()
    found = await here.reads.owed(owner or None, what or None, now, week_after(now), skip=skip(page))
    asked = (("owner", owner), ("what", what))
    leaf = Leaf("/deadlines", page, found.all, sought=asked, what="Deadlines", counted=MOST_COUNTED)
    answer = render(
        request, "secretariat/deadlines.html", title=leaf.titled("Deadlines"), groups=board(found, now),
        leaf=leaf, owners=await here.reads.owing(), whats=words.WHATS, sought=sought, anchor=anchor,
        in_calendar=CYCLES, address=await calendar_address(request, person.id),
    )  # fmt: skip
    answer.headers.update(AS_IT_IS)
    return answer


@router.get("/calendar/{secret}.ics")
async def feed(request: Request, secret: str) -> Response:
    """A person's deadlines and meetings, for a calendar program that cannot sign in."""
    here = rooms(request)
    people = await here.reads.people()
    whose, number = person_of(secret, request.app.state.secret) or ("", 0)
    person = people.get(whose)
    if person is None or number != await calendar_number(request, whose):
        raise HTTPException(404)
    look_for(request, person.model_copy(update={"role": role_on(person, civil(here.now()))}))
    found = await appointments(here.reads, person, people, here.now())
    said = calendar.calendar(f"Deadlines: {here.office.short}", found, here.office)
    answer = Response(said, headers={"Content-Disposition": 'inline; filename="deadlines.ics"'})
    answer.headers["Content-Type"] = f"{calendar.MEDIA_TYPE}; charset=utf-8"
    return marked(request, answer, said, "private, no-cache")
