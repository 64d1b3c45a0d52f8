"""A receiver of events on this machine: it keeps what it takes, checks it, and answers as it is told."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from cloudevents.core.bindings.http import HTTPMessage, from_structured_event
from standardwebhooks import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PHRASES = {200: "OK", 204: "No Content", 302: "Found", 410: "Gone", 500: "Error"}


@dataclass
class Receiver:
    """What came in, oldest first; `answers` says what the next deliveries are answered, then 204."""

    port: int = 0
    secret: str = SECRET
    """Without one, whatever comes waits until it is known."""
    answers: list[int | str] = field(default_factory=list)
    always: int | str = 204
    events: list[dict[str, Any]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    deliveries: int = 0
    trouble: list[str] = field(default_factory=list)
    taking: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hooks"

    def ids(self) -> list[str]:
        """The ids of the events that were taken, in order, doubles included."""
        return [one["id"] for one in self.events]

    async def has(self, count: int, seconds: float = 30) -> None:
        """Wait until so many different events have been taken."""
        async with asyncio.timeout(seconds):
            while len(set(self.ids())) < count:
                await asyncio.sleep(0.01)

    async def asked(self, count: int, seconds: float = 30) -> None:
        """Wait until so many deliveries have come in, whatever became of them."""
        async with asyncio.timeout(seconds):
            while self.deliveries < count:
                await asyncio.sleep(0.01)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, request after request."""
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                lines = head.splitlines()[1:]
                headers = {k.lower(): v.strip() for k, _, v in (one.partition(":") for one in lines) if k}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                await self._answer(writer, headers, body.decode())
        writer.close()

    async def _answer(self, writer: asyncio.StreamWriter, headers: dict[str, str], body: str) -> None:
        self.deliveries += 1
        while not self.secret:
            await asyncio.sleep(0.01)
        answer = self.answers.pop(0) if self.answers else self.always
        if answer == "silent":
            await asyncio.sleep(3600)
        if answer == "endless":
            await self._endless(writer)
            return
        status = int(answer)
        if status == 204:
            self._take(headers, body)
        more = "Location: http://169.254.169.254/latest\r\n" if status == 302 else ""
        said = f"HTTP/1.1 {status} {PHRASES[status]}\r\n{more}Content-Length: 0\r\n\r\n"
        writer.write(said.encode())
        await writer.drain()

    def _take(self, headers: dict[str, str], body: str) -> None:
        try:
            Webhook(self.secret).verify(body, headers)
        except Exception as wrong:  # noqa: BLE001 - a test looks at what went wrong
            self.trouble.append(repr(wrong))
            return
        if headers["content-type"] != "application/cloudevents-batch+json":
            self.trouble.append(headers["content-type"])
        self.taking()
        self.names.append(headers["webhook-id"])
        for one in json.loads(body):
            as_the_library_reads_it(one)
            self.events.append(one)

    async def _endless(self, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n")
        with suppress(ConnectionError):
            while True:
                writer.write(b"x" * 65_536)
                await writer.drain()


def as_the_library_reads_it(one: dict[str, Any]) -> Any:
    """An event as the reference library of CloudEvents takes it; it refuses what is not one."""
    headers = {"content-type": "application/cloudevents+json"}
    return from_structured_event(HTTPMessage(headers=headers, body=json.dumps(one).encode()))


@asynccontextmanager
async def receiving(
    port: int = 0, tls: ssl.SSLContext | None = None, **facts: Any
) -> AsyncIterator[Receiver]:
    """A receiver that listens within the block."""
    receiver = Receiver(**facts)
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", port, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
