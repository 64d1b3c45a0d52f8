"""Programs that come in with a token: `Authorization: Bearer ans_…`, at the interface for programs alone.

Where a token is shown no cookie is looked at, so that neither lends the other its rights (ADR 0026).
"""

import hashlib
import math
import re
import secrets
from datetime import datetime

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from rules.acting.scopes import A_SECOND, AT_ONCE, lacking, left, not_let_in
from schemas.outcomes import Refused
from schemas.signed_in import Access
from schemas.tokens import KnownToken, Token
from schemas.tokens import Scope as Reach
from web.door.rooms import rooms
from web.door.sessions import Door, digest_of, door

API = "/api/"
TOKENS_OF_OTHERS = frozenset({"/api/v1/mail/receipts"})
"""Where somebody else's bearer token is asked for, and looked at on the spot."""
SHAPE = re.compile(r"ans_([A-Za-z0-9_-]{43})([0-9a-f]{6})")
IN_ADDRESS = re.compile(rb"ans_[A-Za-z0-9_-]{43}")
MISTYPED = "This is not a token, or was not copied whole. One begins with ans_ and has 53 letters and signs."
UNKNOWN = "No such token is known here. Make one on the page Tokens."
IN_QUERY = "A token in an address ends up in logs. End that one, make another, and send it as a header."
TOO_OFTEN = "This token asks too often: 60 at once, then 2 a second. Wait as long as Retry-After says."


class ScopeLacking(Exception):  # noqa: N818 - a way to go, not an error
    """A token is good, and not for this."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Bearers:
    """Lets programs in by their tokens; each process counts how often a token asks."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.asked: dict[int, tuple[float, datetime]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on in the token's person's name, or answer why not."""
        if scope["type"] != "http" or not scope["path"].startswith(API) or scope["path"] in TOKENS_OF_OTHERS:
            await self.app(scope, receive, send)
            return
        if IN_ADDRESS.search(scope["query_string"]):
            await answer("token_in_address", IN_QUERY, 400)(scope, receive, send)
            return
        shown = _shown(Headers(scope=scope))
        if shown is None:
            await self.app(scope, receive, send)
            return
        found = await self._known(HTTPConnection(scope), shown)
        if isinstance(found, JSONResponse):
            await found(scope, receive, send)
            return
        await self.app(_in_the_name_of(found, scope), receive, send)

    async def _known(self, request: HTTPConnection, shown: str) -> KnownToken | JSONResponse:
        here, keeps = rooms(request), rooms(request).tokens
        if keeps is None or not whole(shown):
            return answer("token_malformed", MISTYPED, 401)
        found, now = await keeps.known(digest_of(shown)), here.now()
        if found is None:
            return answer("token_unknown", UNKNOWN, 401)
        why = not_let_in(found.token, found.person, now)
        if why:
            return answer(why.code, why.message, 403 if why.code == "role_lost" else 401)
        wait = self._wait(found.token.number, now)
        if wait:
            return answer("too_often", TOO_OFTEN, 429, {"Retry-After": str(wait)})
        await keeps.used(found.token.number, now)
        return found

    def _wait(self, number: int, now: datetime) -> int:
        """Seconds to wait before the next request; 0 where this one may be made, which is counted."""
        before, at = self.asked.get(number, (float(AT_ONCE), now))
        may = left(before, (now - at).total_seconds())
        if may < 1:
            self.asked[number] = (may, now)
            return math.ceil((1 - may) / A_SECOND)
        self.asked[number] = (may - 1, now)
        return 0


def new_token() -> str:
    """A token that nobody can guess; its last six signs tell whether it was copied whole."""
    word = secrets.token_urlsafe(32)
    return f"ans_{word}{_check(word)}"


def whole(shown: str) -> bool:
    """Whether this is a token and nothing of it is missing."""
    found = SHAPE.fullmatch(shown)
    return found is not None and secrets.compare_digest(_check(found[1]), found[2])


def bears(request: HTTPConnection) -> Token | None:
    """The token with which this request came; None where somebody is signed in, or nobody."""
    return door(request).token


def permits(request: HTTPConnection, scope: Reach | None) -> None:
    """Go on where this request came without a token, or with one that has a scope.

    Raises: ScopeLacking: its token has not.
    """
    token = bears(request)
    why = lacking(token, scope) if token else ""
    if why:
        raise ScopeLacking(why)


async def on_record(request: Request, what: str, cycle: str | None = None) -> None:
    """Write down that a token's program does an act, before it is done."""
    token, accounts = bears(request), rooms(request).accounts
    if token is None or accounts is None:
        return
    said = f'by the token "{token.name}" (number {token.number}): {what}'
    await accounts.note(Access(rooms(request).now(), token.person, token.role.value, said, cycle))


def answer(code: str, message: str, status: int, headers: dict[str, str] | None = None) -> JSONResponse:
    """A refusal at the door, in the one shape that refusals have."""
    refused = Refused(code=code, message=message, source="local.tokens")
    challenge = {"WWW-Authenticate": "Bearer"} if status == 401 else {}  # noqa: PLR2004 - the status itself
    return JSONResponse(
        refused.model_dump(), status, {"Cache-Control": "no-store", **challenge, **(headers or {})}
    )


def _in_the_name_of(found: KnownToken, scope: Scope) -> Scope:
    assert found.person is not None
    person = found.person.model_copy(update={"role": found.token.role})
    state = {**scope.get("state", {}), "door": Door(person=person, token=found.token)}
    headers = [(name, said) for name, said in scope["headers"] if name != b"cookie"]
    return {**scope, "headers": headers, "state": state, "session": {}}


def _shown(headers: Headers) -> str | None:
    """What was shown as a token; None where nothing was, or it is meant for somebody before us."""
    scheme, _, said = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return said.strip()
    return scheme if scheme.startswith("ans_") else None


def _check(word: str) -> str:
    return hashlib.sha256(b"ans_" + word.encode()).hexdigest()[:6]
