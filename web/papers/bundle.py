"""One file of many, made once and handed to a crowd: the same contents, the same bytes."""

import asyncio
import hashlib
import json
import logging
import time
import zipfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from handover.growing import Growing
from web.papers.held import Held, measured, unnamed

log = logging.getLogger("answerable.web")

AGAIN = 600.0
"""Seconds: what changed beside what was published is in the file at the latest so much later."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file within: the real ones stand in what they say."""
LATER = 3600.0
"""Seconds: whoever asks after that waits for the file that is made anew."""
File = tuple[str, bytes | Growing]
Files = Callable[[], AsyncIterator[File]]


@dataclass(frozen=True)
class Inside:
    """One file within, with what it takes to check it."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True)
class Made(Held):
    """The file as it was made, and how far the record had got then."""

    published: str = ""
    inside: tuple[Inside, ...] = ()


class Archive:
    """The newest file, made again where the record has moved on: one at a time, however many ask."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: Made | None = None
        self._making = asyncio.Lock()
        self._beside: asyncio.Task[None] | None = None

    async def get(self, mark: str, published: str, files: Files) -> Made:
        """The file at a mark: what was published or withdrawn counts at once, all else within a while.

        While only the rest has moved on, whoever asks has the one before it, and the next is made beside.
        """
        held = self._held
        if held is not None and held.published == published:
            age = self._clock() - held.at
            if held.mark == mark or age < AGAIN:
                return held
            if age < LATER:
                self._make_beside(mark, published, files)
                return held
        return await self._newest(mark, published, files)

    async def _newest(self, mark: str, published: str, files: Files) -> Made:
        async with self._making:
            held = self._held
            if held is None or held.published != published or self._old(held, mark):
                held = self._held = await _made(mark, published, self._clock(), files)
            return held

    def _old(self, held: Made, mark: str) -> bool:
        return held.mark != mark and self._clock() - held.at >= AGAIN

    def _make_beside(self, mark: str, published: str, files: Files) -> None:
        if self._beside is None or self._beside.done():
            self._beside = asyncio.create_task(self._quietly(mark, published, files))

    async def _quietly(self, mark: str, published: str, files: Files) -> None:
        """Make the next one; where that fails, whoever asks when this one is too old is told why."""
        try:
            await self._newest(mark, published, files)
        except Exception as why:  # noqa: BLE001 - nobody waits for this, and what is held stays good
            log.warning("The archive could not be made anew: %s", type(why).__name__)


async def _made(mark: str, published: str, at: float, files: Files) -> Made:
    file = unnamed()
    inside: list[Inside] = []
    try:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            async for name, content in files():
                inside.append(await asyncio.to_thread(_put, archive, name, content))
            await asyncio.to_thread(_lists, archive, inside)
        size, digest = await asyncio.to_thread(measured, file)
    except BaseException:
        file.close()
        raise
    return Made(mark, at, size, digest, file, published, tuple(inside))


def _lists(archive: zipfile.ZipFile, inside: list[Inside]) -> None:
    """What everything is checked by, last: a file that was cut off has none."""
    _put(archive, "manifest.json", manifest(inside))
    _put(archive, "SHA256SUMS", "".join(f"{one.digest}  {one.name}\n" for one in inside).encode())


def manifest(inside: list[Inside]) -> bytes:
    """What is in the file, each with its size and SHA-256."""
    listed = [{"name": one.name, "bytes": one.size, "sha256": one.digest} for one in inside]
    return json.dumps({"files": listed}, indent=1, ensure_ascii=False).encode() + b"\n"


def _put(archive: zipfile.ZipFile, name: str, content: bytes | Growing) -> Inside:
    one = zipfile.ZipInfo(name, FIRST_DAY)
    one.compress_type = zipfile.ZIP_DEFLATED
    one.create_system = 3
    one.external_attr = 0o644 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(one, "w") as within:
        for piece in content.pieces() if isinstance(content, Growing) else (content,):
            within.write(piece)
            digest.update(piece)
            size += len(piece)
    return Inside(name, size, digest.hexdigest())
