"""The calendar that follows somebody home: its secret address, shown and renewed; one meeting as a file."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from engine.inviting import meeting
from schemas.people import Person
from web.acting.scenes import cycle_page
from web.door.identity import require
from web.door.rooms import rooms
from web.forms.posted import FormBack
from web.papers.calendar import MEDIA_TYPE
from web.secretariat.addresses import secret_of

router = APIRouter(include_in_schema=False)
Anybody = Annotated[Person, Depends(require())]


async def calendar_number(request: Request, person: str) -> int:
    """How often somebody has renewed the address of their calendar."""
    kept = rooms(request).post.choices
    return await kept.calendar_number(person) if kept else 0


async def calendar_address(request: Request, person: str) -> str:
    """The address of somebody's calendar as it is now."""
    secret = secret_of(person, request.app.state.secret, await calendar_number(request, person))
    return f"{rooms(request).office.public_url}/calendar/{secret}.ics"


async def calendar_part(request: Request, person: Person) -> Mapping[str, Any]:
    """What the page You says of it."""
    address, number = await calendar_address(request, person.id), await calendar_number(request, person.id)
    return {
        "calendar_address": address,
        "calendar_subscribe": "webcal" + address.removeprefix("https").removeprefix("http"),
        "calendar_number": number,
    }


@router.post("/you/calendar/renew")
async def renew(request: Request, person: Anybody, back: FormBack) -> Response:
    """Give the calendar another address; the old one no longer works. Sent twice, it is renewed once."""
    here, shown = rooms(request), back.typed.one("number")
    if here.post.choices is None or not shown.isdecimal() or len(shown) > 6:  # noqa: PLR2004 - no real number
        raise HTTPException(404)
    if int(shown) == await calendar_number(request, person.id):
        await here.post.choices.renew_calendar(person.id, int(shown) + 1, here.now())
    request.session["said"] = "Your calendar has a new address. The old one no longer works."
    return RedirectResponse("/you#calendar", 303)


@router.get("/cycles/{reference}/sessions/{number}/calendar.ics")
async def one_meeting(request: Request, reference: str, number: int, _person: Anybody) -> Response:
    """One meeting as a file for a calendar; called off, it takes the entry away."""
    page = await cycle_page(request, reference)
    session = page.cycle.session(number)
    if session is None:
        raise HTTPException(404)
    said = meeting(page, session, "CANCEL" if session.cancelled_at else "PUBLISH")
    answer = Response(
        said, headers={"Content-Disposition": f'attachment; filename="{reference}-meeting.ics"'}
    )
    answer.headers["Content-Type"] = f"{MEDIA_TYPE}; charset=utf-8"
    return answer
