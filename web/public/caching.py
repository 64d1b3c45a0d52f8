"""Pages that are the same for everybody: no cookie, kept for a minute, sent again only where they changed."""

import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from web.door.guards import policy
from web.door.identity import signed_in
from web.papers.held import Held
from web.showing.page import render

FOR_A_MINUTE = "public, max-age=60, stale-while-revalidate=30"
"""What was corrected or withdrawn is away from every well-behaved cache a minute and a half later."""
ONLY_SCRIPT = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"
"""The design system's one line of script, named by what it says: a nonce would differ each time."""
NOT_MODIFIED = 304
MISTAKES = 400


def everybody(request: Request, template: str, status: int = 200, **facts: Any) -> Response:
    """A page for everybody; for somebody who is signed in it is theirs alone and is not kept."""
    page = render(request, template, status, whole_day=signed_in(request) is None, **facts)
    if signed_in(request):
        return page
    nonce = str(request.state.nonce)
    body = bytes(page.body).replace(f' nonce="{nonce}"'.encode(), b"")
    headers = {
        "Content-Security-Policy": policy(nonce).replace(f"'nonce-{nonce}'", ONLY_SCRIPT),
        "Vary": "Cookie",
    }
    return kept(request, Response(body, status, headers, "text/html"), body)


def kept(request: Request, response: Response, same: bytes) -> Response:
    """The response, for everybody to keep for a minute and then to ask about."""
    return response if response.status_code >= MISTAKES else marked(request, response, same, FOR_A_MINUTE)


def marked(request: Request, response: Response, same: bytes, keep: str) -> Response:
    """The response with the mark of what it says; only "not modified" where the visitor has that already."""
    mark = f'"{hashlib.sha256(same).hexdigest()[:32]}"'
    response.headers.update({"ETag": mark, "Cache-Control": keep})
    if not has_already(request.headers.get("if-none-match", ""), mark):
        return response
    told = ("etag", "cache-control", "content-security-policy", "vary")
    headers = {name: response.headers[name] for name in told if name in response.headers}
    return Response(status_code=NOT_MODIFIED, headers=headers)


def as_file(request: Request, held: Held, media_type: str, name: str = "") -> Response:
    """A file that is held, for everybody to keep for a minute; only "not modified" where they have it."""
    headers = {"ETag": f'"{held.digest[:32]}"', "Cache-Control": FOR_A_MINUTE}
    if has_already(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=NOT_MODIFIED, headers=headers)
    headers["Content-Length"] = str(held.size)
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if request.method == "HEAD":
        return Response(headers=headers, media_type=media_type)
    return StreamingResponse(held.chunks(), headers=headers, media_type=media_type)


def has_already(asked: str, mark: str) -> bool:
    """Whether the marks that a visitor names (If-None-Match, RFC 9110) have this one among them."""
    return asked.strip() == "*" or mark in (one.strip().removeprefix("W/") for one in asked.split(","))
