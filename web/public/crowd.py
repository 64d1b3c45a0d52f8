"""Public pages as a crowd gets them: made once, held in memory, made again as soon as what they show changed.

Stands before everything else. Whoever brings a cookie goes past it: their page may be theirs alone.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.public.caching import has_already

SOON = 10.0
"""Seconds after which a page is made again where something was recorded, though nothing published: a promise
may have been kept, a meeting fixed."""
LOOK_EVERY = 1.0
"""Seconds between two looks at whether something was published."""
HOLD = 60.0
"""Seconds after which a page is made again in any case: it says what is late and what comes next."""
MOST_BYTES = 24_000_000
"""Of pages at plain addresses; those with a query have a third of that, so that a flood of made-up queries
throws out nothing but itself."""
MOST_OF_ONE = 600_000
STREAMED = frozenset({"/archive.zip"})
"""What is too large to hold, and kept elsewhere."""
OVERHEAD = 2_000
"""Bytes that an entry costs beside its body."""

Mark = Callable[[], Awaitable[str]]
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Kept:
    """One answer as it was sent, and how far what is published had got then."""

    headers: Headers
    body: bytes
    etag: str
    mark: str
    at: float


class Shelf:
    """Answers by their addresses, the least used thrown out where there is no room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[bytes, Kept] = OrderedDict()
        self.size = 0

    def get(self, key: bytes) -> Kept | None:
        """An answer, which counts as used now."""
        found = self._held.get(key)
        if found:
            self._held.move_to_end(key)
        return found

    def put(self, key: bytes, kept: Kept) -> None:
        """Hold an answer in place of the one before it."""
        self._drop(key)
        self._held[key] = kept
        self.size += _cost(key, kept)
        while self.size > self._most:
            self._drop(next(iter(self._held)))

    def _drop(self, key: bytes) -> None:
        before = self._held.pop(key, None)
        if before:
            self.size -= _cost(key, before)


def _cost(key: bytes, kept: Kept) -> int:
    return len(kept.body) + len(key) + OVERHEAD


class HowFar:
    """How far what everybody may read has got, looked at once a second at the most."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._mark, self._at = "", -LOOK_EVERY
        self._looking = asyncio.Lock()
        self.away = False
        """Whether the store could not be asked: then what is held is better than nothing."""

    async def now(self, ask: Mark) -> str:
        """The mark; the one before it where the store is away."""
        if self._clock() - self._at < LOOK_EVERY:
            return self._mark
        async with self._looking:
            if self._clock() - self._at >= LOOK_EVERY:
                try:
                    self._mark, self.away = await ask(), False
                except ConnectionError:
                    self.away = True
                self._at = self._clock()
        return self._mark


class Crowd:
    """Answers from memory what may be answered from there; everything else goes on as it was asked."""

    def __init__(self, app: ASGIApp, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self._clock = clock
        self._how_far = HowFar(clock)
        self._plain, self._asked = Shelf(MOST_BYTES), Shelf(MOST_BYTES // 3)
        self._making: dict[bytes, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass on and remember."""
        if not _for_everybody(scope):
            await self.app(scope, receive, send)
            return
        query = scope["query_string"]
        key = cast("bytes", scope.get("raw_path") or scope["path"].encode()) + b"?" + query
        shelf = self._asked if query else self._plain
        found = shelf.get(key)
        if found is None and key in self._making:
            await self._making[key].wait()
            found = shelf.get(key)
        if found and (await self._holds(scope, found) or key in self._making):
            await _answer(scope, send, found)
            return
        await self._make(key, shelf, scope, receive, send)

    async def _holds(self, scope: Scope, found: Kept) -> bool:
        mark = await self._how_far.now(_asking(scope))
        if self._how_far.away:
            return True
        age = self._clock() - found.at
        if found.mark == mark:
            return age < HOLD
        return age < SOON and found.mark.partition("|")[0] == mark.partition("|")[0]

    async def _make(self, key: bytes, shelf: Shelf, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and hold what comes back where everybody may have it."""
        if scope["method"] == "HEAD":
            await self.app(scope, receive, send)
            return
        event = self._making.setdefault(key, asyncio.Event())
        watched = _Watched(send, event.set)
        try:
            asked = {**scope, "headers": [one for one in scope["headers"] if one[0] != b"if-none-match"]}
            mark = await self._how_far.now(_asking(scope)) if _known(scope) else ""
            watched.told_before = _header(scope, b"if-none-match")
            await self.app(asked, receive, watched)
            if made := watched.made(mark, self._clock()):
                shelf.put(key, made)
        finally:
            event.set()
            if self._making.get(key) is event:
                del self._making[key]


class _Watched:
    """Passes an answer on while it looks at it; "not modified" where the visitor has it already.

    Whoever waits for the same page is told as soon as it is seen that it will not be held: it may be endless.
    """

    def __init__(self, send: Send, not_held: Callable[[], None]) -> None:
        self._send = send
        self._not_held = not_held
        self._headers: Headers = []
        self._parts: list[bytes] = []
        self._may_be_held = False
        self._silent = False
        self._etag = ""
        self.told_before = ""

    async def __call__(self, message: Message) -> None:
        """Look, and pass on."""
        if message["type"] == "http.response.start":
            message = self._begin(message)
        elif message["type"] == "http.response.body" and self._may_be_held:
            self._parts.append(message.get("body", b""))
            if sum(map(len, self._parts)) > MOST_OF_ONE:
                self._may_be_held = False
                self._parts.clear()
                self._not_held()
        if self._silent and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)

    def made(self, mark: str, at: float) -> Kept | None:
        """What is to be held; None where it is not for everybody."""
        return Kept(self._headers, b"".join(self._parts), self._etag, mark, at) if self._may_be_held else None

    def _begin(self, message: Message) -> Message:
        self._headers = [(bytes(name).lower(), bytes(value)) for name, value in message["headers"]]
        known = dict(self._headers)
        self._etag = known.get(b"etag", b"").decode("latin-1")
        for_all = known.get(b"cache-control", b"").startswith(b"public") and b"set-cookie" not in known
        self._may_be_held = message["status"] == 200 and for_all and bool(self._etag)  # noqa: PLR2004 - "OK"
        if not self._may_be_held:
            self._not_held()
        if for_all and self._etag and has_already(self.told_before, self._etag):
            self._silent = True
            return {**message, "status": 304, "headers": _short(self._headers)}
        return message


async def _answer(scope: Scope, send: Send, found: Kept) -> None:
    if has_already(_header(scope, b"if-none-match"), found.etag):
        await send({"type": "http.response.start", "status": 304, "headers": _short(found.headers)})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": found.headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else found.body})


def _short(headers: Headers) -> Headers:
    """The headers of an answer that sends nothing."""
    return [one for one in headers if one[0] not in (b"content-length", b"content-type")]


def _for_everybody(scope: Scope) -> bool:
    """Whether somebody reads who brings no cookie."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"] in STREAMED:
        return False
    return all(name not in (b"cookie", b"authorization") for name, _ in scope["headers"])


def _header(scope: Scope, name: bytes) -> str:
    return next((one[1].decode("latin-1") for one in scope["headers"] if one[0] == name), "")


def _asking(scope: Scope) -> Mark:
    mark: Mark = scope["app"].state.rooms.reads.public_mark
    return mark


def _known(scope: Scope) -> bool:
    return "app" in scope and hasattr(scope["app"].state, "rooms")
