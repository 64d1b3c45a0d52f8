"""Answers packed with gzip on their way out, and files of web/static packed once and kept by their digests.

What is packed together can tell secrets by its length (BREACH): somebody who can make a signed-in browser ask
for a page with words of theirs in it, and who sees how long the answers are, learns what else is in it. So a
form's token is written otherwise on each page (`web.door.tokens`), each answer gets a random number of bytes
more, and a page that shows a lasting secret is sent as it is (`AS_IT_IS`). ADR 0024.
"""

import asyncio
import gzip
import hashlib
import io
import secrets
from collections import OrderedDict
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

AS_IT_IS = {"Content-Encoding": "identity"}
"""What an answer says that must not be packed."""
SMALL = 800
"""Bytes below which packing is not worth its time."""
KINDS = (
    "text/html", "text/css", "text/csv", "text/plain", "text/markdown", "text/calendar", "text/javascript",
    "application/javascript", "application/json", "application/atom+xml", "image/svg+xml",
)  # fmt: skip
TABLES = ("text/csv", "application/json")
"""What is packed while it is streamed."""
LONG = 64 * 1024
"""Bytes beyond which a piece is packed in a thread."""
LEVEL, BEST = 5, 9
MOST_PADDING = 120
"""Random bytes at the most, as a name that nobody reads in the head of what is packed."""
HELD = 200
"""Public answers that are held packed."""
FOR_EVER = "public, max-age=31536000, immutable"
MEDIA = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def packed(body: bytes, level: int = LEVEL, *, padded: bool = True) -> bytes:
    """Bytes packed with gzip; `padded` by a random length, the same otherwise."""
    name = _name() if padded else ""
    out = io.BytesIO()
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=level, fileobj=out, mtime=0) as file:
        file.write(body)
    return out.getvalue()


def takes_gzip(headers: Headers) -> bool:
    """Whether whoever asks can unpack it."""
    return any(
        one.split(";")[0].strip() == "gzip" and "q=0" not in one.replace(" ", "").replace("q=0.", "")
        for one in headers.get("accept-encoding", "").split(",")
    )


class Packed:
    """Packs whole answers of words, and tables piece by piece; small ones and other kinds go as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._held: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, packing."""
        if scope["type"] != "http" or not takes_gzip(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        packing = _Packing(self, scope, send)
        await self.app(scope, receive, packing)
        await packing.end()

    def whole(self, path: str, start: Message, message: Message) -> Message:
        """A whole answer, packed where that is worth it."""
        headers, body = MutableHeaders(scope=start), message.get("body", b"")
        if len(body) < SMALL or "content-encoding" in headers or not _of_words(headers):
            return message
        made = self._shared(path, headers, body) if _for_all(headers) else packed(body)
        headers["Content-Encoding"], headers["Content-Length"] = "gzip", str(len(made))
        headers.add_vary_header("Accept-Encoding")
        return {**message, "body": made}

    def _shared(self, path: str, headers: Headers, body: bytes) -> bytes:
        """An answer for everybody, packed once for its mark."""
        key = (path, headers["etag"])
        found = self._held.pop(key, None) or packed(body, padded=False)
        self._held[key] = found
        while len(self._held) > HELD:
            self._held.popitem(last=False)
        return found


class _Packing:
    """One answer on its way out."""

    def __init__(self, packed: Packed, scope: Scope, send: Send) -> None:
        self._packed, self._scope, self._send = packed, scope, send
        self._start: Message | None = None
        self._pieces: _Pieces | None = None

    async def __call__(self, message: Message) -> None:
        """Pass on, packing."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            if message["type"] == "http.response.body":
                message = self._begun(start, message)
            _plain(MutableHeaders(scope=start))
            await self._send(start)
        if self._pieces:
            message = await self._pieces.of(message)
        await self._send(message)

    async def end(self) -> None:
        """Send what was begun and has no body."""
        if self._start is not None:
            await self._send(self._start)

    def _begun(self, start: Message, message: Message) -> Message:
        if not message.get("more_body"):
            return self._packed.whole(self._scope["path"], start, message)
        headers = MutableHeaders(scope=start)
        of_tables = headers.get("content-type", "").partition(";")[0].strip() in TABLES
        if of_tables and "content-encoding" not in headers and self._scope.get("http_version") != "1.0":
            self._pieces = _Pieces()
            headers["Content-Encoding"] = "gzip"
            headers.add_vary_header("Accept-Encoding")
            del headers["content-length"]
        return message


class _Pieces:
    """What is packed piece by piece: one that breaks has no end."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._file = gzip.GzipFile(_name(), "wb", LEVEL, self._out, mtime=0)

    async def of(self, message: Message) -> Message:
        """A piece; a long one is packed in a thread."""
        body, last = message.get("body", b""), not message.get("more_body")
        if len(body) > LONG:
            await asyncio.to_thread(self._file.write, body)
        else:
            self._file.write(body)
        if last:
            self._file.close()
        said = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        return {**message, "body": said}


def _name() -> str:
    """A name of random length, that nobody reads."""
    return secrets.token_hex(secrets.randbelow(MOST_PADDING // 2) + 1)


def _for_all(headers: Headers) -> bool:
    said = headers.get("cache-control", "")
    return "etag" in headers and "private" not in said and "no-store" not in said


def _of_words(headers: Headers) -> bool:
    return headers.get("content-type", "").partition(";")[0].strip() in KINDS


def _plain(headers: MutableHeaders) -> None:
    """Without the word that an answer is to go as it is: that is between us."""
    if headers.get("content-encoding") == "identity":
        del headers["content-encoding"]


class PackedFiles(StaticFiles):
    """The files of web/static: packed once each, and kept for ever where the address says their digest."""

    def __init__(self, *, directory: Path) -> None:
        super().__init__(directory=directory)
        self._folder = directory
        self._made: dict[tuple[str, int], bytes] = {}

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, as whoever asks can take it."""
        media = MEDIA.get(Path(path).suffix)
        answer = await super().get_response(path, scope)
        if answer.status_code not in (200, 304):
            raise HTTPException(404)
        answer.headers["Cache-Control"] = self._kept(path, scope)
        answer.headers.add_vary_header("Accept-Encoding")
        if media is None or answer.status_code != HTTPStatus.OK or not takes_gzip(Headers(scope=scope)):
            return answer
        headers = {
            "Content-Encoding": "gzip",
            "Cache-Control": answer.headers["Cache-Control"],
            "ETag": answer.headers["etag"],
            "Vary": "Accept-Encoding",
        }
        return Response(self._packed(path), media_type=media, headers=headers)

    def _packed(self, path: str) -> bytes:
        file = self._folder / path
        key = (path, file.stat().st_mtime_ns)
        if key not in self._made:
            self._made[key] = packed(file.read_bytes(), BEST, padded=False)
        return self._made[key]

    def _kept(self, path: str, scope: Scope) -> str:
        """How long a browser may keep it: for ever under its digest, otherwise only if it asks again."""
        said = scope["query_string"].decode("latin-1")
        return FOR_EVER if said == f"v={digest_of(self._folder / path)}" else "public, no-cache"


_DIGESTS: dict[tuple[Path, int], str] = {}


def digest_of(file: Path) -> str:
    """The first twelve signs of a file's SHA-256; empty where there is none."""
    try:
        key = (file, file.stat().st_mtime_ns)
    except OSError:
        return ""
    if key not in _DIGESTS:
        _DIGESTS[key] = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    return _DIGESTS[key]
