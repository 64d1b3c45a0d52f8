"""What the office says of this service: what it is, accessibility, privacy, cookies, and how to reach it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from reference.accessibility import accessibility as facts_of_accessibility
from rules.publishing.following import KEPT_UNCONFIRMED, QUESTIONS_KEPT
from web.door.rooms import rooms
from web.public.caching import everybody

GET = ["GET", "HEAD"]
router = APIRouter(include_in_schema=False)


@router.api_route("/about", methods=GET)
async def about(request: Request) -> Response:
    """What this service is."""
    return everybody(request, "public/about.html", title="About this service")


@router.api_route("/accessibility", methods=GET)
async def accessibility(request: Request) -> Response:
    """How far these pages can be used by everybody."""
    return everybody(
        request, "public/accessibility.html", title="Accessibility statement", facts=facts_of_accessibility()
    )


@router.api_route("/privacy", methods=GET)
async def privacy(request: Request) -> Response:
    """What is known about whoever visits, follows, asks or works here."""
    return everybody(
        request, "public/privacy.html", title="Privacy",
        unconfirmed_days=KEPT_UNCONFIRMED.days, question_days=QUESTIONS_KEPT.days,
    )  # fmt: skip


@router.api_route("/cookies", methods=GET)
async def cookies(request: Request) -> Response:
    """Which cookies there are, and when."""
    return everybody(request, "public/cookies.html", title="Cookies", limits=rooms(request).limits)


@router.api_route("/contact", methods=GET)
async def contact(request: Request) -> Response:
    """How to reach the office."""
    return everybody(request, "public/contact.html", title="Contact")
