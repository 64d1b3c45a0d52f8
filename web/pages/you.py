"""You: who you are here, in which role and since when, who stands in for you, and where you are signed in."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.appointments import leads_of, role_since
from rules.clocks import civil
from schemas.people import Person, Role
from schemas.signed_in import Session
from web.door.granting import in_order
from web.door.identity import Granted, begin, home_of, keeps_sessions, require, session_of, sign_out
from web.door.rooms import rooms
from web.forms.posted import FormBack
from web.pages.signing import organisation
from web.posting.calendars import calendar_part
from web.posting.choosing import mail_part
from web.showing.page import render
from web.showing.words import role as in_words

router = APIRouter(include_in_schema=False)
Anybody = Annotated[Person, Depends(require())]
PARTS: tuple[Callable[[Request, Person], Awaitable[Mapping[str, Any]]], ...] = (calendar_part, mail_part)
"""What other rooms add to the page: each gives the facts for its template in templates/you/."""


@router.get("/you")
async def you(request: Request, person: Anybody) -> Response:
    """Who is signed in, and everywhere they are."""
    return await _page(request, person)


@router.post("/you/role")
async def change_role(request: Request, person: Anybody, back: FormBack) -> Response:
    """Act in another of one's roles from now on, under a new id."""
    known = (await rooms(request).reads.people()).get(person.id, person)
    may, chosen = _may(request, known), back.typed.one("role")
    if chosen not in may:
        return await _page(request, person, "Select one of the roles that you hold today")
    session = _here(request)
    roles = may if "roles" in session.data else None
    granted = Granted(role=Role(chosen), account=session.account, roles=roles, until=session.until)
    await begin(request, known, granted=granted)
    request.session["said"] = f"You now act as {in_words(Role(chosen))}"
    return RedirectResponse("/you", 303)


@router.post("/you/sessions/{number}/end")
async def end_one(request: Request, number: int, person: Anybody, _back: FormBack) -> Response:
    """Sign out at one browser; at this one, as everywhere else on the pages."""
    if number == _here(request).number:
        await sign_out(request)
        return RedirectResponse("/", 303)
    ended = await _end(request, person, number)
    request.session["said"] = "Signed out there" if ended else "That browser was signed out already"
    return RedirectResponse("/you", 303)


@router.get("/you/sign-out-everywhere")
async def ask_everywhere(request: Request, person: Anybody) -> Response:
    """Ask before signing out at every browser."""
    sessions = await _sessions(request, person)
    return render(request, "you/everywhere.html", title="Sign out everywhere", sessions=sessions)


@router.post("/you/sign-out-everywhere")
async def everywhere(request: Request, person: Anybody, _back: FormBack) -> Response:
    """Sign out at every browser, this one too."""
    await _end(request, person, None)
    await sign_out(request)
    return RedirectResponse("/sign-in", 303)


async def _page(request: Request, person: Person, wrong: str = "") -> Response:
    here = rooms(request)
    people, today = await here.reads.people(), civil(here.now())
    known = people.get(person.id, person)
    facts: dict[str, Any] = {}
    for part in PARTS:
        facts |= await part(request, person)
    return render(
        request, "you/page.html", 422 if wrong else 200, title="You", known=known, today=today,
        organisation=organisation(known), since=role_since(known, person.role, today), people=people,
        answers_for=[people[lead] for lead in leads_of(known, people, today)],
        may=_may(request, known), sessions=await _sessions(request, person), this=_here(request).number,
        idle=int(here.limits.idle.total_seconds() // 60), first=home_of(person),
        errors={"role": wrong} if wrong else {}, **facts,
    )  # fmt: skip


async def _sessions(request: Request, person: Person) -> list[Session]:
    here = rooms(request)
    found = await keeps_sessions(request).open_of(person.id, here.now())
    return [one for one in found if one.seen_at + here.limits.idle > here.now()]


async def _end(request: Request, person: Person, number: int | None) -> int:
    now = rooms(request).now()
    return await keeps_sessions(request).end(person.id, now, "signed_out_elsewhere", number=number)


def _may(request: Request, known: Person) -> tuple[Role, ...]:
    """The roles in which somebody may act here: those of the directory that their sign-in grants too."""
    held = known.roles_on(civil(rooms(request).now()))
    granted = _here(request).data.get("roles")
    return in_order(held if granted is None else held & {Role(one) for one in granted}, known)


def _here(request: Request) -> Session:
    found = session_of(request)
    if found is None:
        raise HTTPException(404)
    return found
