"""Reading what the engine keeps, in Temporal's own pages: by few, for a reason on record, for a while."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from google.protobuf.json_format import MessageToDict, ParseDict, ParseError
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from temporalio.api.common.v1 import Payloads

from rules.acting.decoding import A_MINUTE, MAY_DECODE, decode_for
from schemas.decoding import Decoding
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.signed_in import Access
from sealing.keys import UnreadableError
from web.door.identity import require
from web.door.rooms import rooms
from web.door.temporal_pages import DECODE
from web.forms.fields import Field, Typed
from web.forms.posted import FormBack
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*MAY_DECODE))]
ADDRESS = "/office/decoding"
KEPT = "decoding"
"""Under this name a session keeps until when it may, and why."""
WHY = Field(
    "reason", "Why do you need to read it?", "text",
    "A sentence. It stays on record with your name, and the chief executive sees it.",
)  # fmt: skip


@router.get(ADDRESS)
async def ask(request: Request, _person: Reader) -> Response:
    """Ask for the reason, or say until when it may be read."""
    return _page(request, Typed(), {})


@router.post(ADDRESS)
async def begin(request: Request, person: Reader, back: FormBack) -> Response:
    """Let this session read for half an hour, on record; or end that."""
    if back.typed.one("end"):
        request.session.pop(KEPT, None)
        request.session["said"] = "You read no longer what the engine keeps"
        return RedirectResponse(ADDRESS, 303)
    made = decode_for(person, back.typed.one("reason"), rooms(request).now())
    if isinstance(made, Refused):
        return _page(request, back.typed, {made.field or "reason": made.message})
    if _current(request) is None:
        await _note(request, made, "may read what the engine keeps for 30 minutes, in Temporal's pages")
        request.session[KEPT] = made.model_dump(mode="json")
    return RedirectResponse(ADDRESS, 303)


@router.post(DECODE)
async def decode(request: Request, person: Reader) -> JSONResponse:
    """Decrypt what Temporal's pages send; the contract of Temporal's codec servers."""
    may, here = _current(request), rooms(request)
    if may is None or may.person != person.id:
        return _no(403, f"Say first why you need to read it: {here.office.public_url}{ADDRESS}")
    asked = here.decoded.again(f"{person.id} {may.at}", here.now())
    if asked > A_MINUTE:
        return _no(429, "This asks too often. Wait a minute.", {"Retry-After": "60"})
    if request.headers.get("x-namespace", here.sealing.namespace) != here.sealing.namespace:
        return _no(422, f"The keys here are for the namespace {here.sealing.namespace}.")
    payloads = await _payloads(request)
    if payloads is None:
        return _no(400, 'Send JSON with "payloads", as Temporal\'s pages do.')
    if asked == 1:
        await _note(request, may, "read what the engine keeps, in Temporal's pages")
    codec = here.sealing.converter().payload_codec
    try:
        opened = await codec.decode(payloads.payloads) if codec else payloads.payloads
    except UnreadableError as why:
        return _no(422, str(why))
    found = [MessageToDict(one) for one in opened]
    return JSONResponse({"payloads": found}, headers={"Cache-Control": "no-store"})


async def _payloads(request: Request) -> Payloads | None:
    try:
        body = await request.json()
        if not isinstance(body, dict):
            return None
        return ParseDict(body, Payloads(), ignore_unknown_fields=True)
    except (ParseError, ValueError, TypeError, RecursionError):
        return None


def _current(request: Request) -> Decoding | None:
    """What this session said, while it lasts."""
    kept: Any = request.session.get(KEPT)
    found = Decoding.model_validate(kept) if kept else None
    return found if found and rooms(request).now() < found.until else None


async def _note(request: Request, one: Decoding, what: str) -> None:
    accounts = rooms(request).accounts
    assert accounts is not None, "whoever is signed in is known by an account"
    await accounts.note(Access(rooms(request).now(), one.person, one.role.value, what, None, one.reason))


def _no(status: int, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"message": message}, status, {"Cache-Control": "no-store", **(headers or {})})


def _page(request: Request, typed: Typed, errors: dict[str, str]) -> Response:
    here = rooms(request)
    return render(
        request, "office/decoding.html", 422 if errors else 200, title="Read what the engine keeps",
        current=_current(request), ui=here.temporal_ui, sealed=here.sealing.ring is not None, fields=[WHY],
        codec=f"{here.office.public_url}{DECODE.removesuffix('/decode')}", typed=typed, errors=errors,
        back=("/office/access", "Access"),
    )  # fmt: skip
