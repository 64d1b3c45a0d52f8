"""Who outside hears of what is recorded: the list, a new one, and what can be done with each."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from engine.subscriptions import Subscribing
from rules.telling.envelope import KINDS
from rules.telling.subscribing import MAY_SUBSCRIBE
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.subscriptions import Answer, Draft, Subscription
from web.door.identity import OPCC_ROLES, actor, require
from web.door.rooms import rooms
from web.forms.fields import Typed
from web.forms.posted import FormBack
from web.pages.events import cursor_of
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES))]
Arranger = Annotated[Person, Depends(require(*MAY_SUBSCRIBE["public"], *MAY_SUBSCRIBE["office"]))]
STATES = {"pause": "paused", "resume": "active", "end": "ended"}
SAID = {"pause": "Paused.", "resume": "Resumed.", "end": "Ended.", "replay": "It hears again from there on."}
FIELDS = {
    "id": "name",
    "url": "url",
    "cycle": "cycle",
    "reason": "reason",
    "kinds": "kinds",
    "scope": "scope",
}
WORDS = {
    "id": "Write a name in small letters, digits and dashes, such as panel-tracker",
    "cycle": "Write a cycle's reference such as HTA-2026-07, or leave it empty",
    "url": "Write an address of at most 2,000 characters",
    "scope": "Choose what they are to hear",
    "reason": "Say why in at most 2,000 characters",
}


@router.get("/subscriptions")
async def listed(request: Request, person: Reader) -> Response:
    """All of them, with how far each has got and how it goes."""
    return await _show(request, person, Typed(), {})


@router.post("/subscriptions")
async def add(request: Request, person: Arranger, back: FormBack) -> Response:
    """Make one; its secret is shown this once."""
    draft = _draft(back.typed)
    if isinstance(draft, dict):
        return await _show(request, person, back.typed, draft)
    arranged = _arranged(request)
    secret = arranged.receivers.fresh_secret()
    made = await arranged.add(draft, actor(request, person), secret)
    if isinstance(made, Refused):
        return await _show(request, person, back.typed, {FIELDS.get(made.field or "", "name"): made.message})
    return await _show(request, person, Typed(), {}, made=made, secret=secret)


@router.post("/subscriptions/{name}/{what}")
async def change(request: Request, name: str, what: str, person: Arranger, back: FormBack) -> Response:
    """Pause, resume, end, try out or replay one."""
    done = await _done(request, person, name, what, back.typed)
    if isinstance(done, Refused):
        return await _show(request, person, Typed(), {"form": done.message})
    if isinstance(done, Answer):
        said = (
            "The receiver took the test delivery." if done.taken else f"The test was not taken. {done.said}"
        )
    else:
        said = SAID[what]
    request.session["said"] = f"{name}: {said}"
    return RedirectResponse("/subscriptions", 303)


async def _done(
    request: Request, person: Person, name: str, what: str, typed: Typed
) -> Subscription | Answer | Refused:
    arranged, who, why = _arranged(request), actor(request, person), typed.one("why")
    if what == "test":
        return await arranged.try_out(name, who)
    if what == "replay":
        cursor = cursor_of(typed.one("after"))
        return cursor if isinstance(cursor, Refused) else await arranged.replay(name, who, cursor, why)
    if what not in STATES:
        raise HTTPException(404)
    return await arranged.change(name, who, STATES[what], why)  # type: ignore[arg-type] # one of the three


def _draft(typed: Typed) -> Draft | dict[str, str]:
    """What was typed as a draft, or the field that cannot be used and what to write there."""
    facts: dict[str, Any] = {
        "id": typed.one("name").strip(),
        "url": typed.one("url").strip(),
        "scope": typed.one("scope"),
        "kinds": tuple(typed.one("kinds").replace(",", " ").split()),
        "cycle": typed.one("cycle").strip() or None,
        "reason": typed.one("reason"),
    }
    try:
        return Draft.model_validate(facts)
    except ValidationError as wrong:
        names = [str(one["loc"][0]) for one in wrong.errors()]
        return {FIELDS[name]: WORDS.get(name, "This cannot be used") for name in names}


async def _show(
    request: Request, person: Person, typed: Typed, errors: dict[str, str], **facts: Any
) -> Response:
    may = {scope for scope, roles in MAY_SUBSCRIBE.items() if person.role in roles}
    return render(
        request, "subscriptions/list.html", 422 if errors else 200, title="Who hears of events", typed=typed,
        rows=await _arranged(request).rows(), errors=errors, may=may, kinds=KINDS,
        people=await rooms(request).reads.people(), **facts,
    )  # fmt: skip


def _arranged(request: Request) -> Subscribing:
    found = rooms(request).subscribing
    if found is None:
        raise HTTPException(404)
    return found
