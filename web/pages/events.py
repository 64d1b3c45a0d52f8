"""The feed of everything that was recorded: for everybody what is public, for the office all of it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from rules.telling.envelope import House, envelope
from rules.telling.subscribing import check_cursor, check_kinds
from schemas.feed import Cursor, Source, Wanted
from schemas.outcomes import Refused
from schemas.people import Person
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms

MOST = 500
WRONG = 422
After = Annotated[str, Query(max_length=40)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Kinds = Annotated[list[str] | None, Query(max_length=100)]
Cycle = Annotated[str, Query(max_length=12)]
Anybody = Annotated[Person, Depends(require())]

router = APIRouter()


@router.head("/events", include_in_schema=False)
@router.get("/events", tags=["answerable"])
async def public(
    request: Request, *, after: After = "0", limit: Limit = 100, kind: Kinds = None, cycle: Cycle = ""
) -> Response:
    """What is public, as CloudEvents in order, after a cursor; `next` is the cursor to ask after then.

    What was recorded before a cycle's findings were published comes out with them.
    """
    wanted = {"scope": "public", "kinds": kind or (), "cycle": cycle or None}
    return await _answer(request, wanted, after, limit)


@router.get("/api/v1/events", tags=["answerable"])
async def office(
    request: Request,
    person: Anybody,
    *,
    after: After = "0",
    limit: Limit = 100,
    kind: Kinds = None,
    cycle: Cycle = "",
    of: Source = "cycles",
) -> Response:
    """Follow what is recorded, as CloudEvents: for the office all of it, for others what is public."""
    scope = "office" if person.role in OPCC_ROLES else "public"
    wanted = {"scope": scope, "kinds": kind or (), "cycle": cycle or None}
    return await _answer(request, wanted, after, limit, of)


async def _answer(
    request: Request, facts: dict[str, Any], after: str, limit: int, of: Source = "cycles"
) -> Response:
    here = rooms(request)
    feed = here.feeds.get(of)
    if feed is None:
        raise HTTPException(404)
    cursor, wanted = cursor_of(after), _wanted(facts)
    if isinstance(cursor, Refused) or isinstance(wanted, Refused):
        return _refused(cursor if isinstance(cursor, Refused) else wanted)
    refused = check_kinds(wanted.kinds, wanted.scope) or check_cursor(cursor, await feed.settled())
    if refused:
        return _refused(refused)
    passage = await feed.after(wanted, cursor, limit)
    house = House(here.office.public_url, here.event_types)
    events = [envelope(one.entry, wanted.scope, house).model_dump(mode="json") for one in passage.entries]
    keep = "no-cache" if wanted.scope == "public" else "private, no-store"
    said = {"events": events, "next": passage.through.text, "more": passage.more}
    return JSONResponse(said, headers={"Cache-Control": keep})


def cursor_of(text: str) -> Cursor | Refused:
    """The cursor that was written, or a refusal that says how one is written."""
    try:
        return Cursor.parse(text)
    except ValueError:
        message = "That is not a cursor. Write 0 to begin, then the `next` of the answer before."
        return Refused(code="wrong_input", message=message, source="process.wrong-input", field="after")


def _wanted(facts: dict[str, Any]) -> Wanted | Refused:
    try:
        return Wanted.model_validate(facts)
    except ValueError:
        message = "That is not a cycle. Write a reference such as HTA-2026-07."
        return Refused(code="wrong_input", message=message, source="process.wrong-input", field="cycle")


def _refused(refused: Any) -> JSONResponse:
    return JSONResponse(refused.model_dump(), WRONG)
