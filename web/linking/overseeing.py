"""Who has a link to a request: when it went out and was last used; revoked, or sent anew, by an officer."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.clocks import civil
from rules.linking import is_closed, led_as
from schemas.cycle import Request as Asked
from schemas.links import TaskLink, Why
from schemas.people import Person, Role
from schemas.rows import CyclePage
from web.acting.scenes import cycle_page
from web.door.identity import OPCC_ROLES, keeps_sessions, require
from web.door.rooms import rooms
from web.forms.posted import FormBack, fresh_key
from web.linking.facts import hushed, links_of, said_of
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES))]
Officer = Annotated[Person, Depends(require(Role.POLICY_OFFICER, Role.CHIEF_EXECUTIVE))]
WHYS: dict[Why, str] = {
    "may_be_known": "Somebody else may have it, or may read the mailbox",
    "not_theirs_now": "This request is no longer theirs",
    "wrong_person": "It was sent to the wrong person",
}


@dataclass(frozen=True)
class Holder:
    """One person's links to a request, summed up."""

    person: str
    title: str
    links: tuple[TaskLink, ...]

    @property
    def live(self) -> tuple[TaskLink, ...]:
        """Those that still work."""
        return tuple(one for one in self.links if one.revoked_at is None)

    @property
    def sent(self) -> TaskLink | None:
        """The one that went out last."""
        return max(
            (one for one in self.links if one.sent_at),
            key=lambda one: one.sent_at or one.made_at,
            default=None,
        )

    @property
    def opened(self) -> TaskLink | None:
        """The one behind which a code was typed last."""
        some = [one for one in self.links if one.opened_at]
        return max(some, key=lambda one: one.opened_at or one.made_at, default=None)

    @property
    def revoked(self) -> TaskLink | None:
        """The one that was revoked last."""
        some = [one for one in self.links if one.revoked_at]
        return max(some, key=lambda one: one.revoked_at or one.made_at, default=None)


@router.get("/cycles/{reference}/requests/{number}/links")
async def links(request: Request, reference: str, number: int, person: Reader) -> Response:
    """Everybody who has a link to this request."""
    page, asked = await _request(request, reference, number)
    return await _show(request, page, asked, person, {})


@router.post("/cycles/{reference}/requests/{number}/links/revoke")
async def revoke(request: Request, reference: str, number: int, person: Officer, back: FormBack) -> Response:
    """Let somebody's links to this request no longer work, and end what they opened by them."""
    page, asked = await _request(request, reference, number)
    who, why = back.typed.one("person"), back.typed.one("why")
    if why not in WHYS:
        return await _show(request, page, asked, person, {f"why-{who}": "Say why it is revoked"})
    now = rooms(request).now()
    kept = keeps_sessions(request)
    await links_of(request).shut(kept, reference, number, who, by=person.id, why=why, at=now)
    request.session["said"] = "Revoked. Those links no longer work, and whoever had come in by one is out."
    return RedirectResponse(_path(page, asked), 303)


@router.post("/cycles/{reference}/requests/{number}/links/send")
async def send(request: Request, reference: str, number: int, person: Officer, back: FormBack) -> Response:
    """Send somebody a new link, once for the form's key."""
    page, asked = await _request(request, reference, number)
    here = rooms(request)
    people = await here.reads.people()
    to = people.get(back.typed.one("to"))
    if to is None or to.id not in {one.id for one in _led(request, asked, people)}:
        return await _show(request, page, asked, person, {"to": "Choose to whom it goes"})
    letter = f"{reference}/by-hand/{back.key}"
    token, sent = await links_of(request).make(letter, reference, number, to.id, at=here.now(), by=person.id)
    letters = here.link_letters
    if not sent and not (letters and await letters.new_link(to.id, f"/t/{token}", said_of(page, asked))):
        down = "The mail server did not take it, so nothing was sent. Wait a minute and send it again."
        return await _show(request, page, asked, person, {"to": down}, key=back.key)
    await links_of(request).sent(letter, to.id, here.now())
    request.session["said"] = f"A new link was sent to {to.title}."
    return RedirectResponse(_path(page, asked), 303)


async def _show(
    request: Request, page: CyclePage, asked: Asked, person: Person, errors: dict[str, str], *, key: str = ""
) -> Response:
    here = rooms(request)
    people = await here.reads.people()
    made = await links_of(request).of_request(page.cycle.reference, asked.number) if here.links else []
    return hushed(
        render(
            request, "links/list.html", 422 if errors else 200, title="Links", asked=asked, page=page,
            holders=_holders(made, people), people=people, to=_led(request, asked, people), whys=WHYS,
            errors=errors, key=key or fresh_key(), closed=is_closed(page.cycle, asked),
            may=person.role in (Role.POLICY_OFFICER, Role.CHIEF_EXECUTIVE) and here.links is not None,
            back=(f"/cycles/{page.cycle.reference}/requests/{asked.number}", f"Request {asked.number}"),
        )
    )  # fmt: skip


def _holders(made: list[TaskLink], people: dict[str, Person]) -> list[Holder]:
    named = dict.fromkeys(one.person for one in made)
    return [
        Holder(
            who,
            people[who].title if who in people else "Somebody who is no longer listed",
            tuple(one for one in made if one.person == who),
        )
        for who in named
    ]


def _led(request: Request, asked: Asked, people: dict[str, Person]) -> list[Person]:
    """Those whom a link would lead to this request, and who can be written to."""
    today = civil(rooms(request).now())
    return [one for one in people.values() if one.address and led_as(one, asked, people, today)]


async def _request(request: Request, reference: str, number: int) -> tuple[CyclePage, Asked]:
    page = await cycle_page(request, reference)
    asked = page.cycle.request(number)
    if asked is None:
        raise HTTPException(404)
    return page, asked


def _path(page: CyclePage, asked: Asked) -> str:
    return f"/cycles/{page.cycle.reference}/requests/{asked.number}/links"
