"""Signing in and out."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from schemas.people import Person
from web.door.identity import home_of, require, sign_in, sign_out
from web.door.rooms import rooms
from web.door.sso import start, who
from web.forms.posted import FormBack
from web.showing.page import render

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
async def ask(request: Request, next: str = "") -> Response:  # noqa: A002 - the address says next
    """Ask who is there: a demonstration's people, or the organisation's own sign-in service."""
    return await _asked(request, next)


@router.post("/sign-in")
async def choose(request: Request, back: FormBack) -> Response:
    """Sign in as one of the demonstration's people."""
    here = rooms(request)
    if not here.standalone:
        raise HTTPException(404)
    form = back.typed
    person = (await here.reads.people()).get(form.one("person"))
    if person is None:
        return await _asked(request, form.one("next"), "Choose one of the people below")
    sign_in(request, person)
    return RedirectResponse(_safe(form.one("next")) or home_of(person), 303)


@router.post("/sign-in/start")
async def go(request: Request, back: FormBack) -> Response:
    """Go to the organisation's own sign-in service."""
    request.session["next"] = _safe(back.typed.one("next"))
    return await start(request)


@router.get("/sign-in/back")
async def come_back(request: Request) -> Response:
    """Come back from the sign-in service."""
    after = request.session.get("next", "")
    person = await who(request)
    if isinstance(person, str):
        return await _asked(request, after, person, status=403)
    sign_in(request, person)
    return RedirectResponse(after or home_of(person), 303)


@router.get("/sign-out")
async def ask_out(request: Request, _person: Annotated[Person, Depends(require())]) -> Response:
    """Ask before signing out."""
    return render(request, "sign-out.html", title="Sign out")


@router.post("/sign-out")
async def out(request: Request, _form: FormBack) -> Response:
    """Sign out."""
    sign_out(request)
    return RedirectResponse("/", 303)


async def _asked(request: Request, after: str, wrong: str = "", status: int = 422) -> Response:
    here = rooms(request)
    people = sorted((await here.reads.people()).values(), key=lambda one: one.organisation)
    groups = [
        (name.replace("-", " ").title().replace("Opcc", "OPCC").replace(" And ", " and "), list(them))
        for name, them in groupby(people, key=lambda one: one.organisation)
    ]
    errors = {"form": wrong} if wrong else {}
    return render(
        request, "sign-in.html", status if wrong else 200, title="Sign in",
        groups=groups if here.standalone else [], next=_safe(after), errors=errors,
    )  # fmt: skip


def _safe(after: str) -> str:
    """A page of ours to go on to, never another site's."""
    inside = after.startswith("/") and not after.startswith(("//", "/\\")) and "\n" not in after
    return after if inside else ""
