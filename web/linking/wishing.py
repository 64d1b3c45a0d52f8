"""Asking the office for a new link: by work address, and always with the same answer."""

import re

from fastapi import APIRouter, BackgroundTasks
from starlette.requests import Request
from starlette.responses import Response

from rules.acting.appointments import role_on
from rules.clocks import civil
from rules.linking import is_closed, led_as
from web.door.looking import look_for
from web.door.rooms import rooms
from web.forms.posted import FormBack
from web.linking.facts import hushed, place_of, said_of
from web.showing.page import render

router = APIRouter(include_in_schema=False)
ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
MOST_LETTERS = 10
"""To the office, for one wish: one for each request that waits for whoever asks."""


@router.get("/new-link")
async def ask(request: Request) -> Response:
    """Where somebody types their work address."""
    return hushed(render(request, "links/wish.html", title="Ask for a new link", errors={}, typed=""))


@router.post("/new-link")
async def asked(request: Request, back: FormBack, later: BackgroundTasks) -> Response:
    """Pass the wish on to the office. The answer says the same to everybody, and as fast."""
    typed = back.typed.one("address").strip()
    if not ADDRESS.fullmatch(typed):
        errors = {"address": "Enter your work email address, such as name@force.police.uk"}
        return hushed(
            render(request, "links/wish.html", 422, title="Ask for a new link", errors=errors, typed=typed)
        )
    later.add_task(_pass_on, request, typed)
    answer = render(request, "links/wished.html", title="We have passed it on")
    answer.background = later
    return hushed(answer)


async def _pass_on(request: Request, typed: str) -> None:
    """Tell the officer of each request that waits for this person, where somebody has this address."""
    here = rooms(request)
    who = await here.link_letters.person_at(typed) if here.link_letters else None
    if who is None or who.side != "force" or here.links is None or here.link_letters is None:
        return
    if not await here.links.may_ask(typed, place_of(request), here.now()):
        return
    today = civil(here.now())
    look_for(request, who.model_copy(update={"role": role_on(who, today)}))
    people = await here.reads.people()
    waiting = [
        (page, one)
        for page in await here.reads.under_way()
        for one in page.cycle.requests
        if not is_closed(page.cycle, one) and led_as(who, one, people, today)
    ]
    for page, one in waiting[:MOST_LETTERS]:
        path = f"/cycles/{page.cycle.reference}/requests/{one.number}/links"
        await here.link_letters.wish(page.cycle.opened_by.person, who.id, path, said_of(page, one))
