"""The mails that the engine will send by itself in the next thirty days, if nobody does anything."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from reference.forecast import DAYS, Forecast, forecast
from schemas.people import Person, Role
from web.door.identity import FORCE_ROLES, OPCC_ROLES, require
from web.door.rooms import rooms
from web.showing.page import render
from web.showing.words import spelled

router = APIRouter(include_in_schema=False)
READERS = (*OPCC_ROLES, *FORCE_ROLES, Role.PANEL_SECRETARIAT)
MAILS = {
    "evidence_requested": "Evidence is asked for",
    "evidence_reminder": "Reminder",
    "evidence_overdue": "Evidence is overdue",
    "non_response": "Taken as no response",
    "progress_wanted": "How does the action stand?",
    "fact_check_deemed": "Fact check: nothing was said",
    "wake": "You asked to be reminded",
}
"""What each mail is called; another is called by its name."""
Word = Annotated[str, Query(max_length=64)]


@router.get("/mail/coming")
async def ahead(
    request: Request,
    person: Annotated[Person, Depends(require(*READERS))],
    lead: Word = "",
    cycle: Word = "",
    number: Annotated[int | None, Query(alias="request", ge=1, le=10_000)] = None,
) -> Response:
    """What will be sent: to whom, when, about what and why; of one lead, cycle or request, or of all."""
    here = rooms(request)
    pages = {page.cycle.reference: page for page in await here.reads.under_way()}
    everything = forecast((page.cycle for page in pages.values()), here.now()).for_eyes_of(person.id)
    if person.role == Role.THEMATIC_LEAD:
        lead = person.id
    people = await here.reads.people()
    return render(
        request, "mail/coming.html", title=f"Mail of the next {DAYS} days", days=DAYS, mails=MAILS,
        found=everything.of(lead, cycle, number), lead=lead, of_cycle=cycle, number=number, pages=pages,
        leads=_leads(everything, people), people=people, may_choose=person.role != Role.THEMATIC_LEAD,
    )  # fmt: skip


def _leads(everything: Forecast, people: dict[str, Person]) -> dict[str, str]:
    """Everybody about whose requests and actions something will be sent, by id, in the order of titles."""
    found = {row.lead for row in everything.rows if row.lead}
    named = {one: people[one].title if one in people else spelled(one) for one in found}
    return dict(sorted(named.items(), key=lambda one: one[1]))
