"""More: every place that the menu has no room for, with what one finds there."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from web.door.identity import signed_in
from web.door.rooms import rooms
from web.showing.menu import groups
from web.showing.page import doors_of, render

router = APIRouter(include_in_schema=False)


@router.get("/more")
async def more(request: Request) -> Response:
    """The places of whoever asks, under headings."""
    found = groups(
        signed_in(request), request.url.path, doors_of(request), standalone=rooms(request).standalone
    )
    return render(request, "more.html", title="More", groups=found)
