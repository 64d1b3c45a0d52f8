"""Late now: what the office or the force promised in public and has not done, as far as that is public."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from rules.publishing.following import late_before
from schemas.counted import MOST_COUNTED
from schemas.searching import LatePage, LateRow
from web.door.rooms import rooms
from web.papers import atom
from web.public.caching import everybody, kept
from web.showing import words
from web.showing.dates import day
from web.showing.pages import A_PAGE, Leaf, number_in, skip

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
    count: int
    """How much there is on all pages."""


KINDS = {
    "actions": ("Promises that are overdue", "No published promise is overdue."),
    "findings": ("Findings that are overdue", "No findings are overdue."),
    "replies": ("Replies that are overdue", "No reply to the Panel or to a question is overdue."),
}
OF = {"action": "actions", "findings": "findings", "release": "findings", "answer": "replies"}


@router.api_route("/late", methods=GET)
async def late(request: Request) -> Response:
    """What is late at this moment, the longest first."""
    here, number = rooms(request), number_in(request)
    page = await here.reads.late_page(late_before(here.now()), A_PAGE, skip(number))
    leaf = Leaf("/late", number, page.all, what="What is late", counted=MOST_COUNTED)
    return everybody(
        request, "public/late.html", title=leaf.titled("Late now"), kinds=kinds(page, here.office.short),
        count=page.all, leaf=leaf,
    )  # fmt: skip


@router.api_route("/late.atom", methods=GET)
async def feed(request: Request) -> Response:
    """The same for feed readers: the fifty that fell due last, newest first."""
    here = rooms(request)
    rows = await here.reads.late_lately(late_before(here.now()), A_PAGE)
    lines = [said(row, here.office.short) for row in rows]
    entries = [
        atom.Item(
            one.id, f"Late: {one.what}", one.due_at, f"{one.whose}: due on {day(one.due_at)}.", one.address
        )
        for one in lines
    ]
    answer = atom.items(entries, here.office, "late", "Late now", "/late")
    return kept(request, Response(answer, media_type=atom.MEDIA_TYPE), answer.encode())


def kinds(page: LatePage, office: str) -> tuple[Kind, ...]:
    """What is late, under three headings."""
    sorted_by: dict[str, list[Late]] = {name: [] for name in KINDS}
    for row in page.rows:
        sorted_by[OF[row.what]].append(said(row, office))
    counts = {name: sum(page.counts.get(what, 0) for what, of in OF.items() if of == name) for name in KINDS}
    return tuple(Kind(*KINDS[name], tuple(found), counts[name]) for name, found in sorted_by.items())


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
