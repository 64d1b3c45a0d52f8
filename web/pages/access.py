"""Who may see a cycle: restrict it to named people, open it all the same, and what was opened and why."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.restricting import (
    MAY_OPEN,
    MAY_READ_LOG,
    MAY_RESTRICT,
    open_all_the_same,
    reasoned,
    restrict,
)
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.viewing import Restriction
from web.acting.scenes import REFERENCE
from web.door.identity import require
from web.door.rooms import rooms
from web.door.walls import KeepsWalls
from web.forms.fields import Field, Option, Typed
from web.forms.posted import FormBack
from web.showing.page import render
from web.showing.pages import A_PAGE, Number, skip

router = APIRouter(include_in_schema=False)
Opener = Annotated[Person, Depends(require(*MAY_OPEN))]
Restricter = Annotated[Person, Depends(require(*MAY_RESTRICT))]
Auditor = Annotated[Person, Depends(require(*MAY_READ_LOG))]
WHY_OPEN = Field(
    "reason", "Why do you need to see it?", "text",
    "A sentence. It stays on record with your name, and the chief executive is told by mail.",
)  # fmt: skip
WHY = Field("reason", "Why?", "text", "A sentence. It stays on record with your name.")


@router.get("/cycles/{reference}/open")
async def ask_open(request: Request, reference: str, _person: Opener) -> Response:
    """Ask for the reason before a restricted cycle is opened."""
    one = await _restriction(request, reference)
    if await _seen(request, reference):
        return RedirectResponse(f"/cycles/{reference}", 303)
    return await _open_form(request, one, Typed(), {})


@router.post("/cycles/{reference}/open")
async def open_it(request: Request, reference: str, person: Opener, back: FormBack) -> Response:
    """Open it for sixty minutes, on record. Sent twice, it is opened once."""
    one, here = await _restriction(request, reference), rooms(request)
    made = open_all_the_same(reference, person, back.typed.one("reason"), here.now())
    if isinstance(made, Refused):
        return await _open_form(request, one, back.typed, {made.field or "reason": made.message})
    await _walls(request).open(made)
    request.session["said"] = "It is open to you for 60 minutes. The reason is on record"
    return RedirectResponse(f"/cycles/{reference}", 303)


@router.get("/cycles/{reference}/restrict")
async def ask_restrict(request: Request, reference: str, _person: Restricter) -> Response:
    """Who of the office may see a cycle."""
    if not await _seen(request, reference):
        raise HTTPException(404)
    return await _restrict_form(request, reference, Typed(), {})


@router.post("/cycles/{reference}/restrict")
async def restrict_it(request: Request, reference: str, person: Restricter, back: FormBack) -> Response:
    """Restrict it to those who were chosen, or let the whole office see it again."""
    if not await _seen(request, reference):
        raise HTTPException(404)
    here, reason = rooms(request), back.typed.one("reason")
    if back.typed.one("lift"):
        made: Restriction | Refused | None = reasoned(reason)
    else:
        people = await here.reads.people()
        made = restrict(reference, back.typed.all("named"), reason, person, people=people, at=here.now())
    if isinstance(made, Refused):
        return await _restrict_form(request, reference, back.typed, {made.field or "reason": made.message})
    await _written(request, reference, made, person, reason)
    return RedirectResponse(
        "/office/access" if made and person.id not in made.named else f"/cycles/{reference}", 303
    )


@router.get("/office/access")
async def listed(request: Request, _person: Auditor, page: Number = 1) -> Response:
    """What was restricted and opened, by whom and why, newest first; and what is open now."""
    here = rooms(request)
    rows = await here.reads.access(A_PAGE + 1, skip(page))
    return render(
        request, "access/list.html", title="Access", rows=rows[:A_PAGE], more=len(rows) > A_PAGE, page=page,
        open_now=await here.reads.openings(here.now()), people=await here.reads.people(),
    )  # fmt: skip


async def _written(
    request: Request, reference: str, made: Restriction | None, person: Person, reason: str
) -> None:
    """Keep a restriction, or its end, and say what was done."""
    walls, now = _walls(request), rooms(request).now()
    if made:
        done = await walls.restrict(made, person.role.value)
        said = f"{reference} is now restricted to those who are named"
    else:
        done = await walls.lift(reference, person.id, person.role.value, reason.strip(), now)
        said = f"The whole office sees {reference} again"
    request.session["said"] = said if done else "Nothing had to change"


async def _open_form(request: Request, one: Restriction, typed: Typed, errors: dict[str, str]) -> Response:
    return render(
        request, "access/open.html", 422 if errors else 200, title="This is restricted. Open it anyway",
        one=one, people=await rooms(request).reads.people(), fields=[WHY_OPEN], typed=typed, errors=errors,
    )  # fmt: skip


async def _restrict_form(request: Request, reference: str, typed: Typed, errors: dict[str, str]) -> Response:
    reads = rooms(request).reads
    people, one = await reads.people(), await reads.restriction(reference)
    office = sorted(
        (known for known in people.values() if known.side == "opcc"), key=lambda known: known.title
    )
    named = Field(
        "named", "Who of the office may still see it?", "many",
        "Whoever is asked for evidence in it goes on seeing their own request.",
        options=tuple(Option(known.id, known.title) for known in office), chosen=one.named if one else (),
    )  # fmt: skip
    return render(
        request, "access/restrict.html", 422 if errors else 200, title="Who may see this cycle", one=one,
        reference=reference, fields=[named, WHY], typed=typed, errors=errors, people=people,
        back=(f"/cycles/{reference}", f"Cycle {reference}"),
    )  # fmt: skip


async def _restriction(request: Request, reference: str) -> Restriction:
    found = await rooms(request).reads.restriction(reference) if REFERENCE.fullmatch(reference) else None
    if found is None:
        raise HTTPException(404)
    return found


async def _seen(request: Request, reference: str) -> bool:
    known = REFERENCE.fullmatch(reference)
    return known is not None and await rooms(request).reads.cycle(reference) is not None


def _walls(request: Request) -> KeepsWalls:
    found = rooms(request).walls
    if found is None:
        raise HTTPException(404)
    return found
