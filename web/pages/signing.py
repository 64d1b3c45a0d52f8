"""Signing in and out."""

from datetime import datetime, timedelta
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rules.clocks import civil
from schemas.people import Person, Role
from schemas.signed_in import Account
from web.door.identity import Granted, begin, home_of, keeps_sessions, require, sign_out, signed_in
from web.door.looking import look_for
from web.door.rooms import rooms
from web.door.sessions import door
from web.door.signed_out_there import told
from web.door.sso import Arrived, ServiceAway, leaving, start, who
from web.forms.posted import FormBack
from web.showing import words
from web.showing.page import render
from web.showing.signed_out import over
from web.signoff.waiting import anything_waits

router = APIRouter(include_in_schema=False)
TO_CHOOSE = timedelta(minutes=15)
"""How long somebody with several roles may take to choose one."""
MOST_FIELDS, MOST_TOKEN = 8, 20_000
NOT_KEPT = {"Cache-Control": "no-store"}


@router.get("/sign-in")
async def ask(request: Request, next: str = "") -> Response:  # noqa: A002 - the address says next
    """Ask who is there: a demonstration's people, or the organisation's own sign-in service."""
    return await _asked(request, next)


@router.post("/sign-in")
async def choose(request: Request, back: FormBack) -> Response:
    """Sign in as one of the demonstration's people; elsewhere there is no such way."""
    here = rooms(request)
    if not here.standalone:
        raise HTTPException(404)
    form = back.typed
    person = (await here.reads.people()).get(form.one("person"))
    if person is None:
        return await _asked(request, form.one("next"), "Choose one of the people below")
    if not person.roles_on(civil(here.now())):
        return await _asked(
            request, form.one("next"), f"{person.title} holds no role today. Choose somebody else"
        )
    await begin(request, person)
    return RedirectResponse(safe(form.one("next")) or await _landing(request), 303)


@router.get("/sign-in/start")
async def go(request: Request, next: str = "", again: bool = False) -> Response:  # noqa: A002 - the address says so
    """Go to the organisation's own sign-in service; with `again` it asks also whoever is signed in there.

    By a link, not by a form: the policy of our pages lets a form lead to our own addresses only. Another
    site's link ends at our own page first: nobody is signed in without having meant it.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return RedirectResponse("/sign-in", 303)
    request.session["next"], request.session["again"] = safe(next), again
    try:
        return await start(request, again=again)
    except ServiceAway:
        return _away(request)


@router.get("/sign-in/back")
async def come_back(request: Request) -> Response:
    """Come back from the sign-in service."""
    after = str(request.session.get("next", ""))
    try:
        arrived = await who(request, again=bool(request.session.get("again")))
    except ServiceAway:
        return _away(request)
    if isinstance(arrived, str):
        return await _asked(request, after, arrived, status=403)
    if len(arrived.roles) > 1:
        request.session["arrived"] = _kept(arrived, after, rooms(request).now())
        return RedirectResponse("/sign-in/role", 303)
    return await _let_in(request, arrived, arrived.roles[0], after)


@router.get("/sign-in/role")
async def ask_role(request: Request) -> Response:
    """Ask in which of their roles somebody acts."""
    arrived = await _waiting(request)
    return _choose_role(request, arrived) if arrived else RedirectResponse("/sign-in", 303)


@router.post("/sign-in/role")
async def choose_role(request: Request, back: FormBack) -> Response:
    """Sign in, in the role that was chosen."""
    arrived = await _waiting(request)
    if arrived is None:
        return RedirectResponse("/sign-in", 303)
    chosen = back.typed.one("role")
    if chosen not in arrived.roles:
        return _choose_role(request, arrived, "Select the role in which you act now")
    return await _let_in(request, arrived, Role(chosen), str(request.session["arrived"].get("next", "")))


@router.get("/sign-out")
async def ask_out(request: Request, _person: Annotated[Person, Depends(require(task=True))]) -> Response:
    """Ask before signing out."""
    return render(request, "sign-out.html", title="Sign out")


@router.post("/sign-out")
async def out(request: Request, _form: FormBack) -> Response:
    """Sign out here; where people come from a sign-in service, the next page offers to sign out there too."""
    await sign_out(request)
    after = "/signed-out" if request.app.state.sso else "/"
    return RedirectResponse(after, 303, {"Clear-Site-Data": '"storage"'})


@router.get("/signed-out")
async def signed_out(request: Request) -> Response:
    """Say that nobody is signed in here any more, and where else they still are."""
    return render(request, "signed-out.html", title="You are signed out", there=await leaving(request))


@router.post("/signed-out/back-channel")
async def signed_out_there(request: Request) -> Response:
    """Where the sign-in service says that somebody signed out there: their sessions here end."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=MOST_TOKEN) as form:
        said = form.get("logout_token")
    try:
        found = await told(request, said if isinstance(said, str) else "")
    except ServiceAway:
        return _answered(503, "temporarily_unavailable", "the keys of the service cannot be read now")
    if isinstance(found, str):
        return _answered(400, "invalid_request", found)
    if await keeps_sessions(request).end_there(found, rooms(request).now()) is None:
        return _answered(400, "invalid_request", "this token was used before")
    return Response(headers=NOT_KEPT)


def _answered(status: int, error: str, why: str) -> Response:
    return JSONResponse({"error": error, "error_description": why}, status, headers=NOT_KEPT)


def organisation(person: Person) -> str:
    """Where somebody works, such as `West Mercia OPCC`."""
    words = person.organisation.replace("-", " ").title()
    return words.replace("Opcc", "OPCC").replace(" And ", " and ")


def safe(after: str) -> str:
    """A page of ours to go on to, never another site's."""
    inside = after.startswith("/") and not after.startswith(("//", "/\\")) and "\n" not in after
    return after if inside else ""


async def _landing(request: Request) -> str:
    """Where somebody begins who asked for no page: with what waits to be signed, or at their home."""
    person = signed_in(request)
    assert person is not None
    look_for(request, person)
    return "/sign-off" if await anything_waits(request, person) else home_of(person)


async def _let_in(request: Request, arrived: Arrived, role: Role, after: str) -> Response:
    granted = Granted(role=role, account=arrived.account, roles=arrived.roles, proved_at=arrived.proved_at)
    await begin(request, arrived.person, granted=granted)
    return RedirectResponse(safe(after) or await _landing(request), 303)


def _kept(arrived: Arrived, after: str, now: datetime) -> dict[str, Any]:
    """Who has arrived, in the signed cookie, while they choose a role."""
    return {
        "person": arrived.person.id,
        "account": [arrived.account.issuer, arrived.account.sub, arrived.account.sid],
        "roles": [role.value for role in arrived.roles],
        "proved": arrived.proved_at and arrived.proved_at.isoformat(),
        "next": after,
        "until": (now + TO_CHOOSE).isoformat(),
    }


async def _waiting(request: Request) -> Arrived | None:
    """Who has arrived and has still to choose a role."""
    kept, here = request.session.get("arrived"), rooms(request)
    if not kept or datetime.fromisoformat(kept["until"]) <= here.now():
        return None
    person = (await here.reads.people()).get(kept["person"])
    if person is None:
        return None
    held = person.roles_on(civil(here.now()))
    roles = tuple(Role(one) for one in kept["roles"] if Role(one) in held)
    proved = kept.get("proved")
    at = datetime.fromisoformat(proved) if proved else None
    return Arrived(person, Account(*kept["account"]), roles, at) if roles else None


def _choose_role(request: Request, arrived: Arrived, wrong: str = "") -> Response:
    choices = [{"value": role.value, "text": words.role(role).capitalize()} for role in arrived.roles]
    return render(
        request, "sign-in-role.html", 422 if wrong else 200, title="In which role do you act now?",
        choices=choices, errors={"role": wrong} if wrong else {},
    )  # fmt: skip


def _away(request: Request) -> Response:
    return render(
        request, "fault.html", 503, title="Your organisation's sign-in cannot be reached",
        message="This is outside Answerable: your organisation's sign-in service does not answer.",
        advice="Wait a few minutes and sign in again. If it lasts, tell whoever looks after your "
        "organisation's sign-in. What is published can be read without signing in.",
    )  # fmt: skip


async def _asked(request: Request, after: str, wrong: str = "", status: int = 422) -> Response:
    here = rooms(request)
    people = sorted((await here.reads.people()).values(), key=lambda one: one.organisation)
    groups = [(name, list(them)) for name, them in groupby(people, key=organisation)]
    errors = {"form": wrong} if wrong else {}
    return render(
        request, "sign-in.html", status if wrong else 200, title="Sign in",
        groups=groups if here.standalone else [], next=safe(after), errors=errors,
        over=over(door(request), here.limits),
    )  # fmt: skip
