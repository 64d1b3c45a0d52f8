"""The list of cycles: filters that can be taken off, a table or a timeline, and the same as a file."""

from collections.abc import Mapping
from typing import Annotated, get_args

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from handover.cells import streamed
from rules.acting.authority import MAY
from rules.clocks import civil
from schemas.counted import MOST_COUNTED
from schemas.cycle import Stage
from schemas.listing import ListedCycle
from schemas.people import Person, Role
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import Rooms, rooms
from web.papers.streaming import table_of
from web.showing import words
from web.showing.holding import hands_in, holder
from web.showing.page import render
from web.showing.sought import ORDERS, SHOWN, STANDINGS, Asked, asked_of, tags
from web.showing.strip import strip
from web.showing.timeline import timeline

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES, Role.PANEL_SECRETARIAT))]
A_PAGE = 50
HEAD = ("Reference", "Title", "Stage", "Objective", "Opened by", "Opened on", "Held by", "Returns owed",
        "Late", "Next due", "Session", "Paused")  # fmt: skip


@router.get("/cycles")
async def listed(request: Request, person: Reader) -> Response:
    """The cycles that are sought, fifty on a page; open ones unless others are asked for."""
    asked, here = asked_of(request.query_params), rooms(request)
    found = await here.reads.cycle_list(asked.sought, here.now(), A_PAGE, (asked.page - 1) * A_PAGE)
    people, plan = await here.reads.people(), await here.reads.plan()
    last = max(-(-min(found.count, MOST_COUNTED) // A_PAGE), 1)
    return render(
        request, "cycles/list.html", title=_title(asked, last), asked=asked, sought=asked.sought,
        rows=[(row, strip(row.stage), holder(hands_in(row), people)) for row in found.rows],
        count=found.count, last=last, tags=tags(asked, people, plan), orders=ORDERS, shown=SHOWN,
        standings=STANDINGS, stages=get_args(Stage), objectives=plan.objectives if plan else (),
        people=_who(people), years=await here.reads.cycle_years(), may_open=person.role in MAY["OpenCycle"],
        drafts=await here.drafts.begun("cycle") if here.drafts and person.role in MAY["OpenCycle"] else (),
        everybody=people,
        closed=await _closed(here, person, asked.sought.words),
        picture=timeline(found.rows, here.now()) if asked.view == "timeline" else "",
    )  # fmt: skip


async def _closed(here: Rooms, person: Person, words: str) -> int:
    """How many closed rows of old trackers have the words that are sought."""
    if not words or person.side != "opcc":
        return 0
    return (await here.reads.closed_before(words, 0)).all


@router.get("/cycles.csv")
async def as_file(request: Request, _person: Reader) -> Response:
    """Exactly the list that was sought, every page of it, for a spreadsheet."""
    asked, here = asked_of(request.query_params), rooms(request)
    people, found = await here.reads.people(), here.reads.every_listed(asked.sought, here.now())
    return await table_of(here.turns, streamed(HEAD, found, lambda one: _line(one, people)), "cycles.csv")


def _line(one: ListedCycle, people: Mapping[str, Person]) -> tuple[object, ...]:
    opened = people[one.opened_by].title if one.opened_by in people else words.spelled(one.opened_by)
    return (
        one.reference, one.title, words.STAGES[one.stage], one.theme, opened,
        civil(one.opened_at).isoformat(), holder(hands_in(one), people), one.open_requests,
        one.late, one.next_due_at.isoformat() if one.next_due_at else "",
        one.session_at.isoformat() if one.session_at else "", "yes" if one.paused else "no",
    )  # fmt: skip


def _title(asked: Asked, last: int) -> str:
    return f"Cycles (page {asked.page} of {last})" if last > 1 else "Cycles"


def _who(people: Mapping[str, Person]) -> list[Person]:
    """Who can have opened a cycle or be asked in one."""
    found = [one for one in people.values() if one.side in ("opcc", "force")]
    return sorted(found, key=lambda one: one.title)
