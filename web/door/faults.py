"""Pages for what went wrong: in the same look, one clear sentence each, and never what was typed."""

import hashlib
import logging
import traceback
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rules.acting.authority import titles
from schemas.outcomes import Refused
from web.acting.refusals import AT_HAND
from web.door.identity import NotSignedIn, NotYours
from web.door.rooms import rooms
from web.forms.posted import ForgedError
from web.showing.page import render

log = logging.getLogger("answerable.web")
API = "/api/"
STORES = ("asyncpg", "obstore")
AWAY = {"InterfaceError", "PostgresConnectionError", "OperatorInterventionError",
        "InsufficientResourcesError", "BaseError"}  # fmt: skip
"""What the store's libraries raise when it is away; the pages may not import them."""
UNAVAILABLE = 503
FAULT = 500

PAGES = {
    400: ("This could not be read", "Go back and send it again."),
    401: ("Sign in first", "This needs somebody who is signed in."),
    403: ("This is not for your role", "Ask a colleague whose task it is."),
    404: ("Page not found", "Check the address, or begin on the first page."),
    405: ("This cannot be done here", "Go back and use the buttons of the page."),
    413: ("This is too large", "Send fewer or smaller files."),
    422: ("This address cannot be used", "Check the address, or begin on the first page."),
    500: (
        "Something went wrong here",
        "It is our fault and has been noted. Go back and try again: a form is recorded once at the most.",
    ),
    503: (
        "The record cannot be reached",
        "Nothing is lost. Go back, wait a minute and try again: what you typed is still in the form.",
    ),
}
CODES = {
    400: "unreadable", 401: "not_signed_in", 403: "not_allowed", 404: "not_found", 405: "not_allowed_here",
    413: "too_large", 422: "wrong_input", 500: "fault", 503: "store_down",
}  # fmt: skip


def fail(request: Request, status: int, message: str = "", reference: str = "") -> Response:
    """The page, or for programs the refusal, of a status."""
    title, advice = PAGES.get(status, PAGES[FAULT])
    if request.url.path.startswith(API):
        refused = Refused(
            code=CODES.get(status, "fault"), message=message or advice, source="process.wrong-input"
        )
        return JSONResponse(refused.model_dump(), status)
    return render(
        request, "fault.html", status, title=title, message=message, advice=advice, reference=reference
    )


def unexpected(request: Request, fault: Exception) -> Response:
    """The page of a fault that nobody expected; the store being away is one that has its own."""
    if is_store_down(fault):
        log.warning("The store cannot be reached: %s", type(fault).__name__)
        return fail(request, UNAVAILABLE)
    told = "".join(traceback.format_exception(fault))
    reference = hashlib.sha256(told.encode()).hexdigest()[:8]
    log.error("Fault %s at %s\n%s", reference, request.url.path, told)
    return fail(request, FAULT, reference=reference)


def is_store_down(fault: Exception) -> bool:
    """Whether the record could not be reached, as opposed to a mistake of ours."""
    if isinstance(fault, OSError | TimeoutError):
        return True
    names = {one.__name__ for one in type(fault).__mro__ if one.__module__.split(".")[0] in STORES}
    return bool(names & AWAY) and "DataError" not in names


def too_large(request: Request) -> Response:
    """The page for a body beyond the limit."""
    most = rooms(request).upload_limit // 1_000_000
    return fail(request, 413, f"The selected file must be smaller than {most} MB.")


def foreign(request: Request) -> Response:
    """The page for an act that came from another site."""
    return fail(request, 403, "This was sent from another site's page, so it was not carried out.")


def add_handlers(app: FastAPI) -> None:
    """Give the app its pages for what is expected to go wrong."""
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(NotYours, _not_yours)
    app.add_exception_handler(ForgedError, _forged)
    app.add_exception_handler(HTTPException, _status)
    app.add_exception_handler(RequestValidationError, _wrong_address)
    app.add_exception_handler(ValidationError, _wrong_address)


async def _not_signed_in(request: Request, _why: Exception) -> Response:
    if request.url.path.startswith(API):
        return fail(request, 401)
    back = request.url.path if request.method == "GET" else ""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/sign-in?next={quote(back + query)}" if back else "/sign-in", 303)


async def _not_yours(request: Request, why: Exception) -> Response:
    assert isinstance(why, NotYours)
    return fail(request, 403, why.message or f"This page is for: {titles(why.roles)}.")


async def _forged(request: Request, _why: Exception) -> Response:
    return fail(
        request,
        403,
        "Your session has changed since this form was shown. Go back, load it again and send it.",
    )


async def _status(request: Request, why: Exception) -> Response:
    assert isinstance(why, HTTPException)
    return fail(request, why.status_code, why.detail if why.status_code == FAULT else "")


async def _wrong_address(request: Request, _why: Exception) -> Response:
    return fail(request, 422, AT_HAND if request.url.path.startswith(API) else "")
