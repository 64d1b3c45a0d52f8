"""The findings of a cycle for the office: versions, signatures, checks, redactions, release, what blocks."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rules.acting.authority import MAY
from rules.publishing.publishable import blocks
from rules.publishing.redaction import readable
from rules.publishing.releasing import waiting
from schemas.cycle import FindingsVersion
from schemas.people import Person
from schemas.rows import CyclePage
from web.acting.scenes import cycle_page
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.forms import findings, releases
from web.forms.catalogue import offers
from web.showing.differences import Row, differences
from web.showing.page import render
from web.showing.ready import tasks

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES))]
NOT_FOUND = 404
KINDS = frozenset(one.kind for one in (*findings.FORMS, *releases.FORMS))


@dataclass(frozen=True)
class Shown:
    """One version as the office sees it: the draft, and the copy where something is taken out of it."""

    version: FindingsVersion
    answer: str
    body: str
    copied: tuple[str, str] | None
    taken_out: tuple[tuple[str, str], ...]
    comments: str


@router.get("/cycles/{reference}/findings")
async def one(request: Request, reference: str, person: Reader, version: int = 0) -> Response:
    """All versions, the newest in full unless another is asked for, and what keeps it from the public."""
    page = await cycle_page(request, reference)
    found = _version(page, version) if version else (page.cycle.findings or (None,))[-1]
    here = rooms(request)
    now = here.now() - page.cycle.set_back
    return render(
        request, "findings/one.html", title="Findings", cycle=page.cycle, say=page.say,
        people=await here.reads.people(), shown=shown(page, found) if found else None,
        blocks=blocks(page.cycle, now), tasks=() if waiting(page.cycle) else tasks(page.cycle, now),
        waiting=waiting(page.cycle), public=page.cycle.published(),
        offers=[form for form in offers(person.role, page.cycle) if form.kind in KINDS],
        may_compare=len(page.cycle.findings) > 1, back=(f"/cycles/{reference}", f"Cycle {reference}"),
    )  # fmt: skip


@router.get("/cycles/{reference}/findings/compare")
async def compare(
    request: Request,
    reference: str,
    _person: Reader,
    first: Annotated[int, Query(alias="from", ge=1)] = 1,
    to: Annotated[int, Query(ge=1)] = 2,
) -> Response:
    """Two versions side by side, with the words marked that changed."""
    page = await cycle_page(request, reference)
    before, after = _version(page, first), _version(page, to)
    return render(
        request, "findings/compare.html", title=f"Versions {first} and {to}", cycle=page.cycle, say=page.say,
        before=before, after=after, answers=_rows(page, before.answer, after.answer),
        bodies=_rows(page, before.body, after.body),
        back=(f"/cycles/{reference}/findings", "The findings"),
    )  # fmt: skip


@router.get("/cycles/{reference}/findings/redactions")
async def redactions(
    request: Request, reference: str, _person: Annotated[Person, Depends(require(*MAY["CheckRedactions"]))]
) -> Response:
    """The draft and the copy of the newest version side by side."""
    page = await cycle_page(request, reference)
    newest = page.cycle.findings[-1] if page.cycle.findings else None
    if newest is None or newest.redaction is None:
        raise HTTPException(NOT_FOUND)
    return render(
        request, "findings/compare.html", title=f"The draft and the copy of version {newest.version}",
        cycle=page.cycle, say=page.say, before=None, after=None,
        answers=_rows(page, newest.answer, newest.redaction.answer),
        bodies=_rows(page, newest.body, newest.redaction.body),
        back=(f"/cycles/{reference}/findings", "The findings"),
    )  # fmt: skip


def shown(page: CyclePage, version: FindingsVersion) -> Shown:
    """One version with its words."""
    redaction = version.redaction
    spans = redaction.spans if redaction else ()
    texts = {"answer": page.say(version.answer), "body": page.say(version.body)}
    return Shown(
        version=version,
        answer=texts["answer"],
        body=texts["body"],
        copied=(page.say(redaction.answer), page.say(redaction.body)) if redaction else None,
        taken_out=tuple(readable(texts[one.of], [one])[0] for one in spans),
        comments=page.say(version.fact_check.comments) if version.fact_check else "",
    )


def _rows(page: CyclePage, before: str, after: str) -> list[Row]:
    return differences(page.say(before), page.say(after))


def _version(page: CyclePage, number: int) -> FindingsVersion:
    found = next((one for one in page.cycle.findings if one.version == number), None)
    if found is None:
        raise HTTPException(NOT_FOUND)
    return found
