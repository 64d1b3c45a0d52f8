"""From a form that came back to a command, and from its outcome to what the page shows."""

from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request

from schemas.commands import AnyCommand
from schemas.events import AnyEvent
from schemas.outcomes import NotKnownYet, Outcome, Receipt, Refused
from schemas.shape import Words
from web.acting.completing import complete
from web.acting.refusals import of_shape, treatment
from web.door.identity import actor
from web.door.rooms import rooms
from web.forms import opening
from web.forms.fields import Reading, read
from web.forms.form import Form, Scene
from web.forms.items import Gathered, gather, items_of, link_error
from web.forms.posted import Posted
from web.showing.meanwhile import meanwhile

COMMAND: TypeAdapter[AnyCommand] = TypeAdapter(AnyCommand)
LOOKED_AT = 40
"""Lines of the record among which whoever was sooner is looked for."""
GENERAL = "form"
"""The place of an error that belongs to no field."""


@dataclass(frozen=True)
class Again:
    """The form has to be shown again, with these sentences."""

    errors: dict[str, str]
    gathered: Gathered = field(default_factory=Gathered)
    status: int = 422
    stale: bool = False
    met: str = ""
    """Who has moved the record on meanwhile, in a sentence."""


@dataclass(frozen=True)
class Look:
    """What would happen, to be looked at before it does, with the files that are on the shelf already."""

    events: tuple[AnyEvent, ...]
    gathered: Gathered = field(default_factory=Gathered)


@dataclass(frozen=True)
class Waiting:
    """No answer yet: the same form is to be sent again, with the files that are on the shelf already."""

    message: str
    gathered: Gathered


Done = Receipt | Waiting | Again | Look


async def act(request: Request, form: Form, scene: Scene, posted: Posted) -> Done:
    """Carry out what a form says, once for its key."""
    reading = _read(form, scene, posted)
    gathered = await _gathered(request, form, scene, posted)
    errors = {**reading.errors, **_item_errors(gathered, posted)}
    if errors:
        return Again(errors, gathered)
    words = Words()
    values = {**reading.values, "items": items_of(gathered, posted, words)}
    facts = {**_envelope(request, form, scene, posted), **form.build(values, words)}
    try:
        command = COMMAND.validate_python(await complete(rooms(request), facts, words))
    except ValidationError as wrong:
        found = of_shape(wrong)
        return Again({_place(form, one, posted): one.message for one in found}, gathered)
    outcome = await _hand_in(request, form, posted, command, words)
    if isinstance(outcome, Refused):
        again = _refused(form, outcome, posted, gathered)
        return replace(again, met=await _met(request, scene)) if again.stale else again
    if isinstance(outcome, Look):
        return Look(outcome.events, gathered)
    return Waiting(outcome.message, gathered) if isinstance(outcome, NotKnownYet) else outcome


async def _hand_in(
    request: Request, form: Form, posted: Posted, command: AnyCommand, words: Words
) -> Outcome | Look:
    desk = rooms(request).desk
    if form.look_first and not posted.typed.one("seen"):
        decision = await desk.preview(command)
        return decision if isinstance(decision, Refused) else Look(decision.events)
    return await desk.send(command, words)


async def _met(request: Request, scene: Scene) -> str:
    """Who was sooner, in which role, and how long ago."""
    if scene.page is None:
        return ""
    reads, set_back = rooms(request).reads, scene.page.cycle.set_back
    rows = await reads.timeline(scene.page.cycle.reference, most=LOOKED_AT)
    return meanwhile(rows, scene.people, scene.ask, scene.now - set_back)


def _read(form: Form, scene: Scene, posted: Posted) -> Reading:
    if form.kind == "OpenCycle":
        return opening.read_opening(scene, posted.typed)
    return read(form.fields(scene), posted.typed)


async def _gathered(request: Request, form: Form, scene: Scene, posted: Posted) -> Gathered:
    takes_items = form.kind != "OpenCycle" and any(one.kind == "items" for one in form.fields(scene))
    return await gather(request, posted) if takes_items else Gathered()


def _item_errors(gathered: Gathered, posted: Posted) -> dict[str, str]:
    found = {"items": gathered.error, "link": link_error(posted)}
    return {name: message for name, message in found.items() if message}


def _envelope(request: Request, form: Form, scene: Scene, posted: Posted) -> dict[str, Any]:
    return {
        "kind": form.kind,
        "cycle": scene.page.cycle.reference if scene.page else None,
        "key": posted.key,
        "actor": actor(request, scene.person),
    }


def _refused(form: Form, refused: Refused, posted: Posted, gathered: Gathered) -> Again:
    how = treatment(refused)
    return Again(
        {_place(form, refused, posted): refused.message}, gathered, status=how.status, stale=how.stale
    )


def _place(form: Form, refused: Refused, posted: Posted) -> str:
    """The form's field that a refusal speaks of."""
    named = refused.field or GENERAL
    if form.kind == "OpenCycle":
        return opening.field_of(named, posted.typed)
    return form.aliases.get(named, named)
