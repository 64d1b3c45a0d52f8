"""All findings: searched, filtered, in pages; and exactly the same as a feed, as a table and as data."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from schemas.plans import Plan
from schemas.searching import MARK_FROM, MARK_TO, Hits, Wanted
from web.door.rooms import rooms
from web.papers import atom, tables
from web.public.caching import everybody, kept
from web.public.coming import Coming, coming
from web.public.finding import Sought, find, lines_of
from web.showing import words

GET = ["GET", "HEAD"]
A_FEED, A_TABLE = 50, 10_000
UNSEEN = str.maketrans("", "", f"\x00{MARK_FROM}{MARK_TO}")
router = APIRouter(include_in_schema=False)


class Question(BaseModel):
    """What an address may ask for."""

    words: str = Field("", max_length=200)
    objective: str = Field("", max_length=64)
    judgement: str = Field("", max_length=64)
    year: str = Field("", max_length=8)
    open: str = Field("", max_length=8)
    page: int = Field(1, ge=1, le=1_000)


def sought_of(asked: Annotated[Question, Query()]) -> Sought:
    """What an address asks for; what cannot be meant by it is not asked for."""
    year = asked.year
    wanted = Wanted(
        words=" ".join(asked.words.translate(UNSEEN).split()),
        objective=asked.objective.translate(UNSEEN),
        judgement=asked.judgement.translate(UNSEEN),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == len("2026") else 0,
        open=bool(asked.open),
    )
    return Sought(wanted, asked.page)


Asked = Annotated[Sought, Depends(sought_of)]


@router.api_route("/findings", methods=GET)
async def findings(request: Request, sought: Asked) -> Response:
    """All findings, newest first; those that were looked for, best match first."""
    here = rooms(request)
    plan = await here.reads.plan()
    found = await find(here.reads, sought, plan)
    comes = Coming((), None, tuple(await here.reads.releases()))
    if not found.published:
        comes = await coming(here.reads, here.now())
    objectives = {one.id: one.title for one in plan.objectives} if plan else {}
    return everybody(
        request, "public/findings.html", title="Findings", found=found, sought=sought, coming=comes,
        objectives=objectives, judgements=words.ASSURANCE, tags=sought.tags(objectives),
    )  # fmt: skip


@router.api_route("/findings.atom", methods=GET)
async def feed(request: Request, sought: Asked) -> Response:
    """The newest findings for feed readers: all, or those that were looked for."""
    here = rooms(request)
    plan, hits = await _hits(request, sought, A_FEED)
    lines = sorted(lines_of(hits, plan), key=lambda one: one.changed_at, reverse=True)
    said = atom.atom(lines, here.office, sought)
    return kept(request, Response(said, media_type=atom.MEDIA_TYPE), said.encode())


@router.api_route("/findings.csv", methods=GET)
async def table(request: Request, sought: Asked) -> Response:
    """The same as a table for a spreadsheet."""
    plan, hits = await _hits(request, sought, A_TABLE)
    rows = [one.row for one in hits.hits]
    said = tables.findings(rows, plan, rooms(request).office.public_url)
    headers = {"Content-Disposition": 'attachment; filename="findings.csv"'}
    return kept(request, Response(said, headers=headers, media_type=tables.MEDIA_TYPE), said)


@router.api_route("/api/v1/findings.json", methods=GET)
async def data(request: Request, sought: Asked) -> Response:
    """The same as data, with the address of everything that was published of each."""
    plan, hits = await _hits(request, sought, A_TABLE)
    listed = [tables.as_data(one.row, plan, rooms(request).office.public_url) for one in hits.hits]
    asked = sought.wanted.model_dump(exclude_defaults=True)
    said = json.dumps({"asked": asked, "count": hits.count, "findings": listed}, ensure_ascii=False, indent=1)
    return kept(request, Response(said, media_type="application/json"), said.encode())


async def _hits(request: Request, sought: Sought, most: int) -> tuple[Plan | None, Hits]:
    reads = rooms(request).reads
    return await reads.plan(), await reads.search(sought.wanted, most)
