"""The page of a room, of a meeting or of one cycle's session; and where each entry typed in it is sent."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rules.meeting.minutes import minutes
from schemas.people import Person, Role
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.forms.fields import Typed
from web.forms.posted import FormBack, Posted, fresh_key
from web.pages.sessions import titles_of
from web.showing.dates import hour
from web.showing.page import render
from web.sitting.entries import attendance, offered
from web.sitting.place import Item, Place, named_on, place_of_meeting, place_of_session, scene_at
from web.sitting.recording import STATUS, Said, record
from web.sitting.spoken import outcomes, spoken, sums

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES, Role.PANEL_SECRETARIAT))]


@router.get("/meetings/{reference}/run")
async def meeting(request: Request, reference: str, person: Reader) -> Response:
    """The room of a meeting."""
    return await _show(request, await place_of_meeting(request, reference), person)


@router.post("/meetings/{reference}/run")
async def at_meeting(request: Request, reference: str, person: Reader, back: FormBack) -> Response:
    """Take an entry."""
    return await _take(request, await place_of_meeting(request, reference), person, back)


@router.get("/cycles/{reference}/sessions/{number}/run")
async def session(request: Request, reference: str, number: int, person: Reader) -> Response:
    """The room of one cycle's session; where it is part of a meeting, the meeting's."""
    place = await place_of_session(request, reference, number)
    shared = place.first.session.meeting
    return RedirectResponse(f"/meetings/{shared}/run", 303) if shared else await _show(request, place, person)


@router.post("/cycles/{reference}/sessions/{number}/run")
async def at_session(
    request: Request, reference: str, number: int, person: Reader, back: FormBack
) -> Response:
    """Take an entry."""
    return await _take(request, await place_of_session(request, reference, number), person, back)


async def _take(request: Request, place: Place, person: Person, back: Posted) -> Response:
    said = await record(request, place, person, back)
    if "application/json" in request.headers.get("accept", ""):
        now = hour(rooms(request).now())
        told = {"state": said.state, "message": said.message, "errors": said.errors, "at": now}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})
    if said.state == "done":
        request.session["said"] = said.message
        return RedirectResponse(f"{place.path}/run?item={back.typed.one('item')}", 303)
    return await _show(request, place, person, said, back.typed)


async def _show(
    request: Request, place: Place, person: Person, said: Said | None = None, typed: Typed | None = None
) -> Response:
    """The room at an item: the one that was asked for, or the one under way."""
    here, typed = rooms(request), typed or Typed()
    under_way = await here.reads.under_way_in(place.name)
    at = place.item(under_way.item if under_way else 1) or place.items[0]
    item = place.item(typed.one("item", request.query_params.get("item", ""))) or at
    titles = await titles_of(here)
    scene = await scene_at(request, person, item)
    return render(
        request, "sitting/run.html", STATUS[said.state] if said else 200, title=f"In the room: {place.name}",
        place=place, item=item, at=at, at_by=under_way, titles=titles, named=named_on(place), sums=sums,
        lines=spoken(place, item, titles, await here.reads.jottings(place.name)),
        outcomes=outcomes(item.part, titles), entries=offered(person, item, scene),
        there=attendance(person, place, scene), quorum=_quorum(place), next=_next(place, at),
        failed=said, typed=typed, errors=said.errors if said else {}, blank=Typed(), key=fresh_key,
        kept_key=typed.one("key"), back=(place.path, "The meeting" if place.meeting else "The session"),
    )  # fmt: skip


def _quorum(place: Place) -> int | None:
    return minutes(place.first.page.cycle, place.first.session).quorum


def _next(place: Place, at: Item) -> Item | None:
    return place.item(at.number + 1)
