"""One decision record with everything in it, and what the public reads of it."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reference.catalogue import sources
from schemas.people import Person
from web.acting.scenes import cycle_page
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES))]


@router.get("/cycles/{reference}/decisions/{number}")
async def decision(request: Request, reference: str, number: int, _person: Reader) -> Response:
    """One decision: title, options, reasons, function, basis with our mark, conditions, by whom and when."""
    page = await cycle_page(request, reference)
    found = next((one for one in page.cycle.decisions if one.number == number), None)
    if found is None:
        raise HTTPException(404)
    return render(
        request, "cycles/decision.html", title=f"Decision {number}: {page.say(found.title)}", decision=found,
        basis=sources().get(found.basis), cycle=page.cycle, say=page.say,
        people=await rooms(request).reads.people(), published=page.cycle.published(),
        back=(f"/cycles/{reference}", f"Cycle {reference}"),
    )  # fmt: skip
