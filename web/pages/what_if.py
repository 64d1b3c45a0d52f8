"""What if? A supposition about a cycle under way: asked on a form, worked out apart, answered on one page."""

import logging
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from rehearsal.taking import take_along
from rules.acting.supposing import MAY_SUPPOSE
from rules.supposing.asking import Said, supposition
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.rows import CyclePage
from schemas.supposing import MOST_LATE, Supposing
from web.acting.doing import GENERAL
from web.acting.refusals import treatment
from web.acting.scenes import cycle_page
from web.door.identity import require
from web.door.rooms import rooms
from web.forms.fields import Field, Typed
from web.forms.posted import FormBack
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Asker = Annotated[Person, Depends(require(*MAY_SUPPOSE))]
HERE = "<!-- the answer -->"
"""Where the answer goes: what stands before it is sent at once, and the rest when it is known."""
WRONG = 422
UNAVAILABLE = 503
OWED = {
    "return": "Return",
    "review": "Review of the return",
    "session": "Session",
    "notice": "Notice of session",
    "papers": "Papers of session",
    "action": "Action",
    "fact_check": "Fact check of version",
    "findings": "Publication of the findings",
    "answer": "Written answer",
    "comments": "Comments on the inspection report",
}
"""What each thing owed is called; all but the publication are followed by a number."""
FIELDS = (
    Field(
        "force_late",
        "How late does the force send what it owes?",
        hint=f"Working days after the due day of each return, 1 to {MOST_LATE}, or silent if nothing comes. "
        "Leave it empty if everything comes on its day.",
        optional=True,
    ),
    Field(
        "session_moves",
        "By how many days does the next session move?",
        hint="For example 7 for a week later, or -7 for a week earlier. It starts at the same hour.",
        optional=True,
    ),
    Field(
        "holidays",
        "Which days are proclaimed bank holidays?",
        hint="For example 24 12 2026. Put a comma between two days.",
        optional=True,
    ),
    Field(
        "office_late",
        "How late does the office look at returns?",
        hint=f"Working days after its own standard, 1 to {MOST_LATE}.",
        optional=True,
    ),
)

log = logging.getLogger("answerable.web")


@router.get("/cycles/{reference}/what-if")
async def ask(request: Request, reference: str, person: Asker) -> Response:
    """Ask what is supposed; meanwhile a process gets ready to answer."""
    del person
    page = await cycle_page(request, reference)
    await rooms(request).what_ifs.get_ready()
    return _form(request, page, Typed(), {})


@router.post("/cycles/{reference}/what-if")
async def answer(request: Request, reference: str, person: Asker, back: FormBack) -> Response:
    """Begin the page at once, and end it with the answer; or show the form again with what is wrong."""
    del person
    page, here = await cycle_page(request, reference), rooms(request)
    typed = back.typed
    supposed = supposition(said_in(typed))
    if isinstance(supposed, tuple):
        return _form(request, page, typed, _by_field(supposed), WRONG)
    taken = await take_along(here.reads, reference, supposed, here.forums.values(), here.now())
    if isinstance(taken, tuple):
        return _form(request, page, typed, _by_field(taken), treatment(taken[0]).status)
    if refused := here.what_ifs.refused():
        return _form(request, page, typed, {GENERAL: refused.message}, UNAVAILABLE)
    shell = render(
        request, "cycles/what-if-answer.html", title="What if?", page=page, cycle=page.cycle, say=page.say,
        fields=FIELDS, typed=typed, here=HERE, back=(f"/cycles/{reference}", f"Cycle {reference}"),
    )  # fmt: skip
    people = await here.reads.people()
    return StreamingResponse(
        _told(request, str(shell.body, "utf-8"), taken, page, people),
        media_type="text/html; charset=utf-8",
        headers={"Cache-Control": "private, no-store", "X-Accel-Buffering": "no"},
    )


def said_in(typed: Typed) -> Said:
    """What was typed, for the rules to read; several days stand between commas."""
    return Said(
        force_late=typed.one("force_late")[:100],
        session_moves=typed.one("session_moves")[:100],
        holidays=tuple(typed.one("holidays")[:1000].split(",")),
        office_late=typed.one("office_late")[:100],
    )


async def _told(
    request: Request, shell: str, taken: Supposing, page: CyclePage, people: dict[str, Person]
) -> AsyncIterator[str]:
    """The page up to the answer, then the answer and the rest."""
    before, _, after = shell.partition(HERE)
    yield before
    try:
        found = await rooms(request).what_ifs.answer(taken)
    except Exception:
        log.exception("A what-if about %s failed", page.cycle.reference)
        found = Refused(
            code="what_if_failed",
            message="The what-if could not be worked out; it is our fault and has been noted. "
            "Nothing was changed.",
            source="process.wrong-input",
        )
    refused = found if isinstance(found, Refused) else None
    said = render(
        request, "cycles/what-if-said.html", found=None if refused else found, refused=refused, page=page,
        cycle=page.cycle, say=page.say, people=people, owed=OWED,
    )  # fmt: skip
    yield str(said.body, "utf-8")
    yield after


def _form(
    request: Request, page: CyclePage, typed: Typed, errors: dict[str, str], status: int = 200
) -> Response:
    reference = page.cycle.reference
    return render(
        request, "cycles/what-if.html", int(status), title="What if?", page=page, cycle=page.cycle,
        say=page.say, fields=FIELDS, typed=typed, errors=errors,
        back=(f"/cycles/{reference}", f"Cycle {reference}"),
    )  # fmt: skip


def _by_field(refused: tuple[Refused, ...]) -> dict[str, str]:
    """What is wrong, one sentence for each field: the first where there are several."""
    if any(one.code == "no_such_cycle" for one in refused):
        raise HTTPException(404)
    return {one.field or GENERAL: one.message for one in reversed(refused)}
