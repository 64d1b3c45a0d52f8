"""The shelf: evidence files by the SHA-256 of their bytes, in a folder or in S3, written once."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from typing import BinaryIO

from clients.inspection import EMPTY, WRONG_TYPE, FileRefused, inspect, kind_of, name_refused, too_large
from clients.stacks import Stacks
from schemas.evidence import MediaType
from schemas.shape import Digest, Instant, Shape
from sealing.keys import KeyRing


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

    def __init__(self, url: str, ring: KeyRing | None = None) -> None:
        """With a ring of keys what is kept is encrypted; a file is named by what it says all the same."""
        self.stacks = Stacks(url, ring)

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
            await self._keep(file, digest)
        return Shelved(digest=digest, size=size, media_type=media_type)

    async def open(self, digest: str) -> AsyncIterator[bytes]:
        """The bytes of a file, piece by piece.

        Raises: FileNotFoundError: no such file lies on the shelf. DamagedError, KeyMissingError: one does,
            and cannot be read; nothing of it is given out.
        """
        return await self.stacks.read(digest)

    async def facts(self, digest: str) -> Facts | None:
        """The size of a file and since when it is kept; None if it is not on the shelf."""
        place = await self.stacks.find(digest)
        return Facts(size=place.size, kept_at=place.kept_at) if place else None

    async def put_away(self, digest: str) -> None:
        """Move a file into quarantine, from where nothing is ever opened. May be repeated."""
        await self.stacks.put_away(digest)

    async def remove(self, digest: str) -> None:
        """Delete a file from quarantine. May be repeated."""
        await self.stacks.remove(digest)

    async def _keep(self, file: BinaryIO, digest: str) -> None:
        """Store the file unless it is there and can be read: its name is made of its content."""
        if not await self.stacks.stands(digest):
            await self.stacks.write(file, digest)


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
