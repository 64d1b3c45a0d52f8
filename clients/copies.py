"""Making cleaned copies, one after another beside whoever asks: each may take all of one processor."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import BinaryIO

from clients.cleaning import Cleaned, clean
from clients.inspection import FileRefused

PIECE = 256 * 1024


@dataclass(frozen=True)
class Copy:
    """A copy: its fingerprint, its size in bytes, what was taken out, what is to be looked at."""

    digest: str
    size: int
    taken_out: tuple[str, ...]
    warnings: tuple[str, ...]
    file: BinaryIO

    async def pieces(self) -> AsyncIterator[bytes]:
        """Its bytes; it is gone afterwards."""
        with self.file:
            self.file.seek(0)
            while piece := await asyncio.to_thread(self.file.read, PIECE):
                yield piece


class Copies:
    """Makes cleaned copies; nothing of them is kept."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def copy(self, pieces: AsyncIterator[bytes], media_type: str) -> Copy | FileRefused:
        """The cleaned copy of a file, or why there can be none."""
        with tempfile.TemporaryFile() as file:
            async for piece in pieces:
                file.write(piece)
            async with self._turn:
                return await asyncio.to_thread(_made, file, media_type)


def _made(file: BinaryIO, media_type: str) -> Copy | FileRefused:
    made = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads it, or when nobody does
    cleaned = clean(file, made, media_type)
    if not isinstance(cleaned, Cleaned):
        made.close()
        return cleaned
    size = made.seek(0, 2)
    made.seek(0)
    digest = hashlib.file_digest(made, "sha256").hexdigest()
    return Copy(digest, size, cleaned.taken_out, cleaned.warnings, made)
