"""How long pages took, by their routes, and where traces begin. What is in an address stays out."""

import time

from opentelemetry.context import Context
from opentelemetry.trace import SpanKind, Status, StatusCode, Tracer
from prometheus_client import Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from watching.tracing import UNTRACED

PAGES = Histogram(
    "answerable_page_seconds",
    "Seconds until a page began to be sent",
    ["route", "method", "answer"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
BROKEN = 500
WAY = "answerable.way"
"""Guards on the way hand on copies of what they are asked with; this part of it is one for all."""


class Timed:
    """Times every page to its first byte, under the words of its route; a stream may go on after that.

    A trace begins here whatever the visitor's browser says of one: nobody outside continues our traces.
    """

    def __init__(self, app: ASGIApp, *, tracer: Tracer = UNTRACED) -> None:
        self.app = app
        self.tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, timed."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, answer = time.perf_counter(), BROKEN
        scope[WAY] = {}
        method = scope["method"] if scope["method"] in METHODS else "other"

        async def sending(message: Message) -> None:
            nonlocal answer
            if message["type"] == "http.response.start":
                answer = message["status"]
                taken = time.perf_counter() - began
                PAGES.labels(route_of(scope), method, f"{answer // 100}xx").observe(taken)
            await send(message)

        with self.tracer.start_as_current_span(
            method, context=Context(), kind=SpanKind.SERVER, attributes={"http.request.method": method}
        ) as span:
            try:
                await self.app(scope, receive, sending)
            finally:
                span.update_name(f"{method} {route_of(scope)}")
                span.set_attributes({"http.route": route_of(scope), "http.response.status_code": answer})
                if answer >= BROKEN:
                    span.set_status(Status(StatusCode.ERROR))


class Routed:
    """Stands before the routes and nothing else: what it is asked with is what they are found in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Remember and pass on."""
        if WAY in scope:
            scope[WAY]["asked"] = scope
        await self.app(scope, receive, send)


def route_of(scope: Scope) -> str:
    """The route in its own words, such as /cycles/{reference}; never the address that was asked for."""
    path = getattr(scope[WAY].get("asked", {}).get("route"), "path", None)
    if isinstance(path, str):
        return path
    return "static" if scope["path"].startswith("/static/") else "none"
