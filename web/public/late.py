"""Late now: what the office or the force promised in public and has not done, as far as that is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from rules.publishing.following import late_before
from schemas.searching import LateRow
from web.door.rooms import rooms
from web.papers import atom
from web.public.caching import everybody, kept
from web.showing import words
from web.showing.dates import day

GET = ["GET", "HEAD"]
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Late:
    """One thing that is late, in words."""

    id: str
    what: str
    whose: str
    due_at: datetime
    about: str
    address: str
    reference: str


@dataclass(frozen=True)
class Kind:
    """What is late of one kind."""

    title: str
    none: str
    found: tuple[Late, ...]


KINDS = {
    "actions": ("Promises that are overdue", "No published promise is overdue."),
    "findings": ("Findings that are overdue", "No findings are overdue."),
    "replies": ("Replies that are overdue", "No reply to the Panel or to a question is overdue."),
}
OF = {"action": "actions", "findings": "findings", "release": "findings", "answer": "replies"}


@router.api_route("/late", methods=GET)
async def late(request: Request) -> Response:
    """What is late at this moment, the longest first."""
    here = rooms(request)
    found = kinds(await here.reads.late_now(late_before(here.now())), here.office.short)
    count = sum(len(one.found) for one in found)
    return everybody(request, "public/late.html", title="Late now", kinds=found, count=count)


@router.api_route("/late.atom", methods=GET)
async def feed(request: Request) -> Response:
    """The same for feed readers: what fell due last comes first."""
    here = rooms(request)
    rows = await here.reads.late_now(late_before(here.now()))
    lines = [said(row, here.office.short) for row in reversed(rows)]
    entries = [
        atom.Item(
            one.id, f"Late: {one.what}", one.due_at, f"{one.whose}: due on {day(one.due_at)}.", one.address
        )
        for one in lines
    ]
    answer = atom.items(entries, here.office, "late", "Late now", "/late")
    return kept(request, Response(answer, media_type=atom.MEDIA_TYPE), answer.encode())


def kinds(rows: Iterable[LateRow], office: str) -> tuple[Kind, ...]:
    """What is late, under three headings."""
    sorted_by: dict[str, list[Late]] = {name: [] for name in KINDS}
    for row in rows:
        sorted_by[OF[row.what]].append(said(row, office))
    return tuple(Kind(*KINDS[name], tuple(found)) for name, found in sorted_by.items())


def said(row: LateRow, office: str) -> Late:
    """One of them in words."""
    slug = row.cycle.lower()
    what = {
        "action": row.title or f"Action {row.number}",
        "findings": f"Findings: {row.cycle_title}",
        "release": f"Findings: {row.cycle_title}",
        "answer": f"An answer in writing after the {words.FORUMS.get(row.forum, 'meeting')}",
    }[row.what]
    whose = row.owner or (office if row.what != "action" else "The force")
    return Late(
        id=f"{slug}:{row.key}:{row.due_at:%Y-%m-%d}".replace("/", "-"),
        what=what,
        whose=whose if row.what != "answer" else "Whoever was asked",
        due_at=row.due_at,
        about=row.cycle_title,
        address=f"/findings/{slug}#promised" if row.what == "action" else f"/meetings/{slug}",
        reference=row.cycle,
    )
