"""One cycle with all that belongs to it, and one of its requests."""

from datetime import date
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Depends
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rules.acting.delegation import in_force
from rules.clocks import civil
from rules.publishing.commenting import comments_at
from schemas.cycle import Cycle
from schemas.cycle import Request as Asked
from schemas.people import Person, Role
from schemas.rows import CyclePage
from web.acting.completing import newest
from web.acting.scenes import cycle_page
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.forms.catalogue import in_sections, offers
from web.forms.offered import for_request
from web.law.reasons import panel_of
from web.pictures.ball import ball, ball_table
from web.pictures.frame import framed
from web.pictures.gantt import gantt, gantt_table
from web.posting.rows import posted_rows
from web.showing import words
from web.showing.history import history as happened
from web.showing.holding import hands_of, holder, request_holder
from web.showing.items import Changes, changes
from web.showing.ladder import ladder
from web.showing.page import render
from web.showing.ran import Ran, ran
from web.showing.scans import scans_of
from web.showing.strip import strip
from web.showing.walled import walled

router = APIRouter(include_in_schema=False)
READERS = (*OPCC_ROLES, Role.PANEL_SECRETARIAT)
Reader = Annotated[Person, Depends(require(*READERS))]
NEWEST = 30
"""Lines of the history on a cycle's page; all of them on demand."""
FED = 100
"""Events from outside that are shown with a cycle, the newest; the list of events has them all."""


@router.get("/cycles/{reference}")
async def one(request: Request, reference: str, person: Reader, history: str = "") -> Response:
    """One cycle: what happens now and who holds it, all its parts, its history, and what I may do."""
    here = rooms(request)
    page = await cycle_page(request, reference)
    people = await here.reads.people()
    following = (await newest(here)).get(page.cycle.standards.id)
    course = await ran(here.reads, page, here.now())
    return render(
        request, "cycles/one.html", title=f"{reference}: {page.say(page.cycle.title)}", page=page,
        cycle=page.cycle, say=page.say, people=people, steps=strip(page.stage), now_says=now_says(page),
        holder=holder(hands_of(page.cycle, page.stage), people),
        offers=in_sections(offers(person.role, page.cycle, following)),
        since=course.since if course else None, drawn=_drawn(course),
        comments_by=_comments_by(page.cycle), late=_late(page.cycle),
        named=page.named_on(civil(here.now() - page.cycle.set_back)),
        may_hand_over=person.side == "opcc", plan=await here.reads.plan(),
        history=happened(await here.reads.timeline(reference, most=None if history else NEWEST), people),
        fed=await here.reads.outside_feeds(reference, FED + 1) if person.side == "opcc" else (), most_fed=FED,
        back=("/cycles", "Cycles"), walled=await walled(here, reference, person),
    )  # fmt: skip


@router.get("/cycles/{reference}/requests/{number}")
async def request_of(request: Request, reference: str, number: int, person: Reader) -> Response:
    """One request: the ask, every version of its return, and what I may do with it."""
    page = await cycle_page(request, reference)
    found = page.cycle.request(number)
    if found is None:
        raise HTTPException(404)
    people = await rooms(request).reads.people()
    return render(
        request, "cycles/request.html", title=f"Request {number}: {page.say(found.draft.title)}",
        asked=found, delegates=in_force(found, civil(rooms(request).now())),
        why=panel_of(page.cycle, f"return/{number}"), cycle=page.cycle, say=page.say,
        people=people, offers=for_request(person.role, page.cycle, found), steps=ladder(page.cycle, found),
        held_by=request_holder(found, people), compared=_compared(page, found),
        scans=await scans_of(request, [item for one in found.returns for item in one.items]),
        posted=await posted_rows(request, reference, number, people) if person.side == "opcc" else (),
        back=(f"/cycles/{reference}", f"Cycle {reference}"),
    )  # fmt: skip


def _compared(page: CyclePage, asked: Asked) -> dict[int, Changes]:
    """What each version of a return changed in the one before it."""
    pairs = pairwise(asked.returns)
    return {after.version: changes(before, after, page.say) for before, after in pairs}


def _drawn(course: Ran | None) -> tuple[tuple[str, Markup], ...]:
    """The timeline and who held it, each with its table; nothing where no calendar can be read."""
    if course is None:
        return ()
    line, held = course.timeline, (course.held,)
    shares = "Who has held it so far"
    return (
        ("Timeline", framed(gantt(line), gantt_table(line), label=line.title)),
        (shares, framed(ball(held, shares), ball_table(held, shares), label=shares)),
    )


def now_says(page: CyclePage) -> str:
    """What happens now, in one sentence."""
    if page.cycle.paused_at and not page.cycle.over:
        return f"Paused. {page.say(page.cycle.pause_reason)}"
    return words.NOW[page.stage]


def _comments_by(cycle: Cycle) -> date | None:
    """The last day of the law for comments on the report that the cycle answers."""
    at = comments_at(cycle)
    return civil(at) if at else None


def _late(cycle: Cycle) -> bool:
    return not cycle.over and any(one.open and one.late for one in cycle.requests)
