"""The mails that the engine will send by itself in the next thirty days, if nobody does anything."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from reference.forecast import DAYS, forecast
from schemas.people import Person, Role
from web.door.identity import FORCE_ROLES, OPCC_ROLES, require
from web.door.rooms import rooms
from web.showing.page import render
from web.showing.pages import Leaf, Number, skip

router = APIRouter(include_in_schema=False)
READERS = (*OPCC_ROLES, *FORCE_ROLES, Role.PANEL_SECRETARIAT)
MAILS = {
    "evidence_requested": "Evidence is asked for",
    "evidence_reminder": "Reminder",
    "evidence_overdue": "Evidence is overdue",
    "non_response": "Taken as no response",
    "progress_wanted": "How does the action stand?",
    "fact_check_deemed": "Fact check: nothing was said",
    "comments_due": "Comments on an inspection report",
    "comments_missed": "Comments on an inspection report were missed",
    "action_overdue": "The action is overdue",
    "wake": "You asked to be reminded",
}
"""What each mail is called; another is called by its name."""
A_FEW = 12
"""Cycles on one page: each of them is read whole and run on for thirty days."""
Word = Annotated[str, Query(max_length=64)]


@router.get("/mail/coming")
async def ahead(
    request: Request,
    person: Annotated[Person, Depends(require(*READERS))],
    lead: Word = "",
    cycle: Word = "",
    number: Annotated[int | None, Query(alias="request", ge=1, le=10_000)] = None,
    *,
    page: Number = 1,
) -> Response:
    """What will be sent: to whom, when, about what and why; of one lead, cycle or request, or of all."""
    here, people = rooms(request), await rooms(request).reads.people()
    if person.role == Role.THEMATIC_LEAD:
        lead = person.id
    cycle = cycle.strip().upper()
    found = await here.reads.concerning(_told_of(lead, people), here.now(), cycle, A_FEW, skip(page, A_FEW))
    pages = {one.cycle.reference: one for one in found.pages}
    coming = forecast((one.cycle for one in found.pages), here.now()).for_eyes_of(person.id)
    sought = (("lead", lead), ("cycle", cycle), ("request", str(number or "")))
    leaf = Leaf("/mail/coming", page, found.all, A_FEW, sought, what="Cycles")
    return render(
        request, "mail/coming.html", title=leaf.titled(f"Mail of the next {DAYS} days"), days=DAYS,
        found=coming.of(lead, cycle, number), lead=lead, of_cycle=cycle, number=number, pages=pages,
        leaf=leaf, mails=MAILS, leads=await here.reads.owing(), people=people,
        may_choose=person.role != Role.THEMATIC_LEAD,
    )  # fmt: skip


def _told_of(lead: str, people: dict[str, Person]) -> list[str] | None:
    """Whose cycles somebody hears of: their own and those of whoever's deputy they are; None for all."""
    return [lead, *(one.id for one in people.values() if one.deputy == lead)] if lead else None
