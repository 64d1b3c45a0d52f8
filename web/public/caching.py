"""Pages that are the same for everybody: they set no cookie, say how long they hold, and know when nothing changed."""

import hashlib
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.identity import signed_in
from web.page import render

SHORT = "public, max-age=60"
"""Long enough to carry a rush, short enough that a correction is seen within a minute."""
MADE = re.compile(rb"This page was made on [^<]*")


def everybody(request: Request, template: str, status: int = 200, **facts: Any) -> Response:
    """A page for everybody; for somebody who is signed in it is theirs alone and is not kept."""
    fresh = "csrf" not in request.session
    page = render(request, template, status, **facts)
    if signed_in(request):
        return page
    if fresh:
        request.session.pop("csrf", None)
    return kept(request, page, _of_all(request, bytes(page.body)))


def kept(request: Request, response: Response, same: bytes) -> Response:
    """The response with the mark of what it says; only "not modified" where the visitor has that already."""
    mark = f'W/"{hashlib.sha256(same).hexdigest()[:32]}"'
    headers = {"ETag": mark, "Cache-Control": SHORT}
    if response.status_code == 200 and mark in request.headers.get("if-none-match", ""):  # noqa: PLR2004 - HTTP's own number
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


def _of_all(request: Request, page: bytes) -> bytes:
    """The page without what differs each time that it is made."""
    return MADE.sub(b"", page).replace(str(request.state.nonce).encode(), b"")
