"""The panel's page for its secretariat, the report pack in one click, and a meeting for one's calendar."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from rules.acting.authority import MAY
from rules.clocks import civil
from schemas.people import Person, Role
from store.viewing import looking
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.pages.files import headers
from web.papers import pdf
from web.papers.bundle import bundled
from web.papers.calendar import MEDIA_TYPE, calendar
from web.public.meetings import appointment, the_meeting
from web.secretariat import pack
from web.secretariat.facts import panel_facts
from web.showing.page import render

router = APIRouter(include_in_schema=False)
READERS = (*OPCC_ROLES, Role.PANEL_SECRETARIAT, Role.PANEL_CHAIR, Role.PANEL_MEMBER)
Reader = Annotated[Person, Depends(require(*READERS))]


@router.get("/panel")
async def page(request: Request, person: Reader) -> Response:
    """Everything that the panel's secretariat needs before it writes an agenda."""
    facts = await panel_facts(request)
    return render(
        request, "secretariat/panel.html", title="Panel", facts=facts, next=facts.next,
        may_convene=person.role in MAY["FixSession"], may_tell=person.role in MAY["PublishAgenda"],
        office_side=person.side == "opcc",
    )  # fmt: skip


@router.get("/panel/pack.pdf")
async def as_paper(request: Request, person: Reader) -> Response:
    """The report pack as one PDF."""
    del person
    facts = await panel_facts(request, whole=True)
    made = await pack.paper(facts, rooms(request).office)
    name = f"panel-report-{civil(facts.now)}.pdf"
    return Response(made, media_type=pdf.MEDIA_TYPE, headers=headers(name))


@router.get("/panel/pack.zip")
async def as_files(request: Request, person: Reader) -> Response:
    """The PDF with the findings' own PDFs, tables and data, and a manifest by which they are checked."""
    del person
    here, facts = rooms(request), await panel_facts(request, whole=True)
    plan = await here.reads.plan()
    made = await bundled(lambda: pack.files(facts, here.office, here.reads, plan))
    name = f"panel-report-{civil(facts.now)}.zip"
    return StreamingResponse(made.chunks(), media_type="application/zip", headers=headers(name))


@router.get("/meetings/{reference}.ics")
async def to_calendar(request: Request, reference: str) -> Response:
    """One meeting for anybody's calendar."""
    here = rooms(request)
    with looking():
        found = await the_meeting(here, reference)
    said = calendar(found.title, [appointment(found, here.body)], here.office)
    return Response(said, media_type=MEDIA_TYPE, headers=headers(f"{found.key}.ics"))
