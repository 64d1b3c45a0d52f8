"""How somebody wants to hear of what may wait: each letter, or a digest by the day or the week."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from schemas.people import Person
from schemas.posting import Choice
from web.door.identity import require
from web.door.rooms import rooms
from web.forms.posted import FormBack

router = APIRouter(include_in_schema=False)
Anybody = Annotated[Person, Depends(require())]
CHOICES: dict[Choice, str] = {
    "each": "Each one as it happens",
    "daily": "One digest every morning",
    "weekly": "One digest every Monday morning",
}


async def mail_part(request: Request, person: Person) -> Mapping[str, Any]:
    """What the page You says of it."""
    kept = rooms(request).post.choices
    chosen = (await kept.choices([person.id])).get(person.id, "each") if kept else "each"
    items = [{"value": one, "text": said, "checked": one == chosen} for one, said in CHOICES.items()]
    return {"mail_choices": items if kept else [], "mail_wrong": request.session.pop("mail-wrong", "")}


@router.post("/you/mail")
async def choose(request: Request, person: Anybody, back: FormBack) -> Response:
    """Keep what somebody chose."""
    here, chosen = rooms(request), back.typed.one("mail")
    if here.post.choices is None:
        raise HTTPException(404)
    known = next((one for one in CHOICES if one == chosen), None)
    if known is None:
        request.session["mail-wrong"] = "Select how you want to hear of what may wait"
        return RedirectResponse("/you#mail", 303)
    await here.post.choices.choose(person.id, known, here.now())
    request.session["said"] = f"Kept: {CHOICES[known].lower()}"
    return RedirectResponse("/you#mail", 303)
