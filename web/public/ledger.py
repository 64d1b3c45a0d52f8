"""The proof of the ledger: what it is, how to check it; its checkpoints, keys and proofs as small files."""

import json
import re
from functools import cache
from pathlib import Path as File
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import handover
from rules.proving.signing import digest, said
from schemas.proving import Signed
from web.door.rooms import rooms
from web.public.caching import everybody, kept
from web.showing.pages import A_PAGE, Leaf, number_in, skip

GET = ["GET", "HEAD"]
NOT_FOUND = 404
VERIFIER = "verify_ledger.py"
REFERENCE = re.compile(r"HTA-\d{4}-\d{2,4}")
Number = Annotated[int, Path(ge=1, le=1_000_000)]
router = APIRouter(include_in_schema=False)


@router.api_route("/ledger", methods=GET)
async def page(request: Request) -> Response:
    """What proves the record, how to check it, and every checkpoint, the newest first."""
    reads, number = rooms(request).reads, number_in(request)
    leaf = Leaf("/ledger", number, await reads.checkpoint_count(), what="Checkpoints")
    signed = await reads.checkpoints(A_PAGE, skip(number))
    newest = next(iter(signed if number == 1 else await reads.checkpoints(1)), None)
    return everybody(
        request, "public/ledger.html", title=leaf.titled("Proof of the record"), leaf=leaf,
        rows=[(one.checkpoint, digest(one.checkpoint)) for one in signed],
        newest=newest and newest.checkpoint, digest=newest and digest(newest.checkpoint),
        keys=await reads.ledger_keys(), chained_on=await reads.chained_on(),
    )  # fmt: skip


@router.api_route("/ledger/checkpoints/{number}.json", methods=GET)
async def checkpoint(request: Request, number: Number) -> Response:
    """One checkpoint as it was signed."""
    found = await rooms(request).reads.checkpoint(number)
    if found is None:
        raise HTTPException(NOT_FOUND)
    return _file(request, as_signed(found) | {"digest": digest(found.checkpoint)})


@router.api_route("/ledger/keys.json", methods=GET)
async def keys(request: Request) -> Response:
    """The public halves of all keys that ever signed, by their names."""
    return _file(request, {one.id: one.public for one in await rooms(request).reads.ledger_keys()})


@router.api_route("/ledger/proofs/{reference}.json", methods=GET)
async def proof(request: Request, reference: str) -> Response:
    """What proves that the published findings of a cycle stand in the ledger."""
    known = reference.upper()
    found = await rooms(request).reads.ledger_proof(known) if REFERENCE.fullmatch(known) else None
    if found is None:
        raise HTTPException(NOT_FOUND)
    return _file(request, found)


@router.api_route("/ledger/verify_ledger.py", methods=GET)
async def program(request: Request) -> Response:
    """The program that checks it: sixty lines to be read before they are run."""
    said_there = verifier()
    headers = {"Content-Disposition": f'attachment; filename="{VERIFIER}"'}
    answer = Response(said_there, headers=headers, media_type="text/x-python")
    return kept(request, answer, said_there)


@cache
def verifier() -> bytes:
    """The program itself."""
    return (File(handover.__file__).parent / VERIFIER).read_bytes()


def as_signed(one: Signed) -> dict[str, Any]:
    """A checkpoint as its file has it, with its signatures."""
    return {"checkpoint": said(one.checkpoint), "signatures": one.signatures}


def _file(request: Request, found: dict[str, Any]) -> Response:
    body = json.dumps(found, indent=1, ensure_ascii=False).encode() + b"\n"
    return kept(request, Response(body, media_type="application/json"), body)
