"""Why a deadline of a cycle is that day: a page of its own, and the same as JSON."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from rules.explaining.explain import for_programs
from schemas.counting import Explanation
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.rows import CyclePage
from schemas.standards import StandardsEdition
from web.acting.refusals import treatment
from web.acting.scenes import cycle_page
from web.door.identity import FORCE_ROLES, OPCC_ROLES, PANEL_ROLES, require
from web.law.reasons import panel, reason_of
from web.law.windows import followed
from web.showing.page import render
from web.showing.words import WHATS

Watcher = Annotated[Person, Depends(require(*OPCC_ROLES, *FORCE_ROLES, *PANEL_ROLES))]

router = APIRouter()


@router.get("/deadlines/why/{reference}/{key:path}", include_in_schema=False)
async def page(request: Request, reference: str, key: str, person: Watcher) -> Response:
    """Why this date: the sum in words, as a picture and as a table."""
    found = await cycle_page(request, reference)
    said = _sum(found.cycle, key, await followed(request, found.cycle))
    refused = said if isinstance(said, Refused) else None
    shown = panel(said) if isinstance(said, Explanation) else None
    status = treatment(refused).status if refused else 200
    return render(
        request, "law/why.html", status, title="Why this date?", why=shown, refused=refused,
        about=_about(found, key), cycle=found.cycle, say=found.say, back=_back(person, found.cycle, key),
    )  # fmt: skip


@router.get("/api/v1/cycles/{reference}/why/{key:path}", tags=["law"], response_model=None)
async def why(request: Request, reference: str, key: str, _person: Watcher) -> JSONResponse:
    """Why a deadline such as `return/1`, `action/2026/001`, `session/1` or `findings` is that day."""
    cycle = (await cycle_page(request, reference)).cycle
    said = _sum(cycle, key, await followed(request, cycle))
    if isinstance(said, Refused):
        return JSONResponse(said.model_dump(), status_code=treatment(said).status)
    return JSONResponse({"cycle": reference, "key": key, **for_programs(said), "words": said.due.words})


def _sum(cycle: Cycle, key: str, made: StandardsEdition) -> Explanation | Refused:
    said = reason_of(cycle, key, made)
    if said is None:
        raise HTTPException(404)
    return said


def _about(page: CyclePage, key: str) -> str:
    """What is due, in words."""
    what, _, number = key.partition("/")
    if what == "return":
        asked = page.cycle.request(int(number))
        return f"Request {number}: {page.say(asked.draft.title)}" if asked else ""
    action = page.cycle.action(number) if what == "action" else None
    return f"Action {number}: {page.say(action.what)}" if action else WHATS[what.removeprefix("panel-")]


def _back(person: Person, cycle: Cycle, key: str) -> tuple[str, str]:
    if person.side == "force":
        return ("/tasks", "My tasks")
    if key.startswith("return/"):
        return (f"/cycles/{cycle.reference}/requests/{key.removeprefix('return/')}", "The request")
    return (f"/cycles/{cycle.reference}", f"Cycle {cycle.reference}")
