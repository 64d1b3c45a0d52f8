"""The public pages: what was asked, what was found, what was promised, and what became of it."""

import re
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from schemas.rows import PublicationRow
from web.door.rooms import rooms
from web.law.reasons import Panel, panels_of
from web.papers import pdf
from web.papers.facts import facts_json, withdrawn_json
from web.public import archive, following, late, ledger, performance, plan, reporting, searching, statements
from web.public.caching import everybody, kept
from web.public.coming import coming
from web.public.finding import line, newest
from web.public.picture import picture
from web.public.record import Record, record

MOST = 2_000
"""How many published versions are searched."""
REFERENCE = re.compile(r"HTA-\d{4}-\d{2,4}")
GET = ["GET", "HEAD"]
GONE = 410
Version = Annotated[int | None, Query(ge=1)]

router = APIRouter(include_in_schema=False)
PARTS = (searching, statements, late, archive, ledger, following, plan, performance, reporting)
ROUTERS = (*(part.router for part in PARTS), router)
"""Every page that is for everybody."""


@router.api_route("/", methods=GET)
async def home(request: Request) -> Response:
    """What this is, the newest findings and the next meetings."""
    here = rooms(request)
    plan = await here.reads.plan()
    rows = [row for row in newest(await here.reads.publications(most=50)) if row.withdrawn_at is None]
    lines = [line(row, plan) for row in rows[:3]]
    comes = await coming(here.reads, here.now())
    return everybody(request, "public/home.html", title="Answers, in public", lines=lines, coming=comes)


@router.api_route("/findings/{reference}.json", methods=GET)
async def as_json(request: Request, reference: str, version: Version = None) -> Response:
    """One published version for programs, with all that it takes to check its fingerprint."""
    row = await _published(request, reference, version)
    if row and row.withdrawn_at:
        return Response(withdrawn_json(row, _address(request, row)), GONE, media_type="application/json")
    if row is None:
        return await _instead(request, reference, row)
    said = facts_json(row, _address(request, row))
    return kept(request, Response(said, media_type="application/json"), said)


@router.api_route("/findings/{reference}.pdf", methods=GET)
async def as_pdf(request: Request, reference: str, version: Version = None) -> Response:
    """One published version for paper."""
    row = await _published(request, reference, version)
    if row is None or row.withdrawn_at:
        return await _instead(request, reference, row)
    facts = facts_json(row, _address(request, row))
    said = await pdf.paper(await _record(request, row), facts, rooms(request).office)
    name = f'inline; filename="{row.cycle.lower()}-version-{row.version}.pdf"'
    answer = Response(said, headers={"Content-Disposition": name}, media_type=pdf.MEDIA_TYPE)
    return kept(request, answer, said)


@router.api_route("/findings/{reference}/versions/{version}", methods=GET)
async def one_version(request: Request, reference: str, version: Annotated[int, Path(ge=1)]) -> Response:
    """One version as it was published, newest or not."""
    return await one_set(request, reference, version)


@router.api_route("/findings/{reference}", methods=GET)
async def one_set(request: Request, reference: str, version: Version = None) -> Response:
    """The record: question, answer, judgements, promises, evidence, and how it all went."""
    row = await _published(request, reference, version)
    if row is None or row.withdrawn_at:
        return await _instead(request, reference, row)
    found = await _record(request, row)
    return everybody(
        request, "public/record.html", title=found.title, record=found, picture=picture(found),
        reasons=await _reasons(request, found), address=_address(request, row),
    )  # fmt: skip


async def _published(request: Request, reference: str, version: int | None) -> PublicationRow | None:
    known = reference.upper()
    return await rooms(request).reads.publication(known, version) if REFERENCE.fullmatch(known) else None


async def _record(request: Request, row: PublicationRow) -> Record:
    reads = rooms(request).reads
    page = await reads.cycle(row.cycle)
    rows = await reads.timeline(row.cycle, public=True)
    return record(
        row,
        page,
        rows,
        plan=await reads.plan(),
        people=await reads.people(),
        now=rooms(request).now(),
    )


async def _reasons(request: Request, shown: Record) -> dict[int, Panel]:
    """Why each request fell due when it did."""
    page = await rooms(request).reads.cycle(shown.reference)
    return panels_of(page.cycle, [(one.number, one.due_on) for one in shown.looked]) if page else {}


def _address(request: Request, row: PublicationRow) -> str:
    return f"{rooms(request).office.public_url}/findings/{row.cycle.lower()}"


async def _instead(request: Request, reference: str, row: PublicationRow | None) -> Response:
    """What stands where nothing can be read: the notice, that they are to come, or that there are none."""
    if row:
        newest_row = await _published(request, reference, None)
        again = newest_row if newest_row and newest_row.withdrawn_at is None else None
        title = "These findings were withdrawn"
        return everybody(request, "public/withdrawn.html", GONE, title=title, row=row, again=again)
    known = reference.upper()
    reads = rooms(request).reads
    releases = await reads.releases(known) if REFERENCE.fullmatch(known) else []
    if releases and await reads.publication(known) is None:
        release = releases[0]
        return everybody(request, "public/awaited.html", title=release.title, release=release)
    return _unknown(request, reference)


def _unknown(request: Request, reference: str) -> Response:
    known = reference.upper() if REFERENCE.fullmatch(reference.upper()) else ""
    return everybody(request, "public/unknown.html", 404, title="No such findings", reference=known)
