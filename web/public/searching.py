"""All findings: searched, filtered, in pages; and exactly the same as a feed, as a table and as data."""

import json
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from handover.cells import MEDIA_TYPE, streamed
from schemas.plans import Plan
from schemas.searching import MARK_FROM, MARK_TO, Hit, Wanted
from store.reads import Reads
from store.viewing import looking
from web.door.rooms import rooms
from web.papers import atom, tables
from web.papers.held import Held
from web.papers.lists import ListOf
from web.public.caching import as_file, everybody, kept
from web.public.coming import Coming, coming
from web.public.finding import Sought, find, lines_of
from web.showing import words

GET = ["GET", "HEAD"]
A_FEED = 50
Kind = Literal["csv", "json"]
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
    plan, hits = await here.reads.plan(), await here.reads.search(sought.wanted, A_FEED)
    lines = sorted(lines_of(hits, plan), key=lambda one: one.changed_at, reverse=True)
    said = atom.atom(lines, here.office, sought)
    return kept(request, Response(said, media_type=atom.MEDIA_TYPE), said.encode())


@router.api_route("/findings.csv", methods=GET)
async def table(request: Request, sought: Asked) -> Response:
    """The same as a table for a spreadsheet."""
    return as_file(request, await _taken(request, sought, "csv"), MEDIA_TYPE, "findings.csv")


@router.api_route("/api/v1/findings.json", methods=GET)
async def data(request: Request, sought: Asked) -> Response:
    """The same as data, with the address of everything that was published of each."""
    return as_file(request, await _taken(request, sought, "json"), "application/json")


async def _taken(request: Request, sought: Sought, kind: Kind) -> Held:
    """The whole answer as a file, made once for all who ask, as everybody may have it."""
    here, wanted = rooms(request), sought.wanted
    with looking():
        plan, mark = await here.reads.plan(), await here.reads.public_mark()
        making = partial(WRITERS[kind], here.reads, wanted, plan, here.office.public_url)
        return await here.tables.get(f"{kind} {wanted.model_dump_json()}", mark, making)


def _table(reads: Reads, wanted: Wanted, plan: Plan | None, public_url: str) -> AsyncGenerator[bytes]:
    def line(one: Hit) -> list[object]:
        return tables.findings_line(tables.as_data(one.row, plan, public_url))

    return streamed(tables.FINDINGS, _found(reads, wanted), line)


async def _found(reads: Reads, wanted: Wanted) -> AsyncGenerator[tuple[Hit, ...]]:
    async with aclosing(reads.every_hit(wanted)) as some:
        async for one in some:
            yield one.hits


async def _data(reads: Reads, wanted: Wanted, plan: Plan | None, public_url: str) -> AsyncGenerator[bytes]:
    listed: ListOf | None = None
    async with aclosing(reads.every_hit(wanted)) as some:
        async for hits in some:
            if listed is None:
                listed = _list_of(wanted, hits.count)
                yield listed.begun()
            yield listed.items(tables.as_data(one.row, plan, public_url) for one in hits.hits)
    if listed is None:
        listed = _list_of(wanted, 0)
        yield listed.begun()
    yield listed.ended()


def _list_of(wanted: Wanted, count: int) -> ListOf:
    said: dict[str, object] = {"asked": wanted.model_dump(exclude_defaults=True), "count": count}
    before = json.dumps({**said, "findings": []}, ensure_ascii=False, indent=1)
    return ListOf(before.removesuffix("[]\n}"), "\n}", depth=2)


WRITERS: dict[Kind, Callable[[Reads, Wanted, Plan | None, str], AsyncGenerator[bytes]]] = {
    "csv": _table, "json": _data,
}  # fmt: skip
