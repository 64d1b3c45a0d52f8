"""One page for every command: a form, what it would move, and what became of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.authority import MAY
from schemas.cycle import Action, ReturnVersion
from schemas.cycle import Request as Asked
from schemas.outcomes import Receipt
from schemas.people import Person
from web.acting.doing import Again, Look, Waiting, act
from web.acting.scenes import scene_of
from web.door.identity import NotYours, require
from web.forms.catalogue import FORMS
from web.forms.fields import Field, Typed
from web.forms.form import Form, Scene
from web.forms.items import Kept, token
from web.forms.posted import FormBack, Posted, fresh_key
from web.pages.findings import shown
from web.showing import history
from web.showing.effects import effects
from web.showing.effects_ahead import ahead
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Anybody = Annotated[Person, Depends(require())]
UNCHANGED = "Nothing had to change"
READ_BESIDE = (
    "InviteFactCheck", "SubmitFactCheck", "CheckRedactions", "ApproveFindings", "Publish",
    "SendBackFindings", "ScheduleRelease", "Correct",
)  # fmt: skip
"""Acts on findings that stand below their form, to be read before they are done."""


@router.get("/cycles/{reference}/act/{kind}")
async def ask(request: Request, reference: str, kind: str, person: Anybody) -> Response:
    """Show a command's form."""
    form = form_for(kind, person)
    if kind == "OpenCycle":
        return RedirectResponse("/cycles/new", 303)
    scene = await scene_of(request, person, reference)
    return show(request, form, scene, Again({}, status=200), Typed())


@router.post("/cycles/{reference}/act/{kind}")
async def carry_out(
    request: Request,
    reference: str,
    kind: str,
    person: Anybody,
    back: FormBack,
) -> Response:
    """Carry out what a form says."""
    form = form_for(kind, person)
    scene = await scene_of(request, person, reference, back)
    if back.typed.one("change") or back.typed.one("preview"):
        return show(request, form, scene, Again({}, status=200), back.typed)
    done = await act(request, form, scene, back)
    if isinstance(done, Again):
        return show(request, form, scene, done, back.typed)
    return answer(request, form, scene, back, done)


def form_for(kind: str, person: Person) -> Form:
    """The form of a command, for somebody whose role may give it.

    Raises: HTTPException, NotYours: there is no such command, or it is not theirs.
    """
    if kind not in FORMS:
        raise HTTPException(404)
    if person.role not in MAY[kind]:
        raise NotYours(MAY[kind])
    return FORMS[kind]


def answer(
    request: Request, form: Form, scene: Scene, back: Posted, done: Receipt | Waiting | Look
) -> Response:
    """What a form that was understood leads to: the next page, a look ahead, or "not known yet"."""
    if isinstance(done, Look):
        assert scene.page is not None
        found = [*effects(scene.page, done.events, scene.now), *ahead(scene.page, done.events, scene.now)]
        return render(
            request, "acts/look.html", title="Check what moves", form=form, cycle=scene.cycle,
            say=scene.say, typed=back.typed, effects=found,
        )  # fmt: skip
    if isinstance(done, Waiting):
        kept = [("kept", token(request, one)) for one in done.gathered.kept]
        pairs = [pair for pair in back.typed.pairs() if pair[0] != "kept"] + kept
        return render(
            request, "acts/waiting.html", 202, title="No answer yet", message=done.message, pairs=pairs
        )
    if form.kind != "SubmitReturn":
        request.session["said"] = _happened(history.title(one) for one in done.happened) or UNCHANGED
    return RedirectResponse(after(form, scene, back.typed, done), 303)


def _happened(titles: Iterable[str]) -> str:
    """What happened, each thing once with how often, such as `Evidence asked for (2)`."""
    return "; ".join(f"{title} ({times})" if times > 1 else title for title, times in Counter(titles).items())


def after(form: Form, scene: Scene, typed: Typed, receipt: Receipt) -> str:
    """The page that shows what was done."""
    if form.kind == "SubmitReturn" and receipt.number:
        return f"/tasks/{receipt.cycle}/{typed.one('request')}/receipts/{receipt.number}"
    if (action := typed.one("action")) and not (form.kind == "PassOn" and scene.person.side == "force"):
        return f"/cycles/{receipt.cycle}/actions/{action}"
    if scene.person.side != "force":
        return f"/cycles/{receipt.cycle}"
    number = typed.one("request")
    return f"/tasks/{receipt.cycle}/{number}" if number.isdecimal() else "/tasks"


def show(request: Request, form: Form, scene: Scene, again: Again, typed: Typed) -> Response:
    """The form, with what was typed and what is wrong with it."""
    fields = form.fields(scene)
    return render(
        request, "acts/form.html", again.status, title=form.title, form=form, fields=fields, typed=typed,
        cycle=scene.cycle, say=scene.say, errors=again.errors, stale=again.met or again.stale,
        key=typed.one("key") or fresh_key(), kept=kept_with_tokens(request, again.gathered.kept),
        takes_files=any(one.kind == "items" for one in fields), about=about(scene, fields),
        nothing=any(one.unanswerable for one in fields),
        findings=_findings(form, scene, fields), back=_back(scene),
        certified=certified(form, fields, scene), people=scene.people,
        preview=form.kind == "DraftFindings" and bool(typed.one("preview")),
    )  # fmt: skip


def kept_with_tokens(request: Request, kept: tuple[Kept, ...]) -> list[tuple[Kept, str]]:
    """Files that arrived, with what the form carries so that they need not be sent again."""
    return [(one, token(request, one)) for one in kept]


@dataclass(frozen=True)
class About:
    """What a form is about, where the address names it."""

    title: str
    lines: tuple[str, ...]
    proved: Action | None = None
    """The action, where there is proof to be read before somebody says whether it holds."""


def about(scene: Scene, fields: tuple[Field, ...]) -> About | None:
    """The request or the action that the form is about, in words."""
    named = {one.name: one.start for one in fields if one.kind == "hidden"}
    request = scene.cycle.request(int(named["request"])) if "request" in named else None
    action = scene.cycle.action(named.get("action", ""))
    if request:
        more = (
            f"More time is asked for, until {request.extension.to:%A %-d %B %Y}." if request.extension else ""
        )
        why = scene.say(request.extension.reason) if request.extension else ""
        lines = tuple(line for line in (more, why) if line)
        return About(f"Request {request.number}: {scene.say(request.draft.title)}", lines)
    if action is None:
        return None
    proved = action if action.proof and scene.person.side == "opcc" else None
    return About(f"Action {action.number}", (scene.say(action.what),), proved)


def _findings(form: Form, scene: Scene, fields: tuple[Field, ...]) -> Any:
    """The version that the form is about, to be read beside it."""
    number = next((one.start for one in fields if one.name == "version"), "")
    found = next((one for one in scene.cycle.findings if str(one.version) == number), None)
    return shown(scene.page, found) if found and scene.page and form.kind in READ_BESIDE else None


def certified(form: Form, fields: tuple[Field, ...], scene: Scene) -> list[tuple[Asked, ReturnVersion]]:
    """What would be certified, to be read below the form: each version that can be chosen, with its files."""
    if form.kind != "CertifyReturn":
        return []
    chosen = (option.value.split(".")[0] for one in fields if one.name == "which" for option in one.options)
    found = (scene.cycle.request(int(number)) for number in chosen)
    return [(one, one.returns[-1]) for one in found if one]


def _back(scene: Scene) -> tuple[str, str]:
    if scene.person.side == "force":
        return ("/tasks", "My tasks")
    return (f"/cycles/{scene.cycle.reference}", f"Cycle {scene.cycle.reference}")
