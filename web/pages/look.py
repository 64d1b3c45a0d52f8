"""The office's own look, and whether the product is well."""

from fastapi import APIRouter, HTTPException
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


SIGNS = {".svg": "image/svg+xml", ".png": "image/png"}


@router.get("/office/logo")
async def logo(request: Request) -> Response:
    """The office's sign; whatever is in it runs nothing and asks for nothing."""
    file = rooms(request).office.logo
    if file is None or not file.is_file():
        raise HTTPException(404)
    headers = {
        "Cache-Control": "public, max-age=300",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; sandbox",
    }
    return Response(file.read_bytes(), media_type=SIGNS[file.suffix], headers=headers)


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
