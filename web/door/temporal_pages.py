"""Where Temporal's own pages ask for what they may show: the one door that is open to them."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.door.rooms import rooms

DECODE = "/api/v1/codec/decode"
ASKS_WITH = "content-type, x-namespace"


def origin_of(address: str | None) -> str:
    """What a browser calls the place that an address is at; empty where there is none."""
    parts = urlsplit(address or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def from_temporal(request: HTTPConnection) -> bool:
    """Whether a browser says that Temporal's pages ask, at the one address that is for them."""
    ours = origin_of(rooms(request).temporal_ui)
    return request.scope["path"] == DECODE and bool(ours) and request.headers.get("origin") == ours


class TemporalPages:
    """Lets the browser hand our answer to Temporal's pages, and to nobody else's (CORS)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; answer the browser's question beforehand."""
        if scope["type"] != "http" or scope["path"] != DECODE or not from_temporal(HTTPConnection(scope)):
            await self.app(scope, receive, send)
            return
        origin = Headers(scope=scope)["origin"]

        async def allowed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = origin
                headers["Access-Control-Allow-Credentials"] = "true"
                headers["Access-Control-Allow-Methods"] = "POST"
                headers["Access-Control-Allow-Headers"] = ASKS_WITH
                headers.add_vary_header("Origin")
            await send(message)

        if scope["method"] == "OPTIONS":
            await Response(status_code=204)(scope, receive, allowed)
            return
        await self.app(scope, receive, allowed)
