"""The shelf: evidence files by the SHA-256 of their bytes, in a folder or in S3, written once."""

import asyncio
import hashlib
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import BinaryIO

import obstore
from obstore.store import from_url

from clients.inspection import EMPTY, WRONG_TYPE, FileRefused, inspect, kind_of, name_refused, too_large
from schemas.evidence import MediaType
from schemas.shape import Digest, Instant, Shape

DIGEST = re.compile(r"[0-9a-f]{64}")
PART = 5 * 1024 * 1024
PARTS_AT_ONCE = 2
READ = 256 * 1024


class Shelved(Shape):
    """A file that lies on the shelf, as a command can name it."""

    digest: Digest
    size: int
    media_type: MediaType


class Facts(Shape):
    """What the shelf itself knows of a file."""

    size: int
    kept_at: Instant


class Shelf:
    """Keeps files. Nothing is kept of a file that is refused, cut off, or fails half-way."""

    def __init__(self, url: str) -> None:
        self._store = from_url(url, mkdir=True) if url.startswith("file:") else from_url(url)

    async def put(self, chunks: AsyncIterator[bytes], name: str, limit: int) -> Shelved | FileRefused:
        """Take a file as it arrives; where it lies, or why it is not taken. The same file twice is fine.

        At no time is the whole file in memory. Whether a virus is in it
        is found out later (docs/adr/0027-files.md).

        Units: `limit` is the largest size that is taken, in bytes.
        Raises: OSError, obstore.exceptions.BaseError: the shelf cannot be written to; nothing was kept.
        """
        if refused := name_refused(name):
            return refused
        if kind_of(name) is None:
            return WRONG_TYPE
        with tempfile.TemporaryFile() as file:
            received = await _receive(chunks, file, limit)
            if isinstance(received, FileRefused):
                return received
            media_type = await asyncio.to_thread(inspect, file, name)
            if isinstance(media_type, FileRefused):
                return media_type
            digest, size = received
            await self._keep(file, digest, size)
        return Shelved(digest=digest, size=size, media_type=media_type)

    async def open(self, digest: str) -> AsyncIterator[bytes]:
        """The bytes of a file, piece by piece.

        Raises: FileNotFoundError: no such file lies on the shelf.
        """
        found = await obstore.get_async(self._store, _path(digest))
        return _pieces(found.stream(min_chunk_size=READ))

    async def facts(self, digest: str) -> Facts | None:
        """The size of a file and since when it is kept; None if it is not on the shelf."""
        try:
            meta = await obstore.head_async(self._store, _path(digest))
        except FileNotFoundError:
            return None
        return Facts(size=meta["size"], kept_at=meta["last_modified"])

    async def put_away(self, digest: str) -> None:
        """Move a file into quarantine, from where nothing is ever opened. May be repeated."""
        with suppress(FileNotFoundError):
            await obstore.copy_async(self._store, _path(digest), _quarantined(digest))
            await obstore.delete_async(self._store, _path(digest))

    async def remove(self, digest: str) -> None:
        """Delete a file from quarantine. May be repeated."""
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, _quarantined(digest))

    async def _keep(self, file: BinaryIO, digest: str, size: int) -> None:
        """Store the file unless it is there: its name is made of its content, so it can be nothing else."""
        there = await self.facts(digest)
        if there and there.size == size:
            return
        file.seek(0)
        await obstore.put_async(
            self._store, _path(digest), file, chunk_size=PART, max_concurrency=PARTS_AT_ONCE
        )


def _path(digest: str) -> str:
    if not DIGEST.fullmatch(digest):
        raise FileNotFoundError("That is not the digest of a file")
    return f"{digest[:2]}/{digest}"


def _quarantined(digest: str) -> str:
    return f"quarantine/{_path(digest)}"


async def _receive(chunks: AsyncIterator[bytes], file: BinaryIO, limit: int) -> tuple[str, int] | FileRefused:
    """Write what arrives to the file; its digest and its size in bytes, or why we stopped."""
    digest, size = hashlib.sha256(), 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            return too_large(limit)
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    return (digest.hexdigest(), size) if size else EMPTY


async def _pieces(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    async for piece in stream:
        yield bytes(piece)
