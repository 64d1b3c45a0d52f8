"""One file of many, made once and handed to a crowd: the same contents, the same bytes."""

import asyncio
import hashlib
import json
import os
import tempfile
import time
import weakref
import zipfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import IO

AGAIN = 600.0
"""Seconds: what changed beside what was published is in the file at the latest so much later."""
CHUNK = 256 * 1024
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file within: the real ones stand in what they say."""
Files = Callable[[], AsyncIterator[tuple[str, bytes]]]


@dataclass(frozen=True)
class Inside:
    """One file within, with what it takes to check it."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True)
class Made:
    """The file as it was made, and how far the record had got then."""

    mark: str
    published: str
    at: float
    size: int
    digest: str
    inside: tuple[Inside, ...]
    file: IO[bytes] = field(repr=False, compare=False)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Its bytes, piece by piece; a newer one may take its place meanwhile."""
        place, file = 0, self.file
        while piece := await asyncio.to_thread(_read, file, place):
            yield piece
            place += len(piece)


def _read(file: IO[bytes], place: int) -> bytes:
    """A piece of a file that others read at the same time: without moving to it."""
    return os.pread(file.fileno(), CHUNK, place)


class Archive:
    """The newest file, made again where the record has moved on: one at a time, however many ask."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: Made | None = None
        self._making = asyncio.Lock()

    async def get(self, mark: str, published: str, files: Files) -> Made:
        """The file at a mark: what was published or withdrawn counts at once, all else within a while."""
        if held := self._good(mark, published):
            return held
        async with self._making:
            if held := self._good(mark, published):
                return held
            self._held = made = await _made(mark, published, self._clock(), files)
            return made

    def _good(self, mark: str, published: str) -> Made | None:
        held = self._held
        if held is None or held.published != published:
            return None
        return held if held.mark == mark or self._clock() - held.at < AGAIN else None


async def _made(mark: str, published: str, at: float, files: Files) -> Made:
    file = tempfile.TemporaryFile(prefix="answerable-archive-")  # noqa: SIM115 - lives as long as what holds it
    inside: list[Inside] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        async for name, content in files():
            await asyncio.to_thread(_put, archive, name, content)
            inside.append(Inside(name, len(content), hashlib.sha256(content).hexdigest()))
        _put(archive, "manifest.json", manifest(inside))
        _put(archive, "SHA256SUMS", "".join(f"{one.digest}  {one.name}\n" for one in inside).encode())
    file.flush()
    size = file.seek(0, os.SEEK_END)
    digest = await asyncio.to_thread(_digest, file)
    made = Made(mark, published, at, size, digest, tuple(inside), file)
    weakref.finalize(made, file.close)
    return made


def manifest(inside: list[Inside]) -> bytes:
    """What is in the file, each with its size and SHA-256."""
    listed = [{"name": one.name, "bytes": one.size, "sha256": one.digest} for one in inside]
    return json.dumps({"files": listed}, indent=1, ensure_ascii=False).encode() + b"\n"


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    one = zipfile.ZipInfo(name, FIRST_DAY)
    one.compress_type = zipfile.ZIP_DEFLATED
    one.create_system = 3
    one.external_attr = 0o644 << 16
    archive.writestr(one, content)


def _digest(file: IO[bytes]) -> str:
    found, place = hashlib.sha256(), 0
    while piece := _read(file, place):
        found.update(piece)
        place += len(piece)
    return found.hexdigest()
