"""From a form about a meeting to a command for every cycle on it, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request

from engine.meetings import Became as Outcome
from engine.meetings import Make, Part, first_refused, hand_out, look_ahead
from rules.clocks import civil
from schemas.commands import AnyCommand
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.shape import Words
from web.acting.completing import complete
from web.acting.convening import with_rules
from web.acting.doing import COMMAND, GENERAL, Again
from web.acting.refusals import of_shape, treatment
from web.door.identity import actor
from web.door.rooms import rooms
from web.forms.fields import read
from web.forms.form import Form, Scene
from web.forms.items import Gathered, gather, items_of, link_error
from web.forms.making import FORM as MAKING
from web.forms.posted import Posted
from web.showing.effects import Effect, effects
from web.showing.effects_ahead import ahead

__all__ = ["Again", "Became", "Look", "carry_out", "make_meeting"]


@dataclass(frozen=True)
class Became:
    """What became of an act in each cycle on the meeting."""

    meeting: str
    parts: tuple[Outcome, ...]
    gathered: Gathered = field(default_factory=Gathered)


@dataclass(frozen=True)
class Look:
    """What would move, in each cycle, to be looked at before it does."""

    effects: list[Effect]


async def carry_out(
    request: Request, form: Form, scene: Scene, back: Posted, *, meeting: str, parts: Sequence[Part]
) -> Became | Look | Again:
    """Hand what a form says to every cycle on a meeting, once for its key."""
    fields = form.fields(scene)
    reading = read(fields, back.typed)
    takes_items = any(one.kind == "items" for one in fields)
    gathered = await gather(request, back) if takes_items else Gathered()
    wrong = {"items": gathered.error, "link": link_error(back)}
    errors = {**reading.errors, **{name: said for name, said in wrong.items() if said}}
    if errors:
        return Again(errors, gathered)
    words = Words()
    built = form.build({**reading.values, "items": items_of(gathered, back, words)}, words)
    make = _maker(request, scene, form.kind, built)
    desk = rooms(request).desk
    try:
        found = await look_ahead(desk, parts, back.key, make)
        if stop := first_refused(found, form.kind):
            return replace(_refused(form, stop[0], stop[1]), gathered=gathered)
        if form.look_first and not back.typed.one("seen"):
            return Look(await _effects(request, found))
        return Became(meeting, tuple(await hand_out(desk, parts, back.key, make, words)), gathered)
    except ValidationError as invalid:
        return Again({form.aliases.get(one.field or GENERAL, one.field or GENERAL): one.message
                      for one in of_shape(invalid)}, gathered)  # fmt: skip


async def make_meeting(request: Request, scene: Scene, back: Posted) -> Became | Again:
    """Fix a meeting: one reference for its key, and a session in each of the chosen cycles."""
    reading = read(MAKING.fields(scene), back.typed)
    if reading.errors:
        return Again(reading.errors)
    here, words = rooms(request), Words()
    built = MAKING.build(reading.values, words)
    reference = await here.desk.meeting_reference(back.key, civil(scene.now).year)
    draft = await with_rules(here, {**built["session"], "meeting": reference})
    pages = [await here.reads.cycle(one) for one in built["cycles"]]
    chosen = [page.cycle for page in pages if page]
    parts = [Part(one.reference, len(one.sessions) + 1) for one in chosen]
    make = _maker(request, scene, "FixSession", {"session": draft})
    try:
        fresh = [one for one in parts if not _has(chosen, one, reference)]
        found = await look_ahead(here.desk, fresh, back.key, make)
        if stop := first_refused(found, "FixSession"):
            return _refused(MAKING, stop[0], stop[1])
        return Became(reference, tuple(await hand_out(here.desk, fresh, back.key, make, words)))
    except ValidationError as invalid:
        return Again({one.field or GENERAL: one.message for one in of_shape(invalid)})


def _has(chosen: list[Cycle], part: Part, meeting: str) -> bool:
    """Whether a cycle is on the meeting already, as when a half-way stop is finished."""
    return any(
        one.reference == part.cycle and any(session.meeting == meeting for session in one.sessions)
        for one in chosen
    )


def _maker(request: Request, scene: Scene, kind: str, built: dict[str, Any]) -> Make:
    async def make(part: Part, key: str) -> AnyCommand:
        session = {} if kind == "FixSession" else {"session": part.session}
        facts = {
            "kind": kind,
            "cycle": part.cycle,
            "key": key,
            "actor": actor(request, scene.person),
            **built,
            **session,
        }
        return COMMAND.validate_python(await complete(rooms(request), facts, Words()))

    return make


async def _effects(request: Request, found: Sequence[tuple[Part, Any]]) -> list[Effect]:
    here = rooms(request)
    told: list[Effect] = []
    for part, decision in found:
        page = await here.reads.cycle(part.cycle)
        if page is None or isinstance(decision, Refused):
            continue
        events = decision.events
        said = [*effects(page, events, here.now()), *ahead(page, events, here.now())]
        told += [Effect(f"{part.cycle}: {one.what}", one.before, one.after) for one in said]
    return told


def _refused(form: Form, part: Part, refused: Refused) -> Again:
    named = refused.field or GENERAL
    how = treatment(refused)
    return Again(
        {form.aliases.get(named, named): f"{part.cycle}: {refused.message}"},
        status=how.status,
        stale=how.stale,
    )
