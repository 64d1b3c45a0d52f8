"""GET /live: the one stream of a browser. It says what has something new, and never what that is."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from schemas.people import Person
from web.door.identity import require, session_of
from web.door.rooms import rooms
from web.door.sessions import why_over
from web.live.hub import FullError, Hub, Stream
from web.live.seeing import may_hear, said

router = APIRouter(include_in_schema=False)

HEARTBEAT = 15.0
"""Seconds of silence after which a line is sent that says nothing: whatever stands between may hang up."""
LIVES = 600.0
"""Seconds after which a stream ends; the browser opens the next one, and its rights are looked at afresh."""
HOLDS = 60.0
"""Seconds for which a stream goes by the keys that its person was found to have."""
TRY_AGAIN = 30
"""Seconds after which whoever found no place may ask again."""
BEAT = format_sse_event(event="beat", data_str="{}")
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


Anybody = Annotated[Person, Depends(require(task=True))]
"""Whoever is signed in, by a link for one task too: what each of them hears of is filtered."""


@router.get("/live")
async def live(request: Request, person: Anybody, ago: Annotated[int | None, Query(ge=0)] = None) -> Response:
    """Topics as they are announced, each with a sentence to be read out.

    Units: `ago`, how long ago the page was made, in seconds.
    """
    hub = rooms(request).live
    if hub is None:
        return _no_place("Nothing is followed live here.")
    return _Followed(request, person, hub, ago)


class _Followed(Response):
    """Holds the place of a stream for exactly as long as it is sent."""

    def __init__(self, request: Request, person: Person, hub: Hub, ago: int | None) -> None:
        super().__init__()
        self._request, self._person, self._hub, self._ago = request, person, hub, ago

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send topics until the browser goes, or say that there is no place."""
        try:
            async with self._hub.stream(self._person.id, self._ago) as stream:
                lines = _lines(self._request, self._person, self._hub, stream)
                await EventSourceResponse(lines, headers=HEADERS)(scope, receive, send)
        except FullError as full:
            await _no_place(str(full))(scope, receive, send)


async def _lines(request: Request, person: Person, hub: Hub, stream: Stream) -> AsyncIterator[bytes]:
    """What one stream sends, until it has lived long enough or its session is over."""
    clock = asyncio.get_running_loop()
    until, looked_up = clock.time() + LIVES, -HOLDS
    keys: frozenset[str] = frozenset()
    yield BEAT
    while clock.time() < until:
        topics = await stream.next(HEARTBEAT)
        if not topics:
            if await _is_over(request):
                return
            yield BEAT if hub.hearing else KEEPALIVE_COMMENT
        if topics and clock.time() > looked_up + HOLDS:
            keys, looked_up = await rooms(request).reads.own_keys(), clock.time()
        for topic in topics:
            if await may_hear(hub, person, keys, topic):
                told = {"topic": topic, "say": said(topic)}
                yield format_sse_event(data_str=json.dumps(told))


async def _is_over(request: Request) -> bool:
    """Whether the session has ended meanwhile: signed out, elsewhere too, or taken away."""
    here, session = rooms(request), session_of(request)
    if session is None or here.sessions is None:
        return False
    known = await here.sessions.known(session.digest)
    return known is None or why_over(known.session, _now(request), here.limits) is not None


def _now(request: Request) -> datetime:
    return rooms(request).now()


def _no_place(why: str) -> Response:
    return PlainTextResponse(
        f"{why} The pages work all the same: use “Check again”.\n",
        503,
        headers={**HEADERS, "Retry-After": str(TRY_AGAIN)},
    )
