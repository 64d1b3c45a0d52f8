"""Findings as they would be published: the public page and the PDF of a draft, for the office alone."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rules.apply import add_up
from rules.publishing.publication import fingerprint, public_facts
from rules.writing import act_of, entries_of
from schemas.commands import DraftFindings
from schemas.cycle import Cycle, FindingsVersion
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.rows import CyclePage, PublicationRow
from schemas.shape import Words
from web.acting.scenes import cycle_page
from web.door.identity import OPCC_ROLES, actor, require
from web.door.rooms import rooms
from web.pages.editing import own_draft
from web.pages.files import headers
from web.papers import pdf
from web.papers.facts import facts_json
from web.public.picture import picture
from web.public.record import Record, record
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES))]


@router.get("/cycles/{reference}/findings/preview")
async def as_page(request: Request, reference: str, person: Reader) -> Response:
    """The public page of what I have kept for myself, or else of the newest version."""
    row, found = await _found(request, person, reference)
    return render(
        request, "findings/preview.html", title=found.title, record=found, picture=picture(found),
        reasons={}, address=f"/findings/{found.slug}", own=row.fingerprint == "",
        back=(f"/cycles/{reference}/findings", "The findings"),
    )  # fmt: skip


@router.get("/cycles/{reference}/findings/preview.pdf")
async def as_paper(request: Request, reference: str, person: Reader) -> Response:
    """The same on paper, with the word Draft in its name."""
    row, found = await _found(request, person, reference)
    made = await pdf.paper(found, facts_json(row, f"/findings/{found.slug}"), rooms(request).office)
    kept = {**headers(f"{reference}-draft.pdf")}
    return Response(made, media_type=pdf.MEDIA_TYPE, headers=kept)


async def _found(request: Request, person: Person, reference: str) -> tuple[PublicationRow, Record]:
    here, page = rooms(request), await cycle_page(request, reference)
    row = await _own(request, person, page) or as_saved(page, here.now())
    rows = await here.reads.timeline(reference, public=True)
    people, plan = await here.reads.people(), await here.reads.plan()
    return row, record(row, page, rows, plan=plan, people=people, now=here.now())


async def _own(request: Request, person: Person, page: CyclePage) -> PublicationRow | None:
    """What somebody has kept for themselves, as the version that it would become."""
    draft = await own_draft(request, person, page.cycle.reference)
    if draft is None or not draft.first("answer").strip() or not draft.first("body").strip():
        return None
    words, now = Words(), rooms(request).now()
    command = DraftFindings(
        cycle=page.cycle.reference, key="only-to-be-seen", actor=actor(request, person),
        answer=words.ref(draft.first("answer")), body=words.ref(draft.first("body")),
        correction=words.maybe(draft.first("correction")),
    )  # fmt: skip
    decision = await rooms(request).desk.preview(command)
    if isinstance(decision, Refused):
        return None
    entries = entries_of(act_of(command), decision.events, now - page.cycle.set_back, page.cycle)
    after = add_up(entries, page.cycle)
    return _row(page, after, after.findings[-1], now, {**page.words, **words.kept})


def as_saved(page: CyclePage, now: Any) -> PublicationRow:
    """The newest version that is saved.

    Raises: HTTPException: there is none.
    """
    if not page.cycle.findings:
        raise HTTPException(404)
    version = page.cycle.findings[-1]
    row = _row(page, page.cycle, version, version.published_at or now, page.words)
    return row.model_copy(update={"fingerprint": fingerprint(page.cycle, version)})


def _row(
    page: CyclePage, cycle: Cycle, version: FindingsVersion, at: Any, words: dict[str, str]
) -> PublicationRow:
    return PublicationRow(
        cycle=page.cycle.reference,
        version=version.version,
        published_at=at,
        fingerprint="",
        theme=cycle.theme,
        facts=public_facts(cycle, version),
        words=words,
    )
