"""The office's own look, and whether the product is well."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from web.door.faults import is_store_down
from web.door.rooms import rooms

router = APIRouter(include_in_schema=False)


@router.get("/office.css")
async def office(request: Request) -> Response:
    """The office's colour, for the two design systems and for our own styles."""
    colour = rooms(request).office.colour
    style = f":root{{--office-colour:{colour};--govuk-brand-colour:{colour}}}\n"
    return Response(style, media_type="text/css", headers={"Cache-Control": "public, max-age=300"})


@router.get("/healthz")
async def health(request: Request) -> Response:
    """Whether the pages can be made: the store answers."""
    try:
        await rooms(request).reads.ready()
    except Exception as fault:
        if not is_store_down(fault):
            raise
        return JSONResponse({"ready": False, "missing": "store"}, 503)
    return JSONResponse({"ready": True})
