"""From the link in a mail to the task: what is asked and by when, a code, and a session for that task.

Mail scanners open links and post forms. Opening does nothing; the one post that works without the code sends
a mail to the lead's own address.
"""

import secrets
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.clocks import civil
from rules.linking import CODE_LASTS, DIGITS, led_as, mail_down
from schemas.outcomes import Refused
from web.acting.refusals import treatment
from web.door.identity import begin, scope_of, signed_in, stand_for
from web.door.rooms import rooms
from web.forms.posted import FormBack
from web.linking.facts import Behind, behind, hushed, links_of, place_of
from web.showing.dates import hour
from web.showing.page import render

router = APIRouter(include_in_schema=False)


@router.get("/t/{token}")
async def landing(request: Request, token: str) -> Response:
    """What is asked and by when, and a button for a code."""
    found = await behind(request, token)
    return _landing(request, found) if found else unknown(request)


@router.post("/t/{token}/code")
async def email_code(request: Request, token: str, _back: FormBack) -> Response:
    """Send a code to the lead's own address, and ask for it."""
    found = await behind(request, token)
    if found is None:
        return unknown(request)
    refused = await _send_code(request, found, rooms(request).now())
    if refused:
        return _landing(request, found, refused)
    return hushed(RedirectResponse(f"/t/{token}/code", 303))


@router.get("/t/{token}/code")
async def ask_code(request: Request, token: str) -> Response:
    """Where the code is typed."""
    found = await behind(request, token)
    return _typing(request, found) if found else unknown(request)


@router.post("/t/{token}")
async def take_code(request: Request, token: str, back: FormBack) -> Response:
    """Take the code, and go on to the task at its clean address."""
    found = await behind(request, token)
    if found is None:
        return unknown(request)
    now = rooms(request).now()
    people = await rooms(request).reads.people()
    refused = await links_of(request).take_code(found.link, back.typed.one("code"), now)
    if refused:
        return _typing(request, found, refused)
    led = led_as(found.person, found.asked, people, civil(now))
    if led is None:
        return hushed(
            render(request, "links/not-yours.html", 403, title="This request is with somebody else")
        )
    await begin(request, found.person.model_copy(update={"role": led.role}), scope=found.scope)
    stand_for(request, led.deputising_for)
    return hushed(RedirectResponse(found.task, 303))


def unknown(request: Request) -> Response:
    """One and the same page for a wrong, an unknown and a revoked link."""
    return hushed(render(request, "links/unknown.html", 404, title="This link does not work"))


async def _send_code(request: Request, found: Behind, now: datetime) -> Refused | None:
    links, letters = links_of(request), rooms(request).link_letters
    drawn = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    asked = await links.ask_code(found.link, drawn, place_of(request), now)
    if isinstance(asked, Refused) or not asked:
        return asked or None
    said = {**found.said, "until": hour(now + CODE_LASTS)}
    if letters and await letters.code(found.person.id, drawn, f"/t/{found.token}/code", said):
        return None
    await links.not_sent(found.link, drawn)
    return mail_down()


def _landing(request: Request, found: Behind, refused: Refused | None = None) -> Response:
    status = treatment(refused).status if refused else 200
    person, scope = signed_in(request), scope_of(request)
    is_in = person is not None and person.id == found.person.id and scope in (None, found.scope)
    return hushed(
        render(
            request, "links/landing.html", status, title=found.page.say(found.asked.draft.title),
            found=found, asked=found.asked, is_in=is_in, errors=_errors(refused),
        )
    )  # fmt: skip


def _typing(request: Request, found: Behind, refused: Refused | None = None) -> Response:
    status = treatment(refused).status if refused else 200
    dead = refused is not None and refused.code in ("code_expired", "code_used_up")
    title = "You need a new code" if dead else "Enter the code that we emailed to you"
    return hushed(
        render(
            request, "links/code.html", status, title=title, found=found, asked=found.asked,
            errors=_errors(refused), dead=dead,
        )
    )  # fmt: skip


def _errors(refused: Refused | None) -> dict[str, str]:
    return {"code": refused.message} if refused else {}
