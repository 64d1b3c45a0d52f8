"""Acts of programs beside the commands of one cycle: on the programme, on a meeting, and files for evidence.

Each goes to the same desk as the form on the page; the actor is always the person who asks.
"""

import json
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import TypeAdapter, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from engine.meetings import Became, Part, coming, first_refused, hand_out, look_ahead
from rules.acting.authority import MAY
from rules.acting.scopes import scope_of
from rules.programme.authority import MAY_PROGRAMME
from schemas.commands import AnyCommand
from schemas.outcomes import NotKnownYet, Outcome, Receipt, Refused
from schemas.people import SIDE, Person, Role
from schemas.programme.commands import AnyProgrammeCommand
from schemas.programme.records import ProgrammeReceipt
from schemas.shape import Shape, Words
from web.acting.completing import complete
from web.acting.doing import COMMAND
from web.acting.refusals import of_shape, treatment
from web.api import json_of, said
from web.door.bearing import on_record, permits
from web.door.identity import FORCE_ROLES, OPCC_ROLES, actor, require
from web.door.rooms import rooms
from web.forms.fields import Typed
from web.forms.items import gather
from web.forms.posted import form_of, parts_of
from web.programme.board import board_of

router = APIRouter(prefix="/api/v1", tags=["acting"])
PROGRAMME: TypeAdapter[AnyProgrammeCommand] = TypeAdapter(AnyProgrammeCommand)
ON_MEETINGS = ("MoveSession", "CancelSession", "PublishAgenda", "PublishPapers", "RecordAttendance")
CONVENERS = frozenset[Role]().union(*(MAY[kind] for kind in ON_MEETINGS))
PLANNERS = frozenset[Role]().union(*MAY_PROGRAMME.values())
Convener = Annotated[Person, Depends(require(*CONVENERS, tokens=True))]
Planner = Annotated[
    Person, Depends(require(*(one for one in PLANNERS if SIDE[one] != "engine"), tokens=True))
]
Sender = Annotated[Person, Depends(require(*OPCC_ROLES, *FORCE_ROLES, tokens=True))]


class OnShelf(Shape):
    """A file that has arrived, as a command names it: an item of kind `file`, its name in words."""

    digest: str
    size: int
    media_type: str
    name: str


class MeetingPartBecame(Shape):
    """What became of an act in one cycle on a meeting."""

    cycle: str
    outcome: Outcome


@router.post("/programme/commands", response_model=ProgrammeReceipt)
async def programme(request: Request, person: Planner) -> JSONResponse:
    """Hand in an act on the programme, without its actor and its programme; words as `{"say": …}`."""
    permits(request, "programme")
    words = Words()
    facts = said(await json_of(request), words)
    desk = rooms(request).programme
    if not isinstance(facts, dict) or desk is None:
        return _answer(_unreadable())
    own = {
        "actor": actor(request, person).model_dump(mode="json"),
        "programme": (await board_of(request)).reference,
    }
    try:
        made = PROGRAMME.validate_json(json.dumps({**facts, **own}))
    except ValidationError as wrong:
        return _answer(of_shape(wrong)[0])
    await on_record(request, f"{made.kind}, key {made.key}")
    return _answer(await desk.send(made, words))


@router.post("/meetings/{reference}/commands", response_model=list[MeetingPartBecame])
async def meeting(request: Request, reference: str, person: Convener) -> JSONResponse:
    """Do one act in every cycle on a meeting: move it, call it off, its agenda, papers, attendance."""
    words = Words()
    facts = said(await json_of(request), words)
    kind = facts.get("kind") if isinstance(facts, dict) else None
    if not isinstance(facts, dict) or kind not in ON_MEETINGS or not isinstance(facts.get("key"), str):
        return _answer(_unreadable(f"Name one of these as `kind`, and a `key`: {', '.join(ON_MEETINGS)}."))
    permits(request, scope_of(str(kind)))
    parts = await _parts(request, reference)

    async def make(part: Part, key: str) -> AnyCommand:
        whole = {
            **facts,
            "cycle": part.cycle,
            "session": part.session,
            "key": key,
            "actor": actor(request, person),
        }
        made = await complete(rooms(request), whole, words)
        plain = {
            name: one.model_dump(mode="json") if isinstance(one, Shape) else one for name, one in made.items()
        }
        return COMMAND.validate_json(json.dumps(plain))

    desk, key = rooms(request).desk, str(facts["key"])
    try:
        stop = first_refused(await look_ahead(desk, parts, key, make), str(kind))
        if stop:
            return _answer(stop[1])
        await on_record(request, f"{kind} for {reference}, key {key}")
        became: list[Became] = list(await hand_out(desk, parts, key, make, words))
    except ValidationError as wrong:
        return _answer(of_shape(wrong)[0])
    return JSONResponse(
        [{"cycle": one.part.cycle, "outcome": one.outcome.model_dump(mode="json")} for one in became]
    )


@router.post("/files", response_model=list[OnShelf])
async def files(request: Request, _person: Sender) -> JSONResponse:
    """Upload files for evidence, as multipart form data; a return then names each by its digest."""
    permits(request, "act:evidence")
    form = await form_of(request)
    try:
        sent = parts_of(form)
        if not sent.files:
            return _answer(_unreadable("Send at least one file as multipart form data."))
        gathered = await gather(request, type(sent)(Typed(), sent.files))
    finally:
        await form.close()
    if gathered.error:
        return _answer(Refused(code="file_not_taken", message=gathered.error, source="process.wrong-input"))
    await on_record(request, f"uploaded {len(gathered.kept)} files")
    return JSONResponse([one.model_dump(mode="json") for one in gathered.kept])


async def _parts(request: Request, reference: str) -> tuple[Part, ...]:
    pages = await rooms(request).reads.meeting(reference.replace("\x00", ""))
    if not pages:
        raise HTTPException(404)
    return coming([page.cycle for page in pages], reference)


def _answer(outcome: Receipt | ProgrammeReceipt | Refused | NotKnownYet) -> JSONResponse:
    status = treatment(outcome).status if isinstance(outcome, Refused) else 200
    return JSONResponse(outcome.model_dump(mode="json"), 202 if isinstance(outcome, NotKnownYet) else status)


def _unreadable(
    message: str = "This is not a JSON object. Send one with the fields of a command.",
) -> Refused:
    return Refused(code="wrong_input", message=message, source="process.wrong-input")
