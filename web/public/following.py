"""Following by mail: ask, confirm by a link in a mail, stop in one click. Feeds and calendars need none."""

import secrets
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from engine.following import KeepsFollowers, label
from rules.publishing.following import (
    KEPT_UNCONFIRMED,
    MOST_AN_HOUR,
    MOST_WAITING,
    followed,
    may_be_followed,
    since,
    too_many,
)
from schemas.outcomes import Refused
from schemas.plans import Plan
from web.door.rooms import rooms
from web.public.caching import everybody
from web.public.typed import own, typed

GET = ["GET", "HEAD"]
WRONG, TOO_MANY, NOT_FOUND = 422, 429, 404
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Choice:
    """One thing that can be followed."""

    value: str
    text: str


@router.api_route("/follow", methods=GET)
async def ask(request: Request, what: str = "all") -> Response:
    """The ways to follow, and the form for mail."""
    plan = await rooms(request).reads.plan()
    chosen = what if may_be_followed(what, plan) else "all"
    return everybody(
        request, "public/follow.html", title="Follow", choices=choices(plan, chosen), address="", what=chosen
    )


@router.post("/follow")
async def take(request: Request) -> Response:
    """Keep that an address asks to follow; the mail with its link goes out within minutes."""
    here, said = rooms(request), await typed(request)
    plan = await here.reads.plan()
    found = followed(said.get("address", ""), said.get("what", ""), plan)
    if isinstance(found, Refused):
        return _again(request, found, plan, said, WRONG)
    kept = await _followers(request).follow(
        *found, secrets.token_urlsafe(24), since=since(here.now()), most=MOST_AN_HOUR, own=MOST_WAITING
    )
    if not kept:
        return _again(request, too_many(), plan, said, TOO_MANY)
    return RedirectResponse("/follow/sent", 303)


@router.api_route("/follow/sent", methods=GET)
async def sent(request: Request) -> Response:
    """What happens next: the same for everybody, whether an address was known or not."""
    days = KEPT_UNCONFIRMED.days
    return everybody(request, "public/follow-sent.html", title="Check your email", days=days)


@router.api_route("/follow/{token}", methods=GET)
async def landing(request: Request, token: str) -> Response:
    """Where the link of the mail leads. Programs open links before people do, so opening it does nothing."""
    return await _own(request, token, "public/follow-confirm.html")


@router.post("/follow/{token}")
async def confirm(request: Request, token: str) -> Response:
    """The address is theirs: from now on they are told."""
    if await _followers(request).confirm(token) is None:
        return await _own(request, token, "public/follow-confirm.html")
    return RedirectResponse(f"/follow/{token}", 303)


@router.api_route("/follow/{token}/stop", methods=GET)
async def stopping(request: Request, token: str) -> Response:
    """The page with the button that stops it."""
    return await _own(request, token, "public/follow-stop.html")


@router.post("/follow/{token}/stop")
async def stop(request: Request, token: str) -> Response:
    """Delete the address: from the page, or by a mail program's own button (RFC 8058). Again does no harm."""
    await _followers(request).stop(token)
    return own(request, "public/follow-stopped.html", title="You are told no more")


def choices(plan: Plan | None, chosen: str) -> list[Choice]:
    """What can be followed: everything, what is late, each objective, and what an address names."""
    found = [
        Choice("all", "All findings"),
        Choice("late", "What is late now"),
        Choice("ledger", "Daily checkpoints of the record"),
    ]
    found += [
        Choice(f"objective:{one.id}", f"Findings on {one.title}") for one in (plan.objectives if plan else ())
    ]
    if chosen not in {one.value for one in found}:
        text = label(chosen, plan)
        found.insert(0, Choice(chosen, text[:1].upper() + text[1:]))
    return found


async def _own(request: Request, token: str, template: str) -> Response:
    found = await _followers(request).follower(token)
    if found is None:
        return own(request, "public/follow-unknown.html", NOT_FOUND, title="This link does not hold any more")
    plan = await rooms(request).reads.plan()
    title = "You follow this" if found.confirmed_at else "Confirm that you want to follow"
    title = "Stop following" if template.endswith("stop.html") else title
    return own(request, template, title=title, follower=found, label=label(found.what, plan))


def _again(request: Request, why: Refused, plan: Plan | None, said: dict[str, str], status: int) -> Response:
    what = said.get("what", "")
    chosen = what if may_be_followed(what, plan) else "all"
    return own(
        request, "public/follow.html", status, title="Follow", choices=choices(plan, chosen),
        address=said.get("address", "")[:300], what=chosen, errors={why.field or "address": why.message},
    )  # fmt: skip


def _followers(request: Request) -> KeepsFollowers:
    found = rooms(request).followers
    if found is None:
        raise HTTPException(NOT_FOUND)
    return found
