"""Kinds of cycle: the days, hours and reminders of each, and the form that makes the next edition."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reference.catalogue import standards as shipped
from reference.windows import OfOffice
from rules.acting.authority import MAY
from rules.counting.words import offset_words
from schemas.people import Person
from schemas.standards import BehindPage, Standards, StandardsEdition
from web.door.identity import require
from web.door.rooms import Rooms, rooms
from web.forms.fields import Field, Typed
from web.forms.posted import FormBack, fresh_key
from web.forms.standards import fields_of, rungs_of, standards_typed
from web.showing.ladder import rung_words
from web.showing.page import render

router = APIRouter(prefix="/settings/standards", include_in_schema=False)
Changer = Annotated[Person, Depends(require(*MAY["ChangeStandards"]))]
WHY = Field("reason", "Why?", "text", "A sentence. It stays on record with your name.", rows=2)
MEANWHILE = 409
MOVED_ON = "Somebody changed these meanwhile. Look at what stands there now, then send yours again."


@router.get("")
async def listed(request: Request, _person: Changer) -> Response:
    """Every kind, with its reminders and who changed it last."""
    here = rooms(request)
    of = OfOffice(standards=tuple(await here.reads.standards_history(here.body)))
    newest = [of.kinds(kind)[-1] for kind in shipped()]
    return render(
        request, "settings/standards.html", title="Kinds of cycle", newest=newest,
        offset_words=offset_words, people=await here.reads.people(),
        back=("/settings", "Settings"),
    )  # fmt: skip


@router.get("/{kind}")
async def one(request: Request, kind: str, _person: Changer) -> Response:
    """One kind: what is in force, the form that changes it, and every edition."""
    return await _form(request, await _editions(rooms(request), kind), Typed(), {})


@router.post("/{kind}")
async def change(request: Request, kind: str, person: Changer, back: FormBack) -> Response:
    """Keep the next edition, once; cycles that are opened from now on follow it."""
    here = rooms(request)
    editions = await _editions(here, kind)
    now = editions[-1].standards
    reason = back.typed.one("reason").strip()
    if back.typed.one("edition") != str(now.edition):
        if _is_mine(editions, person, back.typed):
            return RedirectResponse(f"/settings/standards/{kind}", 303)
        return await _form(request, editions, back.typed, {"edition": MOVED_ON}, MEANWHILE)
    read = standards_typed(now, back.typed)
    errors = {**read.errors, **({} if reason else {"reason": "Say why they are changed"})}
    if errors or read.after is None:
        return await _form(request, editions, back.typed, errors)
    if here.standards is None:
        raise HTTPException(404)
    if not await here.standards.keep_standards(here.body, read.after, person.id, reason):
        meanwhile = await _editions(here, kind)
        return await _form(request, meanwhile, back.typed, {"edition": MOVED_ON}, MEANWHILE)
    request.session["said"] = (
        f"Kept as edition {read.after.edition}. Cycles that are opened from now on follow it."
    )
    return RedirectResponse(f"/settings/standards/{kind}", 303)


def _is_mine(editions: tuple[StandardsEdition, ...], person: Person, typed: Typed) -> bool:
    """Whether the newest edition is what this form made: it was sent twice."""
    *earlier, last = editions
    if not earlier or typed.one("edition") != str(earlier[-1].standards.edition):
        return False
    made = standards_typed(earlier[-1].standards, typed).after
    return made == last.standards and last.changed_by == person.id


async def _form(
    request: Request,
    editions: tuple[StandardsEdition, ...],
    typed: Typed,
    errors: dict[str, str],
    status: int | None = None,
) -> Response:
    now = editions[-1].standards
    fields, rungs = fields_of(now), rungs_of(now, typed)
    edition = str(now.edition) if status == MEANWHILE else typed.one("edition", str(now.edition))
    return render(
        request, "settings/standard.html", status or (422 if errors else 200), errors=errors, title=now.title,
        kind=now, fields=fields, rungs=rungs, asked=[*fields, *(one for rung in rungs for one in rung), WHY],
        why=WHY, typed=typed, key=typed.one("key") or fresh_key(), edition=edition, rung_words=rung_words,
        editions=editions, behind=await _behind(request, now),
        people=await rooms(request).reads.people(),
        back=("/settings/standards", "Kinds of cycle"),
    )  # fmt: skip


async def _behind(request: Request, now: Standards) -> BehindPage | None:
    """Who follows an earlier edition; None where there is none."""
    return await rooms(request).reads.behind(now.id, now.edition) if now.edition > 1 else None


async def _editions(here: Rooms, kind: str) -> tuple[StandardsEdition, ...]:
    """Every edition of a kind, the shipped one first.

    Raises: HTTPException: there is no such kind (404).
    """
    if kind not in shipped():
        raise HTTPException(404)
    return OfOffice(standards=tuple(await here.reads.standards_history(here.body, kind))).kinds(kind)
