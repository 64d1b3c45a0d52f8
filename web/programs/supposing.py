"""What if, for programs: the same question as on the page, and the whole answer at once."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse

from rehearsal.taking import take_along
from rules.acting.supposing import MAY_SUPPOSE
from rules.supposing.asking import Said, supposition
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.shape import Shape
from schemas.supposing import WhatIf
from web.acting.refusals import treatment
from web.acting.scenes import cycle_page
from web.door.bearing import permits
from web.door.identity import require
from web.door.rooms import rooms

router = APIRouter(prefix="/api/v1", tags=["reading"])
Asker = Annotated[Person, Depends(require(*MAY_SUPPOSE, tokens=True))]
UNAVAILABLE = 503


class Supposed(Shape):
    """What is supposed; each may be left out."""

    force_late: str = ""
    """Working days after the due day of each return, or `silent`."""
    session_moves: str = ""
    """Days, such as 7 or -7."""
    holidays: tuple[str, ...] = ()
    """Days that are proclaimed bank holidays, such as 24 12 2026."""
    office_late: str = ""
    """Working days after the office's own standard."""


@router.post("/cycles/{reference}/what-if", response_model=WhatIf)
async def what_if(request: Request, reference: str, _person: Asker, supposed: Supposed) -> JSONResponse:
    """Ask what would miss what if the force were late, the session moved, a holiday came. Nothing changes."""
    permits(request, "read")
    await cycle_page(request, reference)
    here = rooms(request)
    said = supposition(
        Said(
            force_late=supposed.force_late[:100],
            session_moves=supposed.session_moves[:100],
            holidays=tuple(one[:30] for one in supposed.holidays[:40]),
            office_late=supposed.office_late[:100],
        )
    )
    if isinstance(said, tuple):
        return _refused(said[0], 422)
    taken = await take_along(here.reads, reference, said, here.forums.values(), here.now())
    if isinstance(taken, tuple):
        return _refused(taken[0], treatment(taken[0]).status)
    if refused := here.what_ifs.refused():
        return _refused(refused, UNAVAILABLE)
    found = await here.what_ifs.answer(taken)
    if isinstance(found, Refused):
        return _refused(found, treatment(found).status)
    return JSONResponse(found.model_dump(mode="json"))


def _refused(refused: Refused, status: int) -> JSONResponse:
    return JSONResponse(refused.model_dump(), status)
