"""What stands before every page: headers, the size of what is sent, where it is sent from, and faults."""

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.door.rooms import rooms
from web.door.temporal_pages import from_temporal

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TEXT_LIMIT = 2_000_000
"""Bytes of a request that carries no file."""
COUNTS_ITSELF = frozenset({"/api/v1/outside"})
"""Where less is taken than anywhere else, and is counted on the spot."""
FILES_AT_ONCE = 4
"""How many of the largest files fit into one request."""

NEVER_ASKED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
    "hid", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
"""What no page of ours asks a browser for, and no script may."""
STATIC = "/static/"
A_YEAR = 31_536_000
"""Seconds for which a browser that came over HTTPS comes over nothing else."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{one}=()" for one in NEVER_ASKED),
    "X-Frame-Options": "DENY",
}

Fault = Callable[[Request, Exception], Awaitable[Response]]
Refuse = Callable[[Request], Response]


def policy(nonce: str) -> str:
    """The content security policy of a page: nothing from elsewhere, no inline styles or scripts."""
    return (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
        "frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"
    )


class SafeHeaders:
    """Gives every answer the security headers, and every page its nonce."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                self._add(headers, nonce)
                if not scope["path"].startswith(STATIC):
                    headers.setdefault(
                        "Cache-Control", "no-store"
                    )  # kept only where a page says for how long
            await send(message)

        await self.app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, nonce: str) -> None:
        headers.setdefault("Content-Security-Policy", policy(nonce))
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self.https:
            headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}; includeSubDomains")


class Faults:
    """Turns what nobody expected into a page in the same look, with a reference to tell us."""

    def __init__(self, app: ASGIApp, *, answer: Fault) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; on a fault, answer in its place where nothing was sent yet."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as fault:
            if begun or scope["type"] != "http":
                raise
            response = await self.answer(Request(scope, receive), fault)
            await response(scope, receive, send)


class TooLargeError(Exception):
    """More was sent than is taken."""


class BodyLimit:
    """Refuses a body that is too large before it is read, or while it arrives without saying its size."""

    def __init__(self, app: ASGIApp, *, answer: Refuse) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting."""
        if scope["type"] != "http" or scope["path"] in COUNTS_ITSELF:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        most = limit(request)
        if _said(request.headers) > most:
            await self.answer(request)(scope, receive, send)
            return
        try:
            await self.app(scope, _counted(receive, most), send)
        except TooLargeError:
            await self.answer(request)(scope, receive, send)


def limit(request: Request) -> int:
    """The most bytes that this request may carry."""
    carries_files = request.headers.get("content-type", "").startswith("multipart/form-data")
    return TEXT_LIMIT + rooms(request).upload_limit * FILES_AT_ONCE if carries_files else TEXT_LIMIT


def _said(headers: Headers) -> int:
    said = headers.get("content-length", "0")
    return int(said) if said.isdecimal() else 0


def _counted(receive: Receive, most: int) -> Receive:
    seen = 0

    async def count() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise TooLargeError
        return message

    return count


class SameOrigin:
    """Refuses an act that another site's page sends in a signed-in person's name."""

    def __init__(self, app: ASGIApp, *, answer: Refuse) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is safe or comes from our own pages."""
        if scope["type"] == "http" and scope["method"] not in SAFE:
            request = Request(scope)
            if not from_here(request) and not from_temporal(request):
                await self.answer(request)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def from_here(request: Request) -> bool:
    """Whether a browser says that this comes from our own pages; programs say nothing and pass."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None or (origin == "null" and site == "same-origin"):
        return True  # a page that tells nobody its address (no-referrer) sends no origin either
    ours = {request.headers.get("host", ""), urlsplit(rooms(request).office.public_url).netloc}
    return urlsplit(origin).netloc in ours
