"""Pages for what went wrong: in the same look, one clear sentence each, and never what was typed."""

import hashlib
import logging
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from engine.files import HeldError
from rules.acting.authority import titles
from rules.acting.restricting import MAY_OPEN
from schemas.outcomes import Refused
from sealing.keys import UnreadableError
from watching.wordless import told
from web.acting.refusals import AT_HAND
from web.door.away import away
from web.door.bearing import ScopeLacking, answer
from web.door.identity import NotSignedIn, NotYours, signed_in
from web.door.kept import anything, sent_with, shown_again
from web.door.proving import LATELY, ProveAgain
from web.door.rooms import rooms
from web.door.sessions import Lost, door
from web.door.walls import Restricted
from web.forms.posted import ForgedError, Posted
from web.papers.turns import TakenByOthersError
from web.showing.page import render
from web.showing.signed_out import lost, over

log = logging.getLogger("answerable.web")
API = "/api/"
STORES = ("asyncpg", "obstore")
AWAY = {"InterfaceError", "PostgresConnectionError", "OperatorInterventionError",
        "InsufficientResourcesError", "BaseError"}  # fmt: skip
"""What the store's libraries raise when it is away; the pages may not import them."""
AT_THE_DOOR = ("/sign-in", "/sign-out")
CHANGED = "Your session has changed since this form was shown."
OPEN_LONG = "This form had been open for a long time, or your browser keeps no cookies for this site."
CAME_LATE = "Your session had ended when this arrived."
AGAIN_FIRST = (
    f"You signed in more than {LATELY.seconds // 60} minutes ago. Whoever changes who may come in "
    "signs in again first."
)
NOT_YET = "Others are taking whole tables just now. Wait a minute, and ask for yours again."
MEANWHILE = "Every page can be read meanwhile."
NOTED = "It has been noted. Tell whoever runs the server."
UNAVAILABLE = 503
FAULT = 500

PAGES = {
    400: ("This could not be read", "Go back and send it again."),
    401: ("Sign in first", "This needs somebody who is signed in."),
    403: ("This is not for your role", "Ask a colleague whose task it is."),
    404: ("Page not found", "Check the address, or begin on the first page."),
    405: ("This cannot be done here", "Go back and use the buttons of the page."),
    413: ("This is too large", "Send fewer or smaller files."),
    421: ("This name is not ours", "Open the address that the office gave you."),
    422: ("This address cannot be used", "Check the address, or begin on the first page."),
    429: (
        "Too much came at once",
        "Wait a minute, go back and send it again: what you typed is still in the form.",
    ),
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
    413: "too_large", 421: "not_our_name", 422: "wrong_input", 429: "too_often", 500: "fault",
    503: "store_down",
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


async def unexpected(request: Request, fault: Exception) -> Response:
    """The page of a fault that nobody expected; the store being away is one that has its own."""
    if is_store_down(fault):
        log.warning("The store cannot be reached: %s", type(fault).__name__)
        return await away(request)
    where = told(fault)
    reference = hashlib.sha256(where.encode()).hexdigest()[:8]
    log.error("Fault %s at %s\n%s", reference, _route(request), where)
    return fail(request, FAULT, reference=reference)


def _route(request: Request) -> str:
    """The address without what is secret in it: a link's token, a calendar's."""
    return str(getattr(request.scope.get("route"), "path", "an address of ours"))


def note_refusal(request: Request, why: str) -> None:
    """Write into the log that somebody asked for what is not theirs: who, how, where and why not."""
    person, method = signed_in(request), request.method if request.method.isalpha() else "?"
    who = f"{person.id} as {person.role.value}" if person else "nobody who is signed in"
    log.warning("Refused: %s %s, asked by %s: %s", method[:10], _route(request), who, why)


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


def not_ours(request: Request) -> Response:
    """The page for whoever asks for another name than ours."""
    ours = rooms(request).office.public_url
    note_refusal(request, "it asks for a name that is not ours")
    return fail(request, 421, f"These pages are at {ours}. A proxy in front of them passes on that name.")


def too_often(request: Request, seconds: int) -> Response:
    """The page for a network that sends too much, with when to send again."""
    note_refusal(request, "its network sends too much")
    answered = fail(request, 429, f"Very much was sent from your network. Wait {seconds} seconds.")
    answered.headers.update({"Retry-After": str(seconds), "Cache-Control": "no-store"})
    return answered


def foreign(request: Request) -> Response:
    """The page for an act that came from another site."""
    note_refusal(request, "it came from another site")
    return fail(request, 403, "This was sent from another site's page, so it was not carried out.")


def add_handlers(app: FastAPI) -> None:
    """Give the app its pages for what is expected to go wrong."""
    app.add_exception_handler(NotSignedIn, _not_signed_in)
    app.add_exception_handler(NotYours, _not_yours)
    app.add_exception_handler(ProveAgain, _prove_again)
    app.add_exception_handler(ScopeLacking, _scope_lacking)
    app.add_exception_handler(Restricted, _restricted)
    app.add_exception_handler(HeldError, _held)
    app.add_exception_handler(UnreadableError, _unreadable)
    app.add_exception_handler(ForgedError, _forged)
    app.add_exception_handler(TakenByOthersError, _taken_by_others)
    app.add_exception_handler(HTTPException, _status)
    app.add_exception_handler(RequestValidationError, _wrong_address)
    app.add_exception_handler(ValidationError, _wrong_address)


async def _not_signed_in(request: Request, _why: Exception) -> Response:
    here = door(request)
    if request.url.path.startswith(API):
        return fail(request, 403, lost(here.lost)) if here.lost else fail(request, 401)
    if here.lost:
        return _lost(request, here.lost, await sent_with(request))
    if request.method != "GET" and anything(sent := await sent_with(request)):
        return _signed_out(request, sent)
    back = request.url.path if request.method == "GET" else ""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/sign-in?next={quote(back + query)}" if back else "/sign-in", 303)


def _lost(request: Request, what: Lost, sent: Posted) -> Response:
    return shown_again(request, sent, 403, then="copy", title="Your role has ended", message=lost(what))


def _signed_out(request: Request, sent: Posted) -> Response:
    why = over(door(request), rooms(request).limits)
    return shown_again(
        request, sent, 401, then="sign in", title="You are not signed in any more", message=why or CAME_LATE
    )


async def _not_yours(request: Request, why: Exception) -> Response:
    assert isinstance(why, NotYours)
    note_refusal(request, "it is for other roles")
    return fail(request, 403, why.message or f"This page is for: {titles(why.roles)}.")


async def _prove_again(request: Request, _why: Exception) -> Response:
    way = f"/sign-in/start?again=true&next={quote(request.url.path)}"
    sent = await sent_with(request)
    return shown_again(
        request, sent, 401, then="sign in", title="Sign in again first", message=AGAIN_FIRST, way=way
    )


async def _scope_lacking(request: Request, why: Exception) -> Response:
    assert isinstance(why, ScopeLacking)
    note_refusal(request, "its token lacks the scope")
    return answer("wrong_scope", why.message, 403)


async def _restricted(request: Request, why: Exception) -> Response:
    """What stands at a cycle that is there and not for whoever asks: for whom it is, and how it is opened."""
    assert isinstance(why, Restricted)
    note_refusal(request, "the cycle is restricted")
    person, people = signed_in(request), await rooms(request).reads.people()
    if request.url.path.startswith(API):
        return fail(request, 403, f"{why.one.cycle} is restricted. Ask somebody who is named.")
    return render(
        request, "access/closed.html", 403, title="This is restricted", one=why.one, people=people,
        may_open=person is not None and person.role in MAY_OPEN,
    )  # fmt: skip


async def _held(request: Request, why: Exception) -> Response:
    """What stands in the place of a file that is held: why, and what helps."""
    assert isinstance(why, HeldError)
    if request.url.path.startswith(API):
        return fail(request, 403, why.why.message)
    return render(request, "files/held.html", 403, title="This file is held", why=why.why)


async def _unreadable(request: Request, why: Exception) -> Response:
    """What stands in the place of what is encrypted and cannot be read."""
    log.error("%s: %s", _route(request), why)
    if request.url.path.startswith(API):
        return fail(request, FAULT, str(why))
    return render(
        request,
        "fault.html",
        FAULT,
        title="This cannot be read",
        message=str(why),
        advice=NOTED,
        reference="",
    )


async def _forged(request: Request, why: Exception) -> Response:
    assert isinstance(why, ForgedError)
    note_refusal(request, "the form does not carry the session's token")
    if request.url.path.startswith(AT_THE_DOOR) or not anything(why.sent):
        return fail(request, 403, CHANGED + " Go back, load it again and send it.")
    here = door(request)
    if here.lost:
        return _lost(request, here.lost, why.sent)
    if here.over:
        return _signed_out(request, why.sent)
    message = CHANGED if signed_in(request) else OPEN_LONG
    return shown_again(
        request, why.sent, 403, then="send", title="Check what you typed and send it", message=message
    )


async def _taken_by_others(request: Request, _why: Exception) -> Response:
    if request.url.path.startswith(API):
        return fail(request, UNAVAILABLE, NOT_YET)
    page = render(request, "fault.html", UNAVAILABLE, title="Not just now", message=NOT_YET, advice=MEANWHILE,
                  reference="")  # fmt: skip
    page.headers["Retry-After"] = "60"
    return page


async def _status(request: Request, why: Exception) -> Response:
    assert isinstance(why, HTTPException)
    return fail(request, why.status_code, why.detail if why.status_code == FAULT else "")


async def _wrong_address(request: Request, _why: Exception) -> Response:
    return fail(request, 422, AT_HAND if request.url.path.startswith(API) else "")
