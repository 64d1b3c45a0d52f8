"""Pages that are the same for everybody: no cookie, asked about each time, sent again where they changed."""

import hashlib
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.door.guards import policy
from web.door.identity import signed_in
from web.showing.page import render

ASK_FIRST = "public, no-cache"
"""Whoever has the page asks whether it still holds: what was corrected or withdrawn is seen at once."""
ONLY_SCRIPT = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"
"""The design system's one line of script, named by what it says: a nonce would differ each time."""
MADE = re.compile(rb"This page was made on [^<]*")
NOT_MODIFIED = 304
MISTAKES = 400


def everybody(request: Request, template: str, status: int = 200, **facts: Any) -> Response:
    """A page for everybody; for somebody who is signed in it is theirs alone and is not kept."""
    page = render(request, template, status, **facts)
    if signed_in(request):
        return page
    nonce = str(request.state.nonce)
    body = bytes(page.body).replace(f' nonce="{nonce}"'.encode(), b"")
    headers = {"Content-Security-Policy": policy(nonce).replace(f"'nonce-{nonce}'", ONLY_SCRIPT)}
    answer = Response(body, status, headers, "text/html")
    return kept(request, answer, MADE.sub(b"", body))


def kept(request: Request, response: Response, same: bytes) -> Response:
    """The response, for everybody to keep and to ask about before they show it."""
    return response if response.status_code >= MISTAKES else marked(request, response, same, ASK_FIRST)


def marked(request: Request, response: Response, same: bytes, keep: str) -> Response:
    """The response with the mark of what it says; only "not modified" where the visitor has that already."""
    mark = f'W/"{hashlib.sha256(same).hexdigest()[:32]}"'
    response.headers.update({"ETag": mark, "Cache-Control": keep})
    if mark not in request.headers.get("if-none-match", ""):
        return response
    told = ("etag", "cache-control", "content-security-policy")
    headers = {name: response.headers[name] for name in told if name in response.headers}
    return Response(status_code=NOT_MODIFIED, headers=headers)
