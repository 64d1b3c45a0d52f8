"""Papers of a meeting that are files: a cleaned copy for everybody, the file itself for office and force.

Nothing is given out that a scanner has not found clean, or of which a person should look at something first.
"""

from collections.abc import AsyncIterator
from urllib.parse import quote

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from engine.files import HeldError
from web.door.holding import MadeCopy
from web.door.identity import signed_in
from web.door.rooms import readable, rooms
from web.pages.files import headers
from web.public.caching import FOR_A_MINUTE, NOT_MODIFIED, has_already
from web.public.gathering import Meeting, Paper
from web.public.meetings import the_meeting
from web.public.typed import own

router = APIRouter(include_in_schema=False)
GET = ["GET", "HEAD"]
NOT_FOUND, FORBIDDEN, HELD = 404, 403, 409
HAVE_FILES = ("opcc", "force")
"""Whose pages give out the file itself, where they may see it."""
CLOSED = "The meeting is not held in public, so its papers are not given out here."
NOT_YET = "It is held until a scanner has found it clean, usually within a minute. Come back then."
NEVER = "It cannot be given out as it is."
BY_HAND = "Somebody has to look at it before it can be given out."


@router.api_route("/meetings/{reference}/papers/{digest}", methods=GET)
async def paper(request: Request, reference: str, digest: str) -> Response:
    """One paper."""
    here = rooms(request)
    meeting = await the_meeting(here, reference)
    found = next(
        (it for one in meeting.papers for it in one.papers if it.digest and it.digest == digest), None
    )
    if found is None:
        raise HTTPException(NOT_FOUND)
    person = signed_in(request)
    if person and person.side in HAVE_FILES:
        return RedirectResponse(f"/files/{digest}?name={quote(found.name, safe='')}", 303)
    if not meeting.in_public:
        return _refused(request, meeting, found, CLOSED, FORBIDDEN)
    if not await here.reads.file_seen(digest):
        raise HTTPException(NOT_FOUND)
    return await _given_out(request, meeting, found)


async def _given_out(request: Request, meeting: Meeting, found: Paper) -> Response:
    """A copy for everybody, or the page that says why there is none."""
    here, mark = rooms(request), f'"copy-{found.digest[:32]}"'
    try:
        pieces = await readable(request).open(found.digest)
    except HeldError as why:
        waits = why.why.code == "file_waiting"
        return _refused(request, meeting, found, NOT_YET if waits else NEVER, HELD)
    except FileNotFoundError:
        raise HTTPException(NOT_FOUND) from None
    told = {**headers(found.name), "Cache-Control": FOR_A_MINUTE, "ETag": mark}
    if has_already(request.headers.get("if-none-match", ""), mark):
        return Response(status_code=NOT_MODIFIED, headers={"Cache-Control": FOR_A_MINUTE, "ETag": mark})
    if here.copies is None:
        return _refused(request, meeting, found, NEVER, HELD)
    async with here.papers.one():
        made = await here.copies.copy(pieces, found.media_type)
    if not isinstance(made, MadeCopy):
        return _refused(request, meeting, found, BY_HAND, HELD)
    if made.warnings:
        made.file.close()
        return _refused(request, meeting, found, BY_HAND, HELD)
    told["Content-Length"] = str(made.size)
    return StreamingResponse(_body(made, request.method), media_type="application/octet-stream", headers=told)


async def _body(made: MadeCopy, method: str) -> AsyncIterator[bytes]:
    """The bytes of a copy; it is gone afterwards."""
    if method == "HEAD":
        made.file.close()
        return
    async for piece in made.pieces():
        yield piece


def _refused(request: Request, meeting: Meeting, found: Paper, why: str, status: int) -> Response:
    return own(
        request, "public/paper-held.html", status, title="This paper cannot be given out here",
        meeting=meeting, paper=found, why=why,
    )  # fmt: skip
