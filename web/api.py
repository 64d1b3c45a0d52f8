"""The same desk and the same reads for programs, as JSON. The actor is always the person who is signed in.

What the office fills in may be left out of a command: calendar, body, standards (or name a kind of cycle),
the reference of a new cycle and the number of a new action.
"""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from engine.meetings import listed
from rules.acting.authority import MAY
from rules.acting.scopes import scope_of
from schemas.outcomes import NotKnownYet, Outcome, Refused
from schemas.people import Person, Role
from schemas.rows import CyclePage, CycleRow, MeetingRow, TimelineRow
from schemas.shape import Words
from web.acting.completing import complete
from web.acting.doing import COMMAND
from web.acting.refusals import of_shape, treatment
from web.acting.scenes import cycle_page
from web.door.bearing import on_record, permits
from web.door.identity import OPCC_ROLES, PANEL_ROLES, actor, require
from web.door.rooms import rooms
from web.law.reasons import DeadlineSaid, with_rule
from web.showing.pages import Number, skip

router = APIRouter(prefix="/api/v1", tags=["answerable"])
Reader = Annotated[Person, Depends(require(*OPCC_ROLES, *PANEL_ROLES))]
Actor = Annotated[Person, Depends(require(*frozenset[Role]().union(*MAY.values()), tokens=True))]
DEEPEST = 12
OWED = 500
"""Deadlines on one page."""


@router.post("/commands")
async def command(request: Request, person: Actor) -> JSONResponse:
    """Hand in a command without its actor; each text is its reference or `{"say": "the words"}`.

    Whoever answers for a lead as their deputy says so beside it: `"deputising_for": "the-lead"`.
    """
    words = Words()
    facts = said(await json_of(request), words)
    if not isinstance(facts, dict):
        return _answer(_unreadable())
    facts = {**facts, "actor": _actor(request, person, facts.pop("deputising_for", None))}
    try:
        made = COMMAND.validate_json(json.dumps(_plain(await complete(rooms(request), facts, words))))
    except ValidationError as wrong:
        return _answer(of_shape(wrong)[0])
    permits(request, scope_of(made.kind))
    await on_record(request, f"{made.kind}, key {made.key}", made.cycle)
    return _answer(await rooms(request).desk.send(made, words))


@router.get("/cycles")
async def cycles(
    request: Request, _person: Reader, stage: str | None = None, search: str | None = None, page: int = 1
) -> list[CycleRow]:
    """Cycles, newest change first, a hundred on a page."""
    skip = max(min(page, 10_000) - 1, 0) * 100
    return await rooms(request).reads.cycles(_clean(stage), _clean(search), 100, skip)


@router.get("/cycles/{reference}")
async def cycle(request: Request, reference: str, _person: Reader) -> CyclePage:
    """One cycle as it stands, with the words of its texts."""
    return await cycle_page(request, reference)


@router.get("/cycles/{reference}/timeline")
async def timeline(request: Request, reference: str, _person: Reader) -> list[TimelineRow]:
    """What happened in a cycle, newest first, with the words of its texts."""
    await cycle_page(request, reference)
    return await rooms(request).reads.timeline(reference)


@router.get("/meetings")
async def meetings(request: Request, _person: Reader) -> list[MeetingRow]:
    """The meetings that cycles share, soonest first, each with its sessions; texts by their references."""
    return listed(await rooms(request).reads.meetings())


@router.get("/meetings/{reference}")
async def meeting(request: Request, reference: str, _person: Reader) -> MeetingRow:
    """One meeting with the session of each cycle on it."""
    found = listed(await rooms(request).reads.meeting(_clean(reference) or ""), reference)
    if not found:
        raise HTTPException(404)
    return found[0]


@router.get("/deadlines")
async def deadlines(
    request: Request, _person: Reader, owner: str | None = None, cycle: str | None = None, page: Number = 1
) -> list[DeadlineSaid]:
    """What is still owed, soonest first, each with its rule and our mark; five hundred on a page."""
    rows = await rooms(request).reads.deadlines(_clean(owner), _clean(cycle), None, OWED, skip(page, OWED))
    return [with_rule(row) for row in rows]


def _actor(request: Request, person: Person, lead: object) -> dict[str, Any]:
    """Who acts, and for which lead where the command says `deputising_for`; the doorway checks that."""
    found = actor(request, person).model_dump(mode="json")
    return {**found, "deputising_for": lead} if lead is not None else found


def said(value: Any, words: Words, deep: int = 0) -> Any:
    """The same value with every `{"say": …}` replaced by the reference of its words."""
    if deep > DEEPEST:
        return None
    if isinstance(value, list):
        return [said(one, words, deep + 1) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"say"} and isinstance(value["say"], str):
        return words.ref(value["say"])
    return {name: said(one, words, deep + 1) for name, one in value.items()}


def _clean(sought: str | None) -> str | None:
    """What is looked for, without the one character that no text can hold."""
    return sought.replace("\x00", "") if sought else None


async def json_of(request: Request) -> Any:
    """What a program sent; None where it is not JSON.

    Raises: HTTPException: it does not say that it is.
    """
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise HTTPException(400)
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        return None


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with the shapes that the office filled in written out."""
    return {
        name: value.model_dump(mode="json") if hasattr(value, "model_dump") else value
        for name, value in facts.items()
    }


def _answer(outcome: Outcome) -> JSONResponse:
    status = 200
    if isinstance(outcome, Refused):
        status = treatment(outcome).status
    elif isinstance(outcome, NotKnownYet):
        status = 202
    return JSONResponse(outcome.model_dump(mode="json"), status)


def _unreadable() -> Refused:
    return Refused(
        code="wrong_input",
        message="This is not a JSON object. Send one with the fields of a command.",
        source="process.wrong-input",
    )
