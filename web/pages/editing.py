"""The editor of findings: fixed parts with hints, a draft of one's own, and how everybody will see it."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.authority import MAY
from rules.publishing.publishable import blocks
from schemas.drafts import Draft
from schemas.people import Person
from web.acting.doing import Again, Waiting, act
from web.acting.scenes import scene_of
from web.door.identity import require
from web.door.rooms import rooms
from web.forms.catalogue import FORMS
from web.forms.fields import Typed
from web.forms.form import Scene
from web.forms.posted import FormBack, fresh_key
from web.pages.acts import answer
from web.showing import dates
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Drafter = Annotated[Person, Depends(require(*MAY["DraftFindings"]))]
FORM = FORMS["DraftFindings"]
PARTS = ("correction", "answer", "body")
BASE = "on"
"""Under this name a draft keeps the version that it was begun on."""
KEPT = 204


@router.get("/cycles/{reference}/act/DraftFindings")
async def edit(request: Request, reference: str, person: Drafter) -> Response:
    """The findings as I left them, or from the newest version, or from the notes of the sessions."""
    scene = await scene_of(request, person, reference)
    draft = await own_draft(request, person, reference)
    typed = Typed({name: draft.facts[name] for name in PARTS if name in draft.facts}) if draft else Typed()
    return await _show(request, scene, Again({}, status=200), typed)


@router.post("/cycles/{reference}/act/DraftFindings")
async def save(request: Request, reference: str, person: Drafter, back: FormBack) -> Response:
    """Save a version; or keep it for oneself, throw that away, or see it as everybody would."""
    scene = await scene_of(request, person, reference, back)
    if back.typed.one("discard"):
        await _discard(request, person, reference)
        return RedirectResponse(request.url.path, 303)
    if not any(back.typed.one(one) for one in ("change", "preview", "keep")):
        done = await act(request, FORM, scene, back)
        if isinstance(done, Again):
            await keep(request, person, scene, back.typed)
            return await _show(request, scene, done, back.typed)
        if not isinstance(done, Waiting):
            await _discard(request, person, reference)
        return answer(request, FORM, scene, back, done)
    await keep(request, person, scene, back.typed)
    if back.typed.one("keep"):
        request.session["said"] = "Kept for you. Nobody else reads it before you save a version"
        return RedirectResponse(f"/cycles/{reference}/findings", 303)
    return await _show(request, scene, Again({}, status=200), back.typed)


@router.post("/cycles/{reference}/findings/keep")
async def keep_quietly(request: Request, reference: str, person: Drafter, back: FormBack) -> Response:
    """Keep what stands in the editor while it is being written; scripts ask for it, nothing else needs it."""
    await keep(request, person, await scene_of(request, person, reference), back.typed)
    return Response(status_code=KEPT)


async def own_draft(request: Request, person: Person, reference: str) -> Draft | None:
    """What somebody has kept for themselves of a cycle's findings; None where they have not."""
    kept = rooms(request).drafts
    return await kept.draft(_name(person, reference)) if kept else None


async def keep(request: Request, person: Person, scene: Scene, typed: Typed) -> None:
    """Keep what somebody has typed, for themselves alone; the newest word stands."""
    kept, reference = rooms(request).drafts, scene.cycle.reference
    if kept is None:
        return
    now, name = rooms(request).now(), _name(person, reference)
    facts: dict[str, tuple[str, ...]] = {one: (typed.one(one),) for one in PARTS if one in typed.said}
    for _ in range(3):
        stands = await kept.draft(name)
        on = stands.facts.get(BASE) if stands else None
        facts[BASE] = on or (str(len(scene.cycle.findings)),)
        fresh = stands or Draft(
            id=name, kind="findings", about=reference, person=person.id, facts={}, version=0, begun_at=now,
            changed_by=person.id, changed_at=now,
        )  # fmt: skip
        changed = {"facts": facts, "changed_by": person.id, "changed_at": now}
        if await kept.keep_draft(fresh.model_copy(update=changed)):
            return


async def _discard(request: Request, person: Person, reference: str) -> None:
    if kept := rooms(request).drafts:
        await kept.discard(_name(person, reference))


def _name(person: Person, reference: str) -> str:
    return hashlib.sha256(f"findings {reference} {person.id}".encode()).hexdigest()


async def _show(request: Request, scene: Scene, again: Again, typed: Typed) -> Response:
    draft = await own_draft(request, scene.person, scene.cycle.reference)
    cycle, now = scene.cycle, scene.now
    return render(
        request, "findings/edit.html", again.status, title=FORM.title, form=FORM, fields=FORM.fields(scene),
        typed=typed, cycle=cycle, say=scene.say, people=scene.people, errors=again.errors,
        stale=again.met or again.stale, key=typed.one("key") or fresh_key(), draft=draft,
        kept_when=dates.ago(draft.changed_at, now) if draft else "", overtaken=_overtaken(scene, draft),
        preview=bool(typed.one("preview")), blocks=blocks(cycle, now - cycle.set_back),
        back=(f"/cycles/{cycle.reference}/findings", "The findings"),
    )  # fmt: skip


def _overtaken(scene: Scene, draft: Draft | None) -> str:
    """Who has saved a version since my draft was begun, and when; empty where nobody has."""
    begun_on = draft.first(BASE) if draft else ""
    newest = scene.cycle.findings[-1] if scene.cycle.findings else None
    if draft is None or newest is None or newest.version <= int(begun_on or 0):
        return ""
    by = scene.people.get(newest.author.person)
    who = by.title if by else newest.author.person
    when = dates.ago(newest.drafted_at, scene.now - scene.cycle.set_back)
    return f"{who} saved version {newest.version} {when}, after you had begun."
