"""Answers on their way out: packed where that is safe, and files kept by their digests."""

import asyncio
import gzip
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import Message

from web.door.packing import AS_IT_IS, FOR_EVER, Packed, PackedFiles, digest_of, packed
from web.door.tokens import masked, unmasked

LONG = "Words of a page. " * 200


def _page(request: Request) -> Response:
    headers = {"secret": AS_IT_IS, "plain": {}}[request.path_params["kind"]]
    return Response(LONG, media_type="text/html", headers=headers)


def _stream(_request: Request) -> Response:
    return StreamingResponse(iter([LONG.encode(), LONG.encode()]), media_type="text/html")


def _table(request: Request) -> Response:
    pieces = [b"a" * 100_000, b"b", LONG.encode()]

    def come() -> Iterator[bytes]:
        yield from pieces
        if request.path_params["kind"] == "broken":
            raise ZeroDivisionError

    return StreamingResponse(come(), media_type="text/csv", headers={"Content-Length": "1"})


@pytest.fixture
def client(tmp_path: Path) -> httpx.AsyncClient:
    """An application that packs, and a folder of files."""
    (tmp_path / "site.css").write_text("p { color: black }\n" * 100)
    (tmp_path / "font.woff2").write_bytes(b"wOF2" * 400)
    routes = [
        Route("/stream", _stream),
        Route("/table/{kind}", _table),
        Mount("/static", PackedFiles(directory=tmp_path)),
        Route("/{kind}", _page),
    ]
    app = Packed(Starlette(routes=routes))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test")


async def test_a_page_is_packed_and_says_so(client: httpx.AsyncClient) -> None:
    """The words are the same; whoever cannot unpack gets them as they are."""
    answer = await client.get("/plain")
    assert (answer.text, answer.headers["content-encoding"]) == (LONG, "gzip")
    assert "accept-encoding" in answer.headers["vary"].lower()
    bare = await client.get("/plain", headers={"Accept-Encoding": "identity"})
    assert (bare.text, bare.headers.get("content-encoding")) == (LONG, None)


async def test_a_table_is_packed_while_it_is_streamed(client: httpx.AsyncClient) -> None:
    """Its words are the same, its length is not said; what breaks has no end, packed or not."""
    answer = await client.get("/table/whole")
    assert answer.text == "a" * 100_000 + "b" + LONG
    assert (answer.headers["content-encoding"], answer.headers.get("content-length")) == ("gzip", None)
    told = list[Message]()

    async def send(message: Message) -> None:
        told.append(message)

    async def receive() -> Message:
        await asyncio.Event().wait()
        return {}

    scope = {"type": "http", "method": "GET", "path": "/table/broken", "query_string": b"",
             "asgi": {"spec_version": "2.4"}, "headers": [(b"accept-encoding", b"gzip")]}  # fmt: skip
    with pytest.raises(ZeroDivisionError):
        await client._transport.app(scope, receive, send)  # type: ignore[attr-defined] # asked as a server asks it
    assert all(one["more_body"] for one in told[1:])
    with pytest.raises(EOFError):
        gzip.decompress(b"".join(one["body"] for one in told[1:]))


async def test_what_shows_a_lasting_secret_and_what_is_streamed_go_as_they_are(
    client: httpx.AsyncClient,
) -> None:
    """Neither is packed, and the word between us is not sent."""
    for path in ("/secret", "/stream"):
        answer = await client.get(path)
        assert answer.headers.get("content-encoding") is None
        assert LONG in answer.text


def test_the_same_page_is_packed_to_many_lengths() -> None:
    """So that one length tells nothing of what is in it."""
    made = [packed(LONG.encode()) for _ in range(40)]
    assert len({len(one) for one in made}) > 10
    assert {gzip.decompress(one) for one in made} == {LONG.encode()}


async def test_a_file_is_kept_for_ever_only_under_its_digest(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    """Under another it is asked for again; what is not there is not found."""
    digest = digest_of(tmp_path / "site.css")
    assert (await client.get(f"/static/site.css?v={digest}")).headers["cache-control"] == FOR_EVER
    assert (await client.get("/static/site.css?v=other")).headers["cache-control"] == "public, no-cache"
    assert (await client.get("/static/font.woff2")).headers.get("content-encoding") is None
    assert (await client.get("/static/nothing.css")).status_code == 404


def test_a_token_looks_otherwise_each_time_and_is_the_same() -> None:
    """And what is no token is none."""
    assert len({masked("a-token") for _ in range(10)}) == 10
    assert unmasked(masked("a-token")) == "a-token"
    assert {unmasked(wrong) for wrong in ("", "x", "é", "====", "abc")} <= {"", unmasked("abc")}
