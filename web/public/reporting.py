"""Where somebody who found a weakness reads whom to tell (RFC 9116)."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from rules.publishing.reporting import security_file
from web.door.rooms import rooms
from web.public.caching import kept

router = APIRouter(include_in_schema=False)


@router.api_route("/.well-known/security.txt", methods=["GET", "HEAD"])
async def whom_to_tell(request: Request) -> Response:
    """The office's contact for weaknesses; not there where the office has named none."""
    here = rooms(request)
    if here.office.security_contact is None:
        raise HTTPException(404)
    said = security_file(here.office.security_contact, here.office.public_url, here.languages, here.now())
    return kept(request, PlainTextResponse(said), said.encode())
