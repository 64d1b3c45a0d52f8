"""The way from one language to another: what a page carries for it, and where the choice is kept."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.door.rooms import rooms
from web.language.catalogue import NAMES
from web.language.speaking import ASKED, BOUND, COOKIE, language_of

A_YEAR = 365 * 24 * 60 * 60
"""Seconds."""
router = APIRouter(include_in_schema=False)


def switch(request: Request) -> dict[str, Any]:
    """The page's language, and the others with their addresses; nothing to choose where there is but one."""
    here, code = rooms(request), language_of(request)
    kept = [one for one in request.query_params.multi_items() if one[0] != ASKED]
    path = request.url.path + (f"?{urlencode(kept)}" if kept else "")
    several = here.languages if len(here.languages) > 1 else ()
    return {
        "language": code,
        "htmlLang": code,
        "languages": [
            (one, NAMES.get(one, one), f"/language/{one}?{urlencode({'to': path})}")
            for one in several
            if one != code
        ],
        "alternates": [
            (one, here.office.public_url + request.url.path + "?" + urlencode([*kept, (ASKED, one)]))
            for one in several
        ],
    }


@router.get("/language/{code}")
async def choose(request: Request, code: str, to: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """Remember the language in a cookie, and go back to the page."""
    if code not in rooms(request).languages:
        raise HTTPException(404)
    back = to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
    answer = RedirectResponse(back, 303)
    https = rooms(request).office.public_url.startswith("https://") or request.url.scheme == "https"
    name = BOUND if https else COOKIE
    answer.set_cookie(name, code, max_age=A_YEAR, httponly=True, samesite="lax", secure=https)
    return answer
