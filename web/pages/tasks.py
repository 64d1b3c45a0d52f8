"""A force lead's task: what is asked and by when, the answer, and a receipt for it."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from engine.files import HeldError
from rules.acting.authority import answers_for
from rules.acting.delegation import in_force
from rules.clocks import civil
from rules.linking import is_closed
from rules.parts import owed
from schemas.cycle import Request as Asked
from schemas.evidence import Item
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.rows import CyclePage
from web.acting.doing import Again, Look, act
from web.acting.scenes import cycle_page, scene_of
from web.door.identity import FORCE_ROLES, NotYours, actor, require, scope_of
from web.door.rooms import readable, rooms
from web.forms.catalogue import FORMS
from web.forms.fields import Field, Typed
from web.forms.form import Scene
from web.forms.items import gather, token
from web.forms.offered import for_request
from web.forms.posted import FormBack, Posted, fresh_key
from web.forms.tasks import is_partial, parts_of, with_every_part
from web.law.reasons import panel_of
from web.pages.acts import answer, kept_with_tokens
from web.pages.files import headers
from web.showing.dates import size
from web.showing.page import render
from web.showing.scans import scans_of

router = APIRouter(include_in_schema=False)
Doer = Annotated[Person, Depends(require(*FORCE_ROLES, task=True))]
"""A lead with an account, or one who came by a link that is for the task of the address."""
SUBMIT = FORMS["SubmitReturn"]
CHECKED = replace(SUBMIT, look_first=True)
OWN_WAYS = ("Delegate",)
"""What the page offers by a way of its own, so that it is not offered twice."""


@router.get("/tasks/{reference}/{number}")
async def task(request: Request, reference: str, number: int, person: Doer) -> Response:
    """One task: what is asked, by when, and the form for the answer."""
    asked, scene = await task_of(request, person, reference, number)
    return await _show(request, scene, asked, Again({}, status=200), Typed())


@router.post("/tasks/{reference}/{number}")
async def answered(request: Request, reference: str, number: int, person: Doer, back: FormBack) -> Response:
    """Take the answer: to be checked first, to be changed, or to be sent."""
    asked, scene = await task_of(request, person, reference, number)
    if is_partial(asked, back.typed.all("parts")):
        back = replace(back, typed=Typed({**back.typed.said, "partial": ["yes"]}))
    if back.typed.one("change"):
        return await _show(request, scene, asked, Again({}, await gather(request, back), 200), back.typed)
    form = CHECKED if back.typed.one("check") else SUBMIT
    done = await act(request, with_every_part(form, scene, asked), scene, back)
    if isinstance(done, Again):
        return await _show(request, scene, asked, done, back.typed)
    if isinstance(done, Look):
        return check(request, scene, asked, back, done)
    return answer(request, SUBMIT, scene, back, done)


@router.post("/tasks/{reference}/{number}/files")
async def upload(request: Request, reference: str, number: int, person: Doer, back: FormBack) -> Response:
    """Take files while the answer is still being written; what the form then carries in their place."""
    await task_of(request, person, reference, number)
    taken = await gather(request, back)
    files = [
        {"name": one.name, "size": size(one.size), "digest": one.digest, "token": token(request, one)}
        for one in taken.kept
    ]
    return JSONResponse({"files": files, "error": taken.error}, 422 if taken.error else 200)


@router.get("/tasks/{reference}/{number}/receipts/{version}")
async def receipt(request: Request, reference: str, number: int, version: int, person: Doer) -> Response:
    """The receipt of one version: files with their digests and sizes, and when it was received."""
    page = await cycle_page(request, reference)
    asked = _own(request, page, number, person)
    found = next((one for one in asked.returns if one.version == version), None)
    if found is None:
        raise HTTPException(404)
    return render(
        request, "tasks/receipt.html", title="Your receipt", asked=asked, version_of=found, cycle=page.cycle,
        say=page.say, people=await rooms(request).reads.people(), task=path_of(page, asked),
        mailed=rooms(request).links is not None, scans=await scans_of(request, found.items),
        back=back_of("" if scope_of(request) else "/tasks"),
    )  # fmt: skip


@router.get("/tasks/{reference}/{number}/files/{digest}")
async def file(request: Request, reference: str, number: int, digest: str, person: Doer) -> Response:
    """A file that was sent for this task, and of no other."""
    page = await cycle_page(request, reference)
    sent = sent_for(_own(request, page, number, person))
    found = next((one for one in sent if one.kind == "file" and one.digest == digest), None)
    if found is None:
        raise HTTPException(404)
    try:
        bytes_of = await readable(request).open(digest)
    except HeldError:
        raise
    except FileNotFoundError:
        raise HTTPException(404) from None
    named = headers(page.say(found.name) or digest)
    return StreamingResponse(bytes_of, media_type="application/octet-stream", headers=named)


async def task_of(request: Request, person: Person, reference: str, number: int) -> tuple[Asked, Scene]:
    """A task that is this person's to answer, and the scene of its forms.

    Raises: HTTPException, NotYours: there is none, or it is somebody else's.
    """
    scene = await scene_of(request, person, reference)
    assert scene.page is not None
    asked = _own(request, scene.page, number, person)
    return asked, Scene(person, scene.people, scene.now, {"request": str(number)}, scene.page)


def sent_for(asked: Asked) -> list[Item]:
    """Everything that was sent for a task, in any version."""
    return [item for one in asked.returns for item in one.items]


def path_of(page: CyclePage, asked: Asked) -> str:
    """The address of a task."""
    return f"/tasks/{page.cycle.reference}/{asked.number}"


def back_of(path: str) -> tuple[str, str] | None:
    """Where the way back leads; nowhere from the only page that somebody has."""
    return (path, "My tasks" if path == "/tasks" else "Your task") if path else None


def check(request: Request, scene: Scene, asked: Asked, back: Posted, look: Look) -> Response:
    """What is about to be sent, to be looked at once more."""
    assert scene.page is not None
    kept = kept_with_tokens(request, look.gathered.kept)
    pairs = [pair for pair in back.typed.pairs() if pair[0] not in ("kept", "check")]
    parts = [int(one) for one in back.typed.all("parts") if one.isdecimal()]
    return render(
        request, "tasks/check.html", title="Check before you send", asked=asked, cycle=scene.cycle,
        say=scene.say, people=scene.people, typed=back.typed, kept=kept, event=look.events[0], parts=parts,
        pairs=[*pairs, *(("kept", sealed) for _one, sealed in kept)], task=path_of(scene.page, asked),
        left=[one for one in owed(asked) if parts and one not in parts],
    )  # fmt: skip


def _own(request: Request, page: CyclePage, number: int, person: Person) -> Asked:
    asked = page.cycle.request(number)
    if asked is None:
        raise HTTPException(404)
    if refused := _refused(request, person, asked):
        raise NotYours(frozenset(FORCE_ROLES), refused.message)
    return asked


def _refused(request: Request, person: Person, asked: Asked) -> Refused | None:
    """Whether the task is somebody else's; who certifies it sees it too."""
    if asked.draft.certifier == person.id:
        return None
    return answers_for(actor(request, person), asked, civil(rooms(request).now()))


async def _show(request: Request, scene: Scene, asked: Asked, again: Again, typed: Typed) -> Response:
    assert scene.page is not None
    part = request.query_params.get("part", "")
    return render(
        request, "tasks/one.html", again.status, title=scene.say(asked.draft.title), asked=asked,
        cycle=scene.cycle, say=scene.say, people=scene.people, fields=_fields(scene, typed, part),
        typed=typed, errors=again.errors, stale=again.met or again.stale, key=typed.one("key") or fresh_key(),
        why=panel_of(scene.cycle, f"return/{asked.number}"), seen_key=fresh_key(),
        scans=await scans_of(request, sent_for(asked)),
        delegates=in_force(asked, civil(scene.now)), task=path_of(scene.page, asked),
        offers=[it for it in for_request(scene.person.role, scene.cycle, asked) if it.kind not in OWN_WAYS],
        kept=kept_with_tokens(request, again.gathered.kept), closed=is_closed(scene.cycle, asked),
        limit=rooms(request).upload_limit, parts=parts_of(scene, asked), part=part,
        back=back_of("" if scope_of(request) else "/tasks"),
    )  # fmt: skip


def _fields(scene: Scene, typed: Typed, part: str) -> tuple[Field, ...]:
    """What the page asks: what a hurried answer needs, or all that a return may say where that was used."""
    every = SUBMIT.fields(scene)
    if typed.one("answer") not in ("", "provided"):
        return every
    short = [replace(one, kind="hidden") if one.name == "answer" else one for one in every]
    several = any(one.name == "parts" for one in every)
    left_out = ("reason", "signed_off_by", *(("partial",) if several else ()))
    return tuple(
        replace(one, chosen=(part,)) if one.name == "parts" and part else one
        for one in short
        if one.name not in left_out
    )
