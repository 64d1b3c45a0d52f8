"""The other ways out of a task, one click each: nothing is held, more time, not mine, and a question."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.authority import MAY
from schemas.commands import RequestExtension
from schemas.cycle import Request as Asked
from schemas.events import ExtensionRequested
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.shape import text_ref
from web.acting.doing import Again, Look, act
from web.door.identity import FORCE_ROLES, NotYours, actor, require
from web.door.rooms import rooms
from web.forms.catalogue import FORMS
from web.forms.fields import Typed
from web.forms.form import Form, Scene
from web.forms.posted import FormBack, fresh_key
from web.forms.tasks import WAYS, more_time, not_mine, nothing_held, with_every_part
from web.pages.acts import answer, certified, kept_with_tokens
from web.pages.tasks import check, path_of, task_of
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Doer = Annotated[Person, Depends(require(*FORCE_ROLES, task=True))]
OFFERED_DAYS = (5, 10, 15)
"""Working days after the present due day."""


@router.get("/tasks/{reference}/{number}/{way}")
async def ask(request: Request, reference: str, number: int, way: str, person: Doer) -> Response:
    """The form of one way."""
    asked, scene = await task_of(request, person, reference, number)
    form = await _form(request, scene, asked, way)
    return _show(request, form, scene, asked, again=Again({}, status=200), typed=Typed())


@router.post("/tasks/{reference}/{number}/{way}")
async def carry_out(
    request: Request, reference: str, number: int, way: str, *, person: Doer, back: FormBack
) -> Response:
    """Carry it out."""
    asked, scene = await task_of(request, person, reference, number)
    form = await _form(request, scene, asked, way)
    if back.typed.one("change"):
        return _show(request, form, scene, asked, again=Again({}, status=200), typed=back.typed)
    done = await act(request, as_sent(form, scene, asked), scene, back)
    if isinstance(done, Again):
        return _show(request, form, scene, asked, again=done, typed=back.typed)
    if isinstance(done, Look):
        return check(request, scene, asked, back, done)
    response = answer(request, form, scene, back, done)
    if form.kind == "Delegate" and isinstance(response, RedirectResponse):
        request.session["said"] = "Passed on. They were told, with a link of their own."
    return response


async def _form(request: Request, scene: Scene, asked: Asked, way: str) -> Form:
    """The form of a way.

    Raises: HTTPException, NotYours: there is no such way, or it is not for this role.
    """
    if way == "nothing-held":
        form = nothing_held(scene, asked, request.query_params.get("part", ""))
    elif way == "more-time":
        form = more_time(asked, await _choices(request, scene, asked))
    elif way == "not-mine":
        form = not_mine(scene, asked)
    elif way in WAYS:
        form = FORMS[WAYS[way]]
    else:
        raise HTTPException(404)
    if scene.person.role not in MAY[form.kind]:
        raise NotYours(MAY[form.kind])
    return form


def as_sent(form: Form, scene: Scene, asked: Asked) -> Form:
    """The form as it is read: what could be chosen when it was shown counts, also when it comes twice."""
    if form.kind == "RequestExtension" and asked.due:
        return more_time(asked, [(days, asked.due.on) for days in OFFERED_DAYS])
    return with_every_part(form, scene, asked) if form.kind == "SubmitReturn" else form


async def _choices(request: Request, scene: Scene, asked: Asked) -> list[tuple[int, date]]:
    """So many working days more and the day that each comes to, where the rules would take the wish."""
    found = []
    for days in OFFERED_DAYS:
        wish = RequestExtension(
            cycle=scene.cycle.reference, key=f"choice-{days:04d}", actor=actor(request, scene.person),
            request=asked.number, days=days, reason=text_ref(""),
        )  # fmt: skip
        decision = await rooms(request).desk.preview(wish)
        if isinstance(decision, Refused):
            break
        found += [(days, one.to) for one in decision.events if isinstance(one, ExtensionRequested)]
    return found


def _show(
    request: Request, form: Form, scene: Scene, asked: Asked, *, again: Again, typed: Typed
) -> Response:
    assert scene.page is not None
    fields = form.fields(scene)
    return render(
        request, "tasks/way.html", again.status, title=form.title, form=form, fields=fields, typed=typed,
        asked=asked, cycle=scene.cycle, say=scene.say, errors=again.errors, stale=again.stale,
        key=typed.one("key") or fresh_key(), kept=kept_with_tokens(request, again.gathered.kept),
        nothing=any(one.unanswerable for one in fields), task=path_of(scene.page, asked),
        certified=certified(form, fields, scene), people=scene.people,
        back=(path_of(scene.page, asked), "Your task"),
    )  # fmt: skip
