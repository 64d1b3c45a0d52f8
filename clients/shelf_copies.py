"""The shelf as it lies, encrypted or not, copied out to a folder and back: no key is needed for that."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from pathlib import Path

import obstore
from obstore.store import from_url

from clients.stacks import LIES, READ
from schemas.backups import ShelvedPart
from sealing.files import HEAD, key_named

AT_ONCE = 4


class ShelfCopies:
    """Copies what lies on a shelf. What an upload that broke off left behind is passed over."""

    def __init__(self, url: str) -> None:
        self._store = from_url(url, mkdir=True) if url.startswith("file:") else from_url(url)

    async def paths(self) -> set[str]:
        """Where files lie."""
        return {path async for path, _, _ in self._lying()}

    async def out(
        self, to: Path, before: Mapping[str, ShelvedPart], beside: Path | None
    ) -> list[ShelvedPart]:
        """Copy every file into a folder; one that lies in an earlier copy unchanged is linked from there.

        Raises: OSError, obstore.exceptions.BaseError: a file cannot be read or written.
        """
        free = asyncio.Semaphore(AT_ONCE)

        async def one(path: str, size: int, modified: datetime) -> ShelvedPart | None:
            known = before.get(path)
            async with free:
                same = known and beside and (known.size, known.modified) == (size, modified)
                if same and beside and await asyncio.to_thread(_linked, beside / path, to / path, size):
                    return known
                try:
                    return await self._copied(path, modified, to / path)
                except FileNotFoundError:
                    return None  # put away or encrypted meanwhile: it lies elsewhere, or in the next backup

        found = [one(path, size, at) async for path, size, at in self._lying()]
        return sorted((part for part in await asyncio.gather(*found) if part), key=lambda part: part.path)

    async def back(self, path: str, file: Path) -> None:
        """Put one file back to where it lay."""
        with await asyncio.to_thread(file.open, "rb") as opened:
            await obstore.put_async(self._store, path, opened)

    async def _copied(self, path: str, modified: datetime, to: Path) -> ShelvedPart:
        to.parent.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        got = await obstore.get_async(self._store, path)
        with await asyncio.to_thread(to.open, "xb") as file:
            async for piece in got.stream(min_chunk_size=READ):
                digest.update(piece)
                size += len(piece)
                await asyncio.to_thread(file.write, piece)
        return ShelvedPart(path=path, size=size, sha256=digest.hexdigest(), modified=modified)

    async def _lying(self) -> AsyncIterator[tuple[str, int, datetime]]:
        async for some in obstore.list(self._store):
            for meta in some:
                if LIES.fullmatch(meta["path"]):
                    yield meta["path"], meta["size"], meta["last_modified"]


def key_needed(file: Path) -> str | None:
    """The name of the key with which a copied file is encrypted; None where it is not."""
    with file.open("rb") as opened:
        return key_named(opened.read(HEAD)) or None


def _linked(was: Path, to: Path, size: int) -> bool:
    """Whether a file of an earlier copy could be linked; on another disk it is copied anew."""
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        if was.stat().st_size != size:
            return False
        os.link(was, to)
    except OSError:
        return False
    return True
