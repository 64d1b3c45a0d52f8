"""Where GOV.UK Notify says what became of a letter: by a bearer token, compared in constant time.

A receipt for a message that we do not know is answered as any other, so that nobody can try references out;
one that comes twice changes nothing.
"""

import hmac
import json
from http import HTTPStatus

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from clients.notify import receipt_of
from web.door.rooms import rooms

router = APIRouter(prefix="/api/v1", include_in_schema=False)
MOST = 20_000
"""Bytes of one receipt."""
NO_TOKEN = "Send the bearer token that is set in ANSWERABLE_NOTIFY_CALLBACK_FILE."  # noqa: S105 - a sentence
NOT_ONE = "Send one JSON object with the reference and the status of a message, as GOV.UK Notify does."
TAKEN = {"taken": True}


@router.post("/mail/receipts")
async def receipts(request: Request) -> JSONResponse:
    """Take one receipt in."""
    here = rooms(request)
    if here.post.posted is None or here.post.callback is None:
        return _refused(HTTPStatus.NOT_FOUND, "no_receipts", "No receipts are taken here: none are set up.")
    if not _may(request.headers.get("authorization", ""), here.post.callback):
        return _refused(HTTPStatus.UNAUTHORIZED, "not_signed", NO_TOKEN)
    body = await request.body()
    try:
        facts = json.loads(body) if len(body) <= MOST else None
    except (ValueError, RecursionError):
        facts = None
    if not isinstance(facts, dict):
        return _refused(HTTPStatus.UNPROCESSABLE_ENTITY, "not_a_receipt", NOT_ONE)
    receipt = receipt_of(facts, here.now())
    if receipt:
        await here.post.posted.received(receipt)
    return JSONResponse(TAKEN)


def _may(said: str, token: str) -> bool:
    scheme, _, given = said.partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())


def _refused(status: HTTPStatus, code: str, message: str) -> JSONResponse:
    return JSONResponse({"code": code, "message": message}, status)
