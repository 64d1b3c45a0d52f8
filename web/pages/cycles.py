"""Cycles: the list, and one with all that belongs to it."""

from collections.abc import Iterable
from typing import Annotated, get_args

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rules.acting.authority import COMMISSIONERS, MAY
from rules.acting.delegation import in_force
from rules.clocks import civil
from schemas.cycle import Cycle, Stage
from schemas.people import Person, Role
from schemas.rows import CyclePage
from web.acting.completing import newest
from web.acting.scenes import cycle_page
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.forms.catalogue import in_sections, offers
from web.forms.offered import for_request
from web.law.reasons import panel_of
from web.showing import words
from web.showing.history import history as happened
from web.showing.page import render
from web.showing.strip import strip

router = APIRouter(include_in_schema=False)
READERS = (*OPCC_ROLES, Role.PANEL_SECRETARIAT)
Reader = Annotated[Person, Depends(require(*READERS))]
STAGES = get_args(Stage)
NEWEST = 30
"""Lines of the history on a cycle's page; all of them on demand."""
A_PAGE = 25


@router.get("/cycles")
async def listed(
    request: Request, person: Reader, stage: str = "", search: str = "", page: int = 1
) -> Response:
    """All cycles, or those of one stage or with some words."""
    sought, skip = search.strip().replace("\x00", "")[:200], max(min(page, 10_000) - 1, 0) * A_PAGE
    rows = await rooms(request).reads.cycles(
        stage if stage in STAGES else None, sought or None, A_PAGE + 1, skip
    )
    return render(
        request, "cycles/list.html", title="Cycles", stage=stage, search=sought, stages=STAGES,
        cycles=[(row, strip(row.stage)) for row in rows[:A_PAGE]], more=len(rows) > A_PAGE,
        number=max(page, 1), may_open=person.role in MAY["OpenCycle"],
    )  # fmt: skip


@router.get("/cycles/{reference}")
async def one(request: Request, reference: str, person: Reader, history: str = "") -> Response:
    """One cycle: what happens now and who holds it, all its parts, its history, and what I may do."""
    here = rooms(request)
    page = await cycle_page(request, reference)
    people = await here.reads.people()
    following = (await newest(here)).get(page.cycle.standards.id)
    return render(
        request, "cycles/one.html", title=f"{reference}: {page.say(page.cycle.title)}", page=page,
        cycle=page.cycle, say=page.say, people=people, steps=strip(page.stage), now_says=now_says(page),
        holder=holder(page, people), offers=in_sections(offers(person.role, page.cycle, following)),
        late=_late(page.cycle), named=page.named_on(civil(here.now() - page.cycle.set_back)),
        may_hand_over=person.side == "opcc", plan=await here.reads.plan(),
        history=happened(await here.reads.timeline(reference, most=None if history else NEWEST), people),
        fed=await here.reads.outside_feeds(reference) if person.side == "opcc" else (),
        back=("/cycles", "Cycles"),
    )  # fmt: skip


@router.get("/cycles/{reference}/requests/{number}")
async def request_of(request: Request, reference: str, number: int, person: Reader) -> Response:
    """One request: the ask, every version of its return, and what I may do with it."""
    page = await cycle_page(request, reference)
    found = page.cycle.request(number)
    if found is None:
        raise HTTPException(404)
    return render(
        request, "cycles/request.html", title=f"Request {number}: {page.say(found.draft.title)}",
        asked=found, delegates=in_force(found, civil(rooms(request).now())),
        why=panel_of(page.cycle, f"return/{number}"), cycle=page.cycle, say=page.say,
        people=await rooms(request).reads.people(),
        offers=for_request(person.role, page.cycle, found),
        back=(f"/cycles/{reference}", f"Cycle {reference}"),
    )  # fmt: skip


def now_says(page: CyclePage) -> str:
    """What happens now, in one sentence."""
    if page.cycle.paused_at and not page.cycle.over:
        return f"Paused. {page.say(page.cycle.pause_reason)}"
    return words.NOW[page.stage]


def holder(page: CyclePage, people: dict[str, Person]) -> str:
    """Who holds the cycle now."""
    cycle = page.cycle
    if cycle.over:
        return "Nobody"
    if page.stage == "gathering":
        leads = dict.fromkeys(one.draft.lead for one in cycle.requests if one.open and not one.held)
        if not leads:
            return "The office, which owes an answer"
        return _named(leads, people)
    if page.stage == "checking":
        return "The chief executive"
    if page.stage == "sign_off":
        signed = {one.by.role for one in cycle.findings[-1].approvals}
        return "The publication officer" if signed & COMMISSIONERS else "The Commissioner"
    if page.stage == "following_up":
        owners = dict.fromkeys(one.owner for one in cycle.actions if one.state == "confirmed")
        return _named(owners, people) or "The office"
    opened = people.get(cycle.opened_by.person)
    return opened.title if opened else "The office"


def _named(some: Iterable[str], people: dict[str, Person]) -> str:
    return "; ".join(people[one].title if one in people else words.spelled(one) for one in some)


def _late(cycle: Cycle) -> bool:
    return not cycle.over and any(one.open and one.late for one in cycle.requests)
