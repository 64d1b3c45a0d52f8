"""My tasks: what waits for a lead, what is to be confirmed, what was undertaken, and what was answered."""

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.appointments import leads_of
from rules.clocks import civil
from schemas.people import Person, Role
from web.door.identity import FORCE_ROLES, NotYours, require, stand_for, stands_for
from web.door.rooms import rooms
from web.forms.posted import FormBack
from web.needing.needs import needing
from web.showing.page import render
from web.showing.pages import A_PAGE, Leaf, Number, skip

router = APIRouter(include_in_schema=False)
Lead = Annotated[Person, Depends(require(*FORCE_ROLES))]
A_FEW = 20
"""Actions shown beside the tasks; the tracker has them all."""


@router.get("/tasks")
async def tasks(
    request: Request, person: Lead, page: Number = 1, answered: Number = 1, confirm: Number = 1
) -> Response:
    """What a lead owes; force coordination and the Chief Constable see everybody's."""
    here, now = rooms(request), rooms(request).now()
    lead, today = stands_for(request), civil(rooms(request).now())
    own = (lead or person.id) if person.role == Role.THEMATIC_LEAD else None
    people = await here.reads.people()
    owed, done, to_confirm, actions = await asyncio.gather(
        here.reads.task_list(own, today, owed=True, skip=skip(page)),
        here.reads.task_list(own, today, owed=False, skip=skip(answered)),
        needing(here, person, confirm),
        here.reads.open_actions(own, now, state="confirmed", most=A_FEW),
    )
    at = {"page": page, "answered": answered, "confirm": confirm}
    leaf = _leaf("page", at, owed.all, "Requests that wait for an answer")
    return render(
        request, "tasks/list.html", title=leaf.titled("My tasks"), owed=owed, done=done, own=own, leaf=leaf,
        actions=actions, to_confirm=to_confirm,
        confirm=_leaf("confirm", at, to_confirm.rows, "What is to be confirmed"),
        answered=_leaf("answered", at, done.all, "Answered requests"), stands_for=people.get(lead or ""),
        leads=[people[one] for one in _leads(person, people, now)],
    )  # fmt: skip


@router.post("/tasks/for")
async def choose_for(request: Request, person: Lead, back: FormBack) -> Response:
    """Answer for a lead whose deputy one is, or in one's own name again."""
    here = rooms(request)
    lead = back.typed.one("lead")
    if lead and lead not in _leads(person, await here.reads.people(), here.now()):
        raise NotYours(frozenset(FORCE_ROLES), "The directory does not name you as that lead's deputy today.")
    stand_for(request, lead or None)
    return RedirectResponse("/tasks", 303)


def _leads(person: Person, people: dict[str, Person], now: datetime) -> tuple[str, ...]:
    return leads_of(people.get(person.id, person), people, civil(now))


def _leaf(name: str, at: dict[str, int], count: int, what: str) -> Leaf:
    """One of the lists of the page, whose pages are turned while the others stay."""
    others = tuple((one, str(number)) for one, number in at.items() if one != name and number > 1)
    return Leaf("/tasks", at[name], count, A_PAGE, others, name, "" if name == "page" else name, what)
