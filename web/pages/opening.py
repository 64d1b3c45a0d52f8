"""Starting a cycle on one page, for those who know all of it; what was typed is kept until it is right."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rules.acting.authority import MAY
from schemas.people import Person
from web.acting.doing import Again, act
from web.acting.scenes import scene_of
from web.door.identity import require
from web.forms import opening
from web.forms.fields import Typed
from web.forms.form import Scene
from web.forms.posted import FormBack, fresh_key
from web.pages.acts import answer
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Opener = Annotated[Person, Depends(require(*MAY["OpenCycle"]))]


@router.get("/cycles/new/at-once")
async def ask(request: Request, person: Opener) -> Response:
    """Show the form that opens a cycle."""
    return _show(request, await scene_of(request, person), Again({}, status=200), Typed())


@router.post("/cycles/new/at-once")
async def start(request: Request, person: Opener, back: FormBack) -> Response:
    """Open the cycle, or make room for one more request."""
    scene = await scene_of(request, person, posted=back)
    if back.typed.one("more"):
        return _show(request, scene, Again({}, status=200), back.typed)
    done = await act(request, opening.FORM, scene, back)
    if isinstance(done, Again):
        return _show(request, scene, done, back.typed)
    return answer(request, opening.FORM, scene, back, done)


def _show(request: Request, scene: Scene, again: Again, typed: Typed) -> Response:
    count = opening.rows(typed)
    rows = [opening.row_fields(scene, number) for number in range(1, count + 1)]
    head, session, ask_when = opening.head_fields(scene), opening.session_fields(), opening.ask_fields()
    return render(
        request, "cycles/new.html", again.status, title="Start a cycle on one page", typed=typed,
        errors=again.errors,
        head=head, session=session, ask_when=ask_when, rows=rows, count=count, may_more=count < opening.MOST,
        fields=[*head, *session, *ask_when, *(one for row in rows for one in row)],
        key=typed.one("key") or fresh_key(), back=("/cycles", "Cycles"),
    )  # fmt: skip
