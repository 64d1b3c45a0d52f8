"""Public pages under a crowd: made once, thrown away when what they show changed, never more than fits."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from web.public import crowd
from web.public.crowd import Crowd

Headers = list[tuple[bytes, bytes]]


@dataclass
class Product:
    """An app whose pages a test decides, behind a crowd; it counts how often it was asked."""

    keep: str = "public, max-age=60"
    body: bytes = b"page"
    status: int = 200
    made: int = 0
    mark: str = "1"
    asked: int = 0
    away: bool = False
    now: float = 100.0
    slow: asyncio.Event | None = None
    endless: asyncio.Event | None = None
    extra: Headers = field(default_factory=list)

    def __post_init__(self) -> None:
        self.crowd = Crowd(self.app, clock=lambda: self.now)
        reads = SimpleNamespace(public_mark=self.public_mark)
        self.state = SimpleNamespace(rooms=SimpleNamespace(reads=reads))

    async def public_mark(self) -> str:
        """How far what is published has got."""
        self.asked += 1
        if self.away:
            raise ConnectionRefusedError
        return self.mark

    async def app(self, _scope: Any, _receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        """One page."""
        self.made += 1
        if self.slow:
            await self.slow.wait()
        headers = [(b"cache-control", self.keep.encode()), (b"etag", b'"' + self.body + b'"'), *self.extra]
        headers.append((b"content-length", str(len(self.body)).encode()))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        if self.endless:
            await self.endless.wait()
        await send({"type": "http.response.body", "body": self.body})

    async def get(self, path: str = "/findings", method: str = "GET", **headers: str) -> tuple[int, bytes]:
        """What somebody is answered who asks for it."""
        path, _, query = path.partition("?")
        scope: MutableMapping[str, Any] = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(),
            "query_string": query.encode(), "app": SimpleNamespace(state=self.state),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        }  # fmt: skip
        told: list[Any] = []

        async def send(message: Any) -> None:
            told.append(message)

        async def receive() -> Any:
            return {"type": "http.request"}

        await self.crowd(scope, receive, send)
        return told[0]["status"], b"".join(one.get("body", b"") for one in told[1:])


async def test_a_page_is_made_once_for_everybody_and_not_sent_to_whoever_has_it() -> None:
    """The second visitor gets what the first was given; a mark that is known gets 304; HEAD gets no body."""
    product = Product()
    assert await product.get() == (200, b"page")
    assert await product.get() == (200, b"page")
    assert await product.get(if_none_match='W/"page"') == (304, b"")
    assert await product.get(method="HEAD") == (200, b"")
    assert (product.made, product.asked) == (1, 1)


async def test_what_was_published_is_seen_within_a_second() -> None:
    """The mark is asked for once a second; once it has moved, the page is made again."""
    product = Product()
    await product.get()
    product.mark, product.body = "2", b"new"
    assert await product.get() == (200, b"page")
    product.now += crowd.LOOK_EVERY
    assert await product.get() == (200, b"new")
    assert await product.get(if_none_match='"new"') == (304, b"")
    assert product.made == 2


async def test_what_was_recorded_otherwise_is_seen_within_ten_seconds() -> None:
    """A promise that was kept waits that long; a busy office does not have every page made each second."""
    product = Product(mark="1|7")
    await product.get()
    product.mark, product.body, product.now = "1|8", b"new", product.now + crowd.LOOK_EVERY
    assert await product.get() == (200, b"page")
    product.now += crowd.SOON
    assert await product.get() == (200, b"new")


async def test_after_a_minute_a_page_is_made_again_though_nothing_was_published() -> None:
    """What it says of lateness and of what comes next depends on the hour."""
    product = Product()
    await product.get()
    product.now += crowd.HOLD
    await product.get()
    assert product.made == 2


async def test_while_the_store_is_away_what_is_held_is_read_on() -> None:
    """However old it is; what is not held goes on and says so itself."""
    product = Product()
    await product.get()
    product.away, product.now = True, product.now + 3 * crowd.HOLD
    assert await product.get() == (200, b"page")
    assert product.made == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"keep": "private, no-store"},
        {"keep": "no-store"},
        {"status": 404},
        {"status": 410},
        {"extra": [(b"set-cookie", b"a=b")]},
        {"body": b"x" * (crowd.MOST_OF_ONE + 1)},
    ],
)
async def test_only_what_is_for_everybody_is_held(changes: dict[str, Any]) -> None:
    """Private pages, mistakes, whatever sets a cookie and what is too large are made each time."""
    product = Product(**changes)
    first = await product.get()
    assert await product.get() == first
    assert product.made == 2


async def test_whoever_brings_a_cookie_is_never_answered_from_memory() -> None:
    """Nor does their page go there."""
    product = Product()
    await product.get(cookie="answerable=1")
    await product.get()
    await product.get(cookie="answerable=1")
    await product.get(method="POST")
    assert product.made == 4


async def test_nobody_waits_for_what_is_never_held() -> None:
    """An answer that does not end holds up nobody who asks for the same."""
    product = Product(keep="no-store", endless=asyncio.Event())
    first = asyncio.create_task(product.get())
    await asyncio.sleep(0)
    second = asyncio.create_task(product.get())
    for _ in range(5):
        await asyncio.sleep(0)
    assert product.made == 2
    assert product.endless
    product.endless.set()
    assert {await first, await second} == {(200, b"page")}


async def test_a_flood_of_made_up_queries_throws_out_nothing_but_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Memory stays within its bound, and pages at plain addresses stay."""
    monkeypatch.setattr(crowd, "MOST_BYTES", 90_000)
    product = Product(body=b"x" * 1000)
    await product.get()
    for number in range(200):
        await product.get(f"/findings?words={number}")
    assert product.crowd._asked.size <= 30_000
    made = product.made
    await product.get()
    await product.get("/findings?words=199")
    assert product.made == made


async def test_a_crowd_that_comes_at_once_has_a_page_made_once() -> None:
    """The others wait for it; while a page is made again they are given the one before."""
    product = Product(slow=asyncio.Event())
    crowd_of = [asyncio.create_task(product.get()) for _ in range(50)]
    await asyncio.sleep(0)
    assert product.slow
    product.slow.set()
    assert {await one for one in crowd_of} == {(200, b"page")}
    assert product.made == 1
    product.mark, product.body, product.now = "2", b"new", product.now + crowd.LOOK_EVERY
    product.slow.clear()
    first = asyncio.create_task(product.get())
    await asyncio.sleep(0)
    assert await product.get() == (200, b"page")
    product.slow.set()
    assert await first == (200, b"new")
    assert product.made == 2
