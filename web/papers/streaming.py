"""Tables that are sent while they are read, for whoever asks alone: in turn, and never half of one.

Before its first rows are there nothing is sent, so that what goes wrong until then is a page. What goes wrong
later breaks the transfer: no browser takes the part for the whole. Where a transfer has no end of its own
(HTTP/1.0, as some proxies speak it) a table is read to its end first, and sent with its length.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from handover.cells import MEDIA_TYPE
from handover.growing import Growing, beside
from web.papers.turns import Turns

A_PIECE = 60.0
"""Seconds that a piece may be on its way: whoever reads more slowly keeps a connection from others."""


class Streamed(StreamingResponse):
    """An answer whose pieces are made while it is sent; what they are read from is let go in any case."""

    def __init__(
        self, first: bytes, rest: AsyncGenerator[bytes], media_type: str, headers: dict[str, str]
    ) -> None:
        super().__init__(_from(first, rest), media_type=media_type, headers=headers)
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, to its end or to where it breaks."""
        async with aclosing(self._rest):
            await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        """Send piece after piece, each within a while."""

        async def patiently(message: Message) -> None:
            async with asyncio.timeout(A_PIECE):
                await send(message)

        await super().stream_response(patiently)


class StreamedTable(Streamed):
    """A table of which nobody sees by itself where it ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it; all of it at once where the transfer would not say that it broke."""
        if scope.get("http_version") == "1.0":
            async with aclosing(self._rest):
                await self._measure()
        await super().__call__(scope, receive, send)

    async def _measure(self) -> None:
        whole, size = Growing(), 0
        async for piece in self.body_iterator:
            assert isinstance(piece, bytes)
            whole.put(piece)
            size += len(piece)
        self.headers["Content-Length"] = str(size)
        self.body_iterator = beside(whole.pieces(), at_once=1)


async def table_of(turns: Turns, pieces: AsyncGenerator[bytes], name: str) -> Response:
    """A table to take away, under a name: its first rows are there already, the rest comes while it is sent.

    Raises: TakenByOthersError: so many others are taking theirs that it is nobody's turn.
    """
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    coming = _in_turn(turns, pieces)
    return StreamedTable(await anext(coming), coming, MEDIA_TYPE, headers)


async def sent(
    turns: Turns, pieces: AsyncGenerator[bytes], media_type: str, headers: dict[str, str]
) -> Response:
    """A file that says itself where it ends, sent while it is made, once its beginning is there.

    Raises: TakenByOthersError: so many others are taking theirs that it is nobody's turn.
    """
    coming = _in_turn(turns, pieces)
    return Streamed(await anext(coming), coming, media_type, headers)


async def _in_turn(turns: Turns, pieces: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    async with turns.one(), aclosing(pieces):
        async for piece in pieces:
            yield piece


async def _from(first: bytes, rest: AsyncGenerator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
