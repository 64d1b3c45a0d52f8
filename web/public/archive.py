"""The archive: everything that is public in one file, and a page that says what is in it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from store.viewing import looking
from web.door.rooms import Rooms, rooms
from web.papers.archive import how_far
from web.papers.bundle import HowFar, Made, bundled
from web.papers.everything import everything
from web.public.caching import as_file, everybody
from web.showing.page import render

GET = ["GET", "HEAD"]
NOT_YET = 503
LOOK_AGAIN = "30"
"""Seconds after which a program asks again."""
TABLES = {
    "findings.csv": "The newest version of every set of findings, one line each",
    "versions.csv": "Every version that was ever published, with corrections and withdrawals",
    "actions.csv": "What was promised, and how each promise stands",
    "decisions.csv": "What was decided",
    "meetings.csv": "Meetings, with when their agendas were published",
    "plan.csv": "The police and crime plan, commitment by commitment",
}
TITLE = "Everything in one file"
router = APIRouter(include_in_schema=False)


@router.api_route("/archive", methods=GET)
async def page(request: Request) -> Response:
    """What is in the archive, of when it is, how big, and how to check it."""
    made = await _newest(request)
    if made is None:
        return _being_made(request)
    within = {one.name: one for one in made.inside}
    listed = [(within[name], says) for name, says in TABLES.items() if name in within]
    pages = sum(one.name.endswith(".html") and one.name.startswith("findings/") for one in made.inside)
    return everybody(request, "public/archive.html", title=TITLE, made=made, tables=listed, pages=pages)


@router.api_route("/archive.zip", methods=GET)
async def taken(request: Request) -> Response:
    """The newest file that was finished; whoever has it already is told so."""
    made = await _newest(request)
    if made is None:
        return _being_made(request, NOT_YET)
    return as_file(request, made, "application/zip", "archive.zip")


async def _newest(request: Request) -> Made | None:
    """The newest file as everybody may have it; whoever asks waits for nothing."""
    here = rooms(request)
    far = await how_far(here.reads)
    return here.archive.newest(far, lambda: _made_here(here, far))


async def _made_here(here: Rooms, far: HowFar) -> Made:
    """The file, made in this process: where nobody makes it apart."""
    begun_at = here.now()
    with looking():
        return await bundled(lambda: everything(here.reads, here.office), far, begun_at)


def _being_made(request: Request, status: int = 200) -> Response:
    """There is none to be had just now, and what to do; kept by nobody."""
    failed = rooms(request).archive.failed
    page = render(request, "public/archive-soon.html", status, title=TITLE, failed=failed, whole_day=True)
    page.headers.update({"Cache-Control": "no-store", "Retry-After": LOOK_AGAIN})
    return page
