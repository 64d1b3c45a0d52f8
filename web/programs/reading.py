"""What the pages show, as JSON: the same reads, in the name of whoever asks, and no second logic."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request

from engine.planning import coverage_now
from rules.boards import whom_of
from rules.clocks import civil
from schemas.board_pages import ActionsPage, NeedsPage, TasksPage
from schemas.insights import Insights
from schemas.outcomes import Refused
from schemas.outside import OutsideRow
from schemas.people import Person
from schemas.plans import Plan
from schemas.programme.rows import Coverage, ProgrammePage
from schemas.rows import MailRow, PublicationRow, ReleaseRow
from schemas.shape import Instant, Shape
from schemas.subscriptions import SubscriptionRow
from schemas.successions import Announced
from web.door.bearing import bears
from web.door.identity import FORCE_ROLES, OPCC_ROLES, PANEL_ROLES, require
from web.door.rooms import rooms
from web.programme.board import READERS, board_of
from web.showing.pages import A_PAGE, Number, skip

router = APIRouter(prefix="/api/v1", tags=["reading"])
Anybody = Annotated[Person, Depends(require(*OPCC_ROLES, *FORCE_ROLES, *PANEL_ROLES))]
Office = Annotated[Person, Depends(require(*OPCC_ROLES))]
Planner = Annotated[Person, Depends(require(*READERS))]
Lead = Annotated[Person, Depends(require(*FORCE_ROLES))]
Word = Annotated[str, Query(max_length=64)]
YEARS = range(2000, 2200)


class Me(Shape):
    """Who asks, in which role, and what their token may do; without a token, that of a session."""

    person: str
    title: str
    role: str
    scopes: tuple[str, ...] = ()
    until: Instant | None = None
    """When the token ends."""


@router.get("/me")
async def me(request: Request, person: Anybody) -> Me:
    """Say who you are here, and what your token may do."""
    token = bears(request)
    return Me(
        person=person.id,
        title=person.title,
        role=person.role.value,
        scopes=token.scopes if token else (),
        until=token.until if token else None,
    )


@router.get("/needs")
async def needs(request: Request, person: Office, page: Number = 1) -> NeedsPage:
    """List what needs you, the most urgent first, as the page My work does; fifty on a page."""
    here = rooms(request)
    return await here.reads.needs(whom_of(person), person.id, here.now(), A_PAGE, skip(page))


@router.get("/tasks")
async def tasks(request: Request, person: Lead, owed: bool = True, page: Number = 1) -> TasksPage:
    """List what is asked of you and owed, or what you have answered; fifty on a page."""
    here = rooms(request)
    return await here.reads.task_list(person.id, civil(here.now()), owed=owed, most=A_PAGE, skip=skip(page))


@router.get("/actions")
async def actions(
    request: Request,
    _person: Anybody,
    owner: Word = "",
    late: bool = False,
    page: Number = 1,
) -> ActionsPage:
    """List open actions, soonest due first: all, of one owner, or the late ones; fifty on a page."""
    here = rooms(request)
    return await here.reads.open_actions(_clean(owner) or None, here.now(), late=late, skip=skip(page))


@router.get("/mails")
async def mails(request: Request, _person: Office, cycle: Word = "") -> list[MailRow]:
    """List the newest mails, of all cycles or of one: to whom, about what, whether delivered; 200 at most."""
    return await rooms(request).reads.mails(_clean(cycle) or None)


@router.get("/publications")
async def publications(request: Request, _person: Anybody) -> list[PublicationRow]:
    """List what was published, newest first, with its words; 200 at most."""
    return await rooms(request).reads.publications()


@router.get("/releases")
async def releases(request: Request, _person: Office, cycle: Word = "") -> list[ReleaseRow]:
    """List findings that are to be published at an instant, of all cycles or of one."""
    return await rooms(request).reads.releases(_clean(cycle) or None)


@router.get("/plan")
async def plan(request: Request, _person: Anybody) -> Plan:
    """Read the police and crime plan with every commitment and its reference."""
    found = await rooms(request).reads.plan()
    if found is None:
        raise HTTPException(404)
    return found


@router.get("/people")
async def people(request: Request, _person: Office) -> list[Person]:
    """List the directory: whose id goes into a command, in which role, reached where."""
    return sorted((await rooms(request).reads.people()).values(), key=lambda one: one.id)


@router.get("/programme")
async def programme(request: Request, _person: Planner) -> ProgrammePage:
    """Read the programme of cycles to come as it stands, with the words of its texts."""
    found = (await board_of(request)).page
    if found is None:
        raise HTTPException(404)
    return found


@router.get("/programme/coverage")
async def coverage(request: Request, _person: Planner) -> list[Coverage]:
    """List the commitments of the plan: when each was last asked about, and what speaks for asking again."""
    here = rooms(request)
    found = await coverage_now(here.reads, here.now())
    if isinstance(found, Refused):
        raise HTTPException(404)
    return list(found)


@router.get("/insights")
async def insights(request: Request, _person: Office, kind: Word = "", year: int = 0) -> Insights:
    """Read how cycles run: steps in working days, who holds them, what is in time; of a kind or year."""
    wanted = year if year in YEARS else None
    return await rooms(request).reads.insights(_clean(kind) or None, wanted)


@router.get("/outside/events")
async def outside(request: Request, _person: Office, page: Number = 1) -> list[OutsideRow]:
    """List what came in from outside and what followed, newest first; fifty on a page."""
    return await rooms(request).reads.outside(most=A_PAGE, skip=skip(page))


@router.get("/subscriptions")
async def subscriptions(request: Request, _person: Office) -> list[SubscriptionRow]:
    """List which systems outside hear of what, how they stand, and how much they still have to hear."""
    arranged = rooms(request).subscribing
    return list(await arranged.rows()) if arranged else []


@router.get("/successions")
async def successions(request: Request, _person: Office) -> list[Announced]:
    """List who was announced to take over for the whole office, soonest first."""
    here = rooms(request)
    return await here.reads.successions(here.body)


def _clean(said: str) -> str:
    """What is looked for, without the one character that no text can hold."""
    return said.replace("\x00", "").strip()
