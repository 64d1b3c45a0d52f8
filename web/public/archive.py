"""The archive: everything that is public in one file, and a page that says what is in it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from store.viewing import looking
from web.door.rooms import rooms
from web.papers.bundle import Made
from web.papers.everything import everything
from web.public.caching import as_file, everybody

GET = ["GET", "HEAD"]
TABLES = {
    "findings.csv": "The newest version of every set of findings, one line each",
    "versions.csv": "Every version that was ever published, with corrections and withdrawals",
    "actions.csv": "What was promised, and how each promise stands",
    "decisions.csv": "What was decided",
    "meetings.csv": "Meetings, with when their agendas were published",
    "plan.csv": "The police and crime plan, commitment by commitment",
}
router = APIRouter(include_in_schema=False)


@router.api_route("/archive", methods=GET)
async def page(request: Request) -> Response:
    """What is in the archive, how big it is, and how to check it."""
    made = await _made(request)
    within = {one.name: one for one in made.inside}
    listed = [(within[name], says) for name, says in TABLES.items() if name in within]
    pages = sum(one.name.endswith(".html") and one.name.startswith("findings/") for one in made.inside)
    return everybody(
        request, "public/archive.html", title="Everything in one file", made=made, tables=listed, pages=pages
    )


@router.api_route("/archive.zip", methods=GET)
async def taken(request: Request) -> Response:
    """The file itself, made ahead; whoever has it already is told so."""
    return as_file(request, await _made(request), "application/zip", "archive.zip")


async def _made(request: Request) -> Made:
    """The file as everybody may have it, whoever asks first."""
    here = rooms(request)
    with looking():
        mark, published = await here.reads.public_mark(), await here.reads.published_mark()
        published = f"{published}|{await here.reads.checkpoint_count()}"
        return await here.archive.get(mark, published, lambda: everything(here.reads, here.office))
