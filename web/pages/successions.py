"""Who takes over for the whole office: announced once, looked at in open cycles, then released to them."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from engine.announcing import PARTS, Taken, Wanted, announce, take_back, taken_by
from engine.releasing import Released, release
from rules.acting.authority import MAY
from rules.acting.bodies import PARTS as CALLED
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.shape import Slug
from schemas.successions import Announced
from web.acting.doing import Again
from web.acting.refusals import treatment
from web.door.identity import OPCC_ROLES, actor, require
from web.door.rooms import rooms
from web.forms.fields import Typed, Values, read
from web.forms.form import Scene
from web.forms.posted import FormBack, fresh_key
from web.forms.succeeding import ANNOUNCE
from web.showing.page import render

router = APIRouter(prefix="/office/successions", include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES))]
Announcer = Annotated[Person, Depends(require(*MAY["Succeed"]))]
A_TIME = 100
"""Cycles that one press of the button tells; pressed again, it goes on where it stopped."""


@router.get("")
async def listed(request: Request, person: Reader) -> Response:
    """Everything that was announced, soonest first."""
    here = rooms(request)
    return render(
        request, "office/successions.html", title="Who takes over", parts=CALLED,
        announced=await here.reads.successions(here.body), people=await here.reads.people(),
        may=person.role in MAY["Succeed"], back=("/cycles", "Cycles"),
    )  # fmt: skip


@router.get("/new")
async def ask(request: Request, person: Announcer) -> Response:
    """The form that announces somebody."""
    return await _form(request, person, Again({}, status=200), Typed())


@router.post("/new")
async def keep(request: Request, person: Announcer, back: FormBack) -> Response:
    """Announce it, and go on to what it touches."""
    here = rooms(request)
    reading = read(ANNOUNCE.fields(await _scene(request, person)), back.typed)
    if reading.errors or here.succeeding is None:
        return await _form(request, person, Again(reading.errors), back.typed)
    wanted = _wanted(reading.values)
    made = await announce(wanted, actor(request, person), here.reads, here.succeeding, here.now())
    if isinstance(made, Refused):
        how = treatment(made)
        said = Again({made.field or "form": made.message}, status=how.status, stale=how.stale)
        return await _form(request, person, said, back.typed)
    request.session["said"] = "Announced. Nothing has changed yet: look at the cycles, then release it"
    return RedirectResponse(f"/office/successions/{made.what}/{made.to}", 303)


@router.get("/{what}/{to}")
async def preview(request: Request, what: str, to: Slug, person: Reader) -> Response:
    """Every open cycle that it touches, before and after."""
    here = rooms(request)
    found = await taken_by(await _one(request, what, to), here.reads, None, here.now())
    return _page(request, person, found, None)


@router.post("/{what}/{to}")
async def send(request: Request, what: str, to: Slug, person: Announcer, back: FormBack) -> Response:
    """Tell the next open cycles, each once; what was told stays, however often this is pressed."""
    del back
    here, one = rooms(request), await _one(request, what, to)
    found = await taken_by(one, here.reads, actor(request, person), here.now())
    some = found.commands[:A_TIME]
    done = await release(some, lambda _reference: True, here.desk, words=found.words)
    after = await taken_by(one, here.reads, None, here.now())
    return _page(request, person, after, done)


@router.post("/{what}/{to}/withdraw")
async def withdraw(request: Request, what: str, to: Slug, person: Announcer, back: FormBack) -> Response:
    """Take the announcement back, where no cycle was told of it."""
    here, one = rooms(request), await _one(request, what, to)
    assert here.succeeding is not None
    by = actor(request, person)
    refused = await take_back(one, back.typed.one("reason"), by, here.reads, here.succeeding)
    if refused:
        found = await taken_by(one, here.reads, None, here.now())
        return _page(request, person, found, None, refused)
    request.session["said"] = "Taken back. It stays on record that it was announced"
    return RedirectResponse("/office/successions", 303)


def _page(
    request: Request, person: Person, found: Taken, done: Released | None, refused: Refused | None = None
) -> Response:
    left = sum(not row.stands for row in found.rows)
    status = 409 if refused or (done and done.refused) else 202 if done and done.not_known_yet else 200
    return render(
        request, "office/succession.html", status, title=f"{found.one.to_name} takes over", one=found.one,
        part=CALLED[found.one.what], rows=found.rows, left=left, done=done, a_time=A_TIME, refused=refused,
        may=person.role in MAY["Succeed"], back=("/office/successions", "Who takes over"),
    )  # fmt: skip


async def _one(request: Request, what: str, to: str) -> Announced:
    here = rooms(request)
    made = await here.reads.successions(here.body)
    found = next((one for one in made if (one.what, one.to) == (PARTS.get(what), to)), None)
    if found is None:
        raise HTTPException(404)
    return found


async def _scene(request: Request, person: Person) -> Scene:
    here = rooms(request)
    return Scene(person=person, people=await here.reads.people(), now=here.now())


async def _form(request: Request, person: Person, again: Again, typed: Typed) -> Response:
    fields = ANNOUNCE.fields(await _scene(request, person))
    return render(
        request, "acts/form.html", again.status, title=ANNOUNCE.title, form=ANNOUNCE, fields=fields,
        typed=typed, caption="For the whole office", cycle={"reference": "", "title": None},
        say=lambda _ref: "", errors=again.errors, stale=again.stale, key=typed.one("key") or fresh_key(),
        kept=(), about=None, findings=None, takes_files=False, nothing=False,
        back=("/office/successions", "Who takes over"),
    )  # fmt: skip


def _wanted(values: Values) -> Wanted:
    return Wanted(
        what=values["what"],
        to=values["to"],
        from_on=values["from_on"],
        reason=values["reason"],
        was=values["was"],
        to_name=values["to_name"],
        recorded_late=values["recorded_late"],
    )
