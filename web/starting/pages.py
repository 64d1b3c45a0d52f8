"""The addresses of starting a cycle: its steps, and the draft that is thrown away."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.authority import MAY
from schemas.drafts import Draft
from schemas.people import Person
from web.acting.completing import newest
from web.acting.scenes import scene_of
from web.door.identity import require
from web.door.rooms import rooms
from web.forms import opening
from web.forms.fields import Reading, Typed, read
from web.forms.form import Scene
from web.forms.posted import FormBack, Posted, fresh_key
from web.showing.page import render
from web.starting.keeping import Overtaken, Step, begin, drafts, keep, keep_step, the_draft
from web.starting.showing import Again, show_check, show_step
from web.starting.steps import (
    ORDER,
    STEPS,
    Facts,
    another_kind,
    begun_with,
    fields_of,
    of_step,
    start_of,
    with_days,
    with_step,
    without_row,
)

router = APIRouter(include_in_schema=False)
Opener = Annotated[Person, Depends(require(*MAY["OpenCycle"]))]
STAYS = ("more", "remove", "find", "show")
"""Buttons that keep what was typed and show the same step again."""


@router.get("/cycles/new")
async def ask(request: Request, person: Opener) -> Response:
    """Which kind of cycle, and the drafts that wait to be gone on with."""
    return await _kinds(request, await scene_of(request, person), Typed(), {})


@router.post("/cycles/new")
async def begun(request: Request, person: Opener, back: FormBack) -> Response:
    """Begin a draft of a kind; a second submission finds the first one's draft."""
    scene = await scene_of(request, person, posted=back)
    reading = read(fields_of("kind", scene, back.typed), back.typed)
    if reading.errors:
        return await _kinds(request, scene, back.typed, reading.errors)
    kind = reading.values["kind_of_cycle"]
    standards = (await newest(rooms(request)))[kind]
    start = rooms(request).starts.get(kind)
    facts: Facts = {"kind_of_cycle": (kind,), "rows": ("1",)}
    if start:
        facts = begun_with(start, scene, standards)
    draft = await begin(request, person, back.key or fresh_key(), facts)
    return RedirectResponse(f"/cycles/new/{draft.id}/question", 303)


@router.get("/cycles/new/{name}/discard")
async def sure(request: Request, name: str, _person: Opener) -> Response:
    """Ask once more before a draft is thrown away."""
    draft = await the_draft(request, name)
    return render(
        request, "starting/discard.html", title="Throw this draft away?", draft=draft,
        people=await rooms(request).reads.people(), back=(f"/cycles/new/{name}/check", STEPS["check"]),
    )  # fmt: skip


@router.post("/cycles/new/{name}/discard")
async def discard(request: Request, name: str, _person: Opener, _back: FormBack) -> Response:
    """Throw a draft away; thrown away already, nothing more happens."""
    await drafts(request).discard(name)
    request.session["said"] = "The draft is thrown away"
    return RedirectResponse("/cycles", 303)


@router.get("/cycles/new/{name}/{step}")
async def shown(request: Request, name: str, step: str, person: Opener) -> Response:
    """One step of a draft."""
    draft = await _open(request, name, step)
    if isinstance(draft, Response):
        return draft
    scene = await scene_of(request, person)
    if step == "check":
        return await show_check(request, scene, draft)
    return await show_step(request, scene, draft, step, Again())


@router.post("/cycles/new/{name}/{step}")
async def kept(request: Request, name: str, step: str, person: Opener, back: FormBack) -> Response:
    """Keep one step, whatever is wrong with it, and go on where nothing is."""
    draft = await _open(request, name, step)
    if isinstance(draft, Response):
        return draft
    if step == "check":
        return RedirectResponse(f"/cycles/new/{name}/check", 303)
    scene = await scene_of(request, person, posted=back)
    said = {one: tuple(values) for one, values in back.typed.said.items()}
    done = await keep_step(request, person, draft, Step(step, of_step(said, step), back.typed.one("base")))
    if isinstance(done, Overtaken):
        again = Again(with_step(done.stands.facts, step, said), {}, done, 409)
        return await show_step(request, scene, done.stands, step, again)
    follows = await _follows(request, scene, (draft, done), step, back)
    done = await keep(request, person, done, follows) or await the_draft(request, name)
    return await _onward(request, scene, done, step, back)


async def _onward(request: Request, scene: Scene, draft: Draft, step: str, back: Posted) -> Response:
    """The next step; the same one where something is wrong or a button of its own was pressed."""
    if back.typed.one("later"):
        request.session["said"] = "The draft is kept"
        return RedirectResponse("/cycles#drafts", 303)
    looked_for = back.typed.one("looked_for").strip() if back.typed.one("find") else ""
    if any(back.typed.one(one) for one in STAYS):
        return await show_step(request, scene, draft, step, Again(looked_for=looked_for))
    reading = _read(scene, draft, step)
    if reading.errors:
        return await show_step(request, scene, draft, step, Again(draft.facts, reading.errors, status=422))
    return RedirectResponse(f"/cycles/new/{draft.id}/{ORDER[ORDER.index(step) + 1]}", 303)


def _read(scene: Scene, draft: Draft, step: str) -> Reading:
    typed = Typed(draft.facts)
    fields = fields_of(step, scene, typed)
    if step == "requests":
        written = {f"r{number}_" for number in opening.filled(typed)}
        whole = {number: opening.row_fields(scene, number, blank=False) for number in opening.filled(typed)}
        if not written:
            return Reading({}, {"r1_title": "Enter what is asked for, of at least one lead"})
        fields = tuple(one for row in whole.values() for one in row if "_due" not in one.name)
    return read(fields, typed)


async def _follows(
    request: Request, scene: Scene, drafts: tuple[Draft, Draft], step: str, back: Posted
) -> Facts:
    """What follows at once from what was kept: all that another kind brings, a request more or less."""
    before, after = drafts
    kinds, facts = await newest(rooms(request)), dict(after.facts)
    if step == "kind":
        start = rooms(request).starts.get(after.first("kind_of_cycle"))
        if start is None or start.kind == before.first("kind_of_cycle"):
            return facts
        was = start_of(before.facts, rooms(request).starts)
        return another_kind(dict(before.facts), was, start, scene, kinds[start.kind])
    if step != "requests":
        return facts
    if back.typed.one("more"):
        facts["rows"] = (str(opening.rows(Typed({"rows": facts.get("rows", ()), "more": ("yes",)}))),)
    if (number := back.typed.one("remove")).isdecimal():
        facts = without_row(facts, int(number))
    kind = kinds.get(after.first("kind_of_cycle"))
    return with_days(facts, kind) if kind else facts


async def _open(request: Request, name: str, step: str) -> Draft | Response:
    """A draft that can still be changed; one that was sent leads to what became of it.

    Raises: HTTPException: there is no such step or no such draft.
    """
    if step not in STEPS:
        raise HTTPException(404)
    draft = await the_draft(request, name)
    return RedirectResponse(f"/cycles/new/{name}/sent", 303) if draft.sent_as else draft


async def _kinds(request: Request, scene: Scene, typed: Typed, errors: dict[str, str]) -> Response:
    return render(
        request, "starting/kind.html", 422 if errors else 200, title="Start a cycle", step="kind",
        fields=fields_of("kind", scene, typed), typed=typed, errors=errors, draft=None,
        starts=rooms(request).starts, key=typed.one("key") or fresh_key(),
        drafts=await drafts(request).begun("cycle"), people=scene.people,
        place=1, many=len(ORDER), overtaken=None, back=("/cycles", "Cycles"),
    )  # fmt: skip
