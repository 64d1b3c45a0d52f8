"""Where events from outside come in over HTTP: signed CloudEvents, kept once, with what became of them.

No cookie counts here and nobody is signed in: who sends is known by the signature alone. What an event
says is never logged.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from engine.reading_events import BATCH, MOST_BYTES, read_http, too_large
from engine.senders import Sender
from reference.places import FileError
from schemas.outcomes import Refused
from schemas.outside import Became
from web.door.faults import is_store_down
from web.door.guards import COUNTS_ITSELF
from web.door.rooms import rooms

router = APIRouter(prefix="/api/v1", tags=["answerable"])
log = logging.getLogger("answerable.web")
MOST_OF_BATCH = 1_000_000
"""Bytes."""
PROBLEM = "application/problem+json"
DOWN = "This cannot be taken just now. Send the same event again in a minute: it is taken once."
STATUS: Mapping[str, int] = {
    "not_json": 400,
    "no_senders": 401,
    "not_signed": 401,
    "attributes_not_signed": 401,
    "bad_signature": 401,
    "too_old": 401,
    "not_your_source": 403,
    "not_your_type": 403,
    "event_reused": 409,
    "too_large": 413,
    "wrong_media_type": 415,
    "not_an_event": 422,
    "store_down": 503,
}
assert {"/api/v1/outside"} == COUNTS_ITSELF, "the guard and the route have to mean the same address"


@router.post("/outside", status_code=HTTPStatus.ACCEPTED)
async def outside(request: Request) -> JSONResponse:
    """Take in one CloudEvent or a batch, signed as Standard Webhooks says; what became of each.

    202 is what has been kept now, 200 what was here before. The same event may be sent any number of times.
    """
    try:
        return await _answer(request)
    except FileError as wrong:
        log.error("Events from outside cannot be taken: %s", wrong)  # noqa: TRY400 - the sentence says it all
        return _problem(_down())
    except Exception as fault:
        if not is_store_down(fault):
            raise
        log.warning("The store cannot be reached: %s", type(fault).__name__)
        return _problem(_down())


async def _answer(request: Request) -> JSONResponse:
    here = rooms(request)
    if here.intake is None or here.senders is None:
        return _problem(_down())
    headers = dict(request.headers)
    body = await _body(request, headers)
    if body is None:
        return _problem(too_large())
    sender = here.senders.signed_by(headers, body)
    if isinstance(sender, Refused):
        return _problem(sender)
    events = read_http(headers, body)
    if isinstance(events, Refused):
        return _problem(events)
    if refused := _not_theirs(sender, events):
        return _problem(refused)
    answers = [await here.intake.take(one, "http") for one in events]
    if headers.get("content-type", "").startswith(BATCH):
        every = [{"status": _status(one), **_facts(one)} for one in answers]
        return JSONResponse({"events": every}, max(_status(one) for one in answers))
    (answer,) = answers
    return _problem(answer) if isinstance(answer, Refused) else JSONResponse(_facts(answer), _status(answer))


async def _body(request: Request, headers: Mapping[str, str]) -> bytes | None:
    """What was sent; None where it is more than is taken, and then no more of it is read."""
    most = MOST_OF_BATCH if headers.get("content-type", "").startswith(BATCH) else MOST_BYTES
    said = headers.get("content-length", "0")
    if said.isdecimal() and int(said) > most:
        return None
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            return None
        parts.append(part)
    return b"".join(parts)


def _not_theirs(sender: Sender, events: tuple[Any, ...]) -> Refused | None:
    return next((refused for one in events if (refused := sender.may_send(one))), None)


def _status(answer: Became | Refused) -> int:
    if isinstance(answer, Refused):
        return STATUS.get(answer.code, 422)
    return 200 if answer.again and answer.state == "taken" else 202


def _facts(answer: Became | Refused) -> dict[str, Any]:
    return answer.model_dump(mode="json")


def _problem(refused: Refused) -> JSONResponse:
    """A refusal as RFC 9457 has it."""
    status = _status(refused)
    facts = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": refused.message,
        "code": refused.code,
    }
    return JSONResponse(facts, status, media_type=PROBLEM)


def _down() -> Refused:
    return Refused(code="store_down", message=DOWN, source="process.wrong-input")
