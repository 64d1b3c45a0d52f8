"""A campaign: one question to several leads, a row each, worked row by row."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from schemas.people import Person, Role
from web.acting.scenes import cycle_page
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.forms.offered import for_request
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES, Role.PANEL_SECRETARIAT))]


@router.get("/cycles/{reference}/campaigns/{number}")
async def campaign(request: Request, reference: str, number: int, person: Reader) -> Response:
    """Every request of one campaign: its lead, its state, its day, and what may be done with it."""
    page = await cycle_page(request, reference)
    some = [one for one in page.cycle.requests if one.campaign == number]
    if not some:
        raise HTTPException(404)
    rows = [(one, for_request(person.role, page.cycle, one)) for one in some]
    title = page.say(some[0].draft.title)
    return render(
        request, "cycles/campaign.html", title=f"Campaign: {title}", rows=rows, cycle=page.cycle,
        say=page.say, people=await rooms(request).reads.people(), asked=title,
        owed=sum(one.open for one in some), back=(f"/cycles/{reference}", f"Cycle {reference}"),
    )  # fmt: skip
