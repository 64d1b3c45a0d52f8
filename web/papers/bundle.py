"""One file of many, made once and handed to a crowd: the same contents, the same bytes."""

import asyncio
import hashlib
import json
import zipfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from handover.growing import Growing
from web.papers.held import Held, measured, unnamed

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file within: the real ones stand in what they say."""
File = tuple[str, bytes | Growing]
Files = Callable[[], AsyncIterator[File]]


@dataclass(frozen=True)
class Inside:
    """One file within, with what it takes to check it."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True)
class HowFar:
    """How far the record had got: all of it, what is published or proved, and how much was withdrawn."""

    mark: str = ""
    published: str = ""
    withdrawn: int = 0


NOWHERE = HowFar()


@dataclass(frozen=True)
class Made(Held):
    """The file as it was made, how far the record had got then, and when it was begun."""

    how_far: HowFar = NOWHERE
    inside: tuple[Inside, ...] = ()
    begun_at: datetime | None = None


async def bundled(files: Files, far: HowFar = NOWHERE, begun_at: datetime | None = None) -> Made:
    """One file of all these."""
    file = unnamed()
    try:
        inside = await put_into(file, files)
        size, digest = await asyncio.to_thread(measured, file)
    except BaseException:
        file.close()
        raise
    return Made(far.mark, 0.0, size, digest, file, far, inside, begun_at)


async def put_into(file: IO[bytes], files: Files) -> tuple[Inside, ...]:
    """Write all of them into one; what is in it then."""
    inside: list[Inside] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        async for name, content in files():
            inside.append(await asyncio.to_thread(_put, archive, name, content))
        await asyncio.to_thread(_lists, archive, inside)
    file.flush()
    return tuple(inside)


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
