"""Evidence files, for those who are signed in: always as a download that cannot run anything."""

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from engine.files import HeldError
from schemas.people import Person
from web.door.identity import FORCE_ROLES, OPCC_ROLES, require
from web.door.rooms import readable, rooms

router = APIRouter(include_in_schema=False)
DIGEST = re.compile(r"[0-9a-f]{64}")


@router.get("/files/{digest}")
async def file(
    request: Request,
    digest: str,
    _person: Annotated[Person, Depends(require(*OPCC_ROLES, *FORCE_ROLES))],
    name: str = "",
) -> Response:
    """One file by its digest. Raises: HeldError: no scanner found it clean, and nobody released it."""
    try:
        bytes_of = await readable(request).open(digest) if await _seen(request, digest) else None
    except HeldError:
        raise
    except FileNotFoundError:
        bytes_of = None
    if bytes_of is None:
        raise HTTPException(404)
    return StreamingResponse(bytes_of, media_type="application/octet-stream", headers=headers(name or digest))


async def _seen(request: Request, digest: str) -> bool:
    """Whether it is a file that whoever asks may see; a guess is told no more than a typing error."""
    return DIGEST.fullmatch(digest) is not None and await rooms(request).reads.file_seen(digest)


def headers(name: str) -> dict[str, str]:
    """What makes a browser save a file and never open it as a page of ours."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'",
        "Cache-Control": "private, no-store",
    }
