"""The page Tokens: make one for a program that acts in your name, see it once, and end it."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.scopes import LASTS, MOST_OPEN, SCOPES, ends
from schemas.people import Person
from schemas.signed_in import Access
from schemas.tokens import Token
from web.door.bearing import new_token
from web.door.identity import require
from web.door.rooms import rooms
from web.door.sessions import digest_of
from web.door.token_keeping import KeepsTokens
from web.forms.fields import Field, Option, Typed, Values, read
from web.forms.posted import FormBack, Posted, fresh_key
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Anybody = Annotated[Person, Depends(require())]
LONGEST_NAME = 60
TAKEN = "You have as many tokens as one person may have. End one that is not used any more"
SHOWN_ONCE = (
    "This token was made already and is shown only once. If you did not copy it, end it and make another"
)
FIELDS = (
    Field("name", "What is it for?", "line", "Such as the reporting database. It is kept with each act.",
          "Enter what the token is for"),
    Field("scopes", "What may it do?", "many", "Only what you may do yourself, and only as long as you may.",
          "Select at least one thing that it may do",
          tuple(Option(name, said) for name, said in SCOPES.items()), chosen=("read",)),
    Field("days", "How long does it last?", "one", "", "Select how long it lasts",
          tuple(Option(str(days), f"{days} days") for days in LASTS), start="90"),
)  # fmt: skip


@router.get("/you/tokens")
async def listed(request: Request, person: Anybody) -> Response:
    """The tokens of whoever is signed in, and the form for another."""
    return await _page(request, person, Typed(), {}, fresh_key())


@router.post("/you/tokens")
async def make(request: Request, person: Anybody, back: FormBack) -> Response:
    """Make a token and show it, this once."""
    here, keeps, values = rooms(request), _keeps(request), read(FIELDS, back.typed)
    errors = values.errors or await _wrong(request, person, values.values, back)
    if errors:
        return await _page(request, person, back.typed, errors, back.key or fresh_key())
    told, now = new_token(), here.now()
    token = Token(
        digest_of(told), values.values["name"], person.id, person.role, values.values["scopes"], now,
        ends(now, int(values.values["days"])),
    )  # fmt: skip
    if not await keeps.make(token, f"{person.id}/{back.key}"):
        return await _page(request, person, back.typed, {"form": SHOWN_ONCE}, fresh_key())
    return render(request, "tokens/made.html", title="Copy your token", token=token, told=told)


@router.post("/you/tokens/{number}/end")
async def end(request: Request, number: int, person: Anybody, _back: FormBack) -> Response:
    """End a token; what it has done stays on record."""
    noted = Access(rooms(request).now(), person.id, person.role.value, "", reason="ended on the page Tokens")
    done = number < 2**63 and await _keeps(request).end(number, noted, only_of=person.id)
    request.session["said"] = "The token lets nobody in any more" if done else "That token had ended already"
    return RedirectResponse("/you/tokens", 303)


async def _wrong(request: Request, person: Person, values: Values, back: Posted) -> dict[str, str]:
    if len(values["name"]) > LONGEST_NAME or "\x00" in values["name"]:
        return {"name": f"What it is for must be {LONGEST_NAME} characters or fewer"}
    if not back.key:
        return {"form": "Load this page again and send the form once more"}
    open_now = await _keeps(request).open_of(person.id, rooms(request).now())
    return {"form": TAKEN} if len(open_now) >= MOST_OPEN else {}


async def _page(request: Request, person: Person, typed: Typed, errors: dict[str, str], key: str) -> Response:
    found = await _keeps(request).open_of(person.id, rooms(request).now())
    return render(
        request, "tokens/page.html", 422 if errors else 200, title="Tokens for programs", tokens=found,
        fields=FIELDS, typed=typed, errors=errors, key=key, scopes=SCOPES,
    )  # fmt: skip


def _keeps(request: Request) -> KeepsTokens:
    found = rooms(request).tokens
    if found is None:
        raise HTTPException(404)
    return found
