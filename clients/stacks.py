"""How files lie, in a folder or in S3: encrypted where there are keys, and checked before they are read."""

import hashlib
import re
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO

import obstore
from obstore.store import from_url

from sealing.files import HEAD, DamagedError, key_named, opened, plain_size, sealed
from sealing.keys import KeyMissingError, KeyRing, UnreadableError

if TYPE_CHECKING:
    from obstore.store import RetryConfig

DIGEST = re.compile(r"[0-9a-f]{64}")
LIES = re.compile(r"(?:quarantine/)?[0-9a-f]{2}/(?P<digest>[0-9a-f]{64})(?P<sealed>\.sealed)?")
"""Every place at which a file can lie; what an upload that broke off left behind has other names."""
SEALED = ".sealed"
QUARANTINE = "quarantine/"
PART = 5 * 1024 * 1024
PARTS_AT_ONCE = 2
READ = 256 * 1024
TRIED: "RetryConfig" = {"max_retries": 8, "retry_timeout": timedelta(seconds=30)}
"""How long S3 is asked again before somebody who waits for a page is told; of itself the library goes on for
three minutes."""


@dataclass(frozen=True)
class Place:
    """Where one file lies."""

    path: str
    size: int
    """Bytes of the file itself."""
    kept_at: datetime
    sealed: bool
    digest: str


class Stacks:
    """Reads and writes the bytes. What lies encrypted goes before what lies open under the same digest."""

    def __init__(self, url: str, ring: KeyRing | None = None) -> None:
        self._store = (
            from_url(url, mkdir=True) if url.startswith("file:") else from_url(url, retry_config=TRIED)
        )
        self.ring = ring

    async def find(self, digest: str) -> Place | None:
        """Where a file lies; None where it does not."""
        for path in _paths(digest) if DIGEST.fullmatch(digest) else ():
            with suppress(FileNotFoundError):
                meta = await obstore.head_async(self._store, path)
                return _place(path, meta["size"], meta["last_modified"])
        return None

    async def read(self, digest: str) -> AsyncIterator[bytes]:
        """The bytes of a file, piece by piece. All of them were checked before the first is given out.

        Raises: FileNotFoundError: there is none. DamagedError, KeyMissingError: it cannot be read.
        """
        for _ in range(2):  # it may be encrypted between the look and the reading
            place = await self.find(digest)
            if place is None:
                break
            with suppress(FileNotFoundError):
                await self.check(place)
                return await self._bytes(place)
        raise FileNotFoundError("No such file lies on the shelf")

    async def check(self, place: Place) -> None:
        """Read a file through and give nothing out.

        Raises: DamagedError, KeyMissingError: it cannot be read. FileNotFoundError: it is gone.
        """
        digest = hashlib.sha256()
        async with aclosing(await self._bytes(place)) as pieces:
            async for piece in pieces:
                if not place.sealed:  # what is encrypted proves itself
                    digest.update(piece)
        if not place.sealed and digest.hexdigest() != place.digest:
            raise DamagedError(place.digest)

    async def stands(self, digest: str) -> bool:
        """Whether a file lies as it would be written now, and can be read."""
        place = await self.find(digest)
        if place is None or place.sealed != bool(self.ring):
            return False
        try:
            await self.check(place)
        except (UnreadableError, FileNotFoundError):
            return False
        return True

    async def write(self, file: BinaryIO, digest: str) -> None:
        """Keep a file, encrypted where there is a ring; an open copy of it goes."""
        file.seek(0)
        await self._put(_path(digest), file, digest)
        if self.ring:
            await self._gone([_path(digest)])

    async def put_away(self, digest: str) -> None:
        """Move a file into quarantine, to which no digest leads. May be repeated."""
        for path in _paths(digest):
            with suppress(FileNotFoundError):
                await obstore.copy_async(self._store, path, QUARANTINE + path)
                await obstore.delete_async(self._store, path)

    async def remove(self, digest: str) -> None:
        """Delete a file from quarantine. May be repeated."""
        await self._gone([QUARANTINE + path for path in _paths(digest)])

    async def everything(self) -> AsyncIterator[Place]:
        """Every file that lies here, in quarantine too."""
        async for some in obstore.list(self._store):
            for meta in some:
                if LIES.fullmatch(meta["path"]):
                    yield _place(meta["path"], meta["size"], meta["last_modified"])

    async def key_of(self, place: Place) -> str:
        """The name of the key with which a file lies encrypted; empty where it lies open."""
        if not place.sealed:
            return ""
        head = await obstore.get_range_async(self._store, place.path, start=0, end=HEAD)
        return key_named(bytes(head))

    async def write_again(self, place: Place, file: BinaryIO) -> None:
        """Encrypt a file at its place with the key that writes now; the open one goes once that can be read.

        Raises: DamagedError: the file is not the one that its name says. Nothing was changed.
        """
        digest = hashlib.sha256()
        async with aclosing(await self._bytes(place)) as pieces:
            async for piece in pieces:
                digest.update(piece)
                file.write(piece)
        if digest.hexdigest() != place.digest:
            raise DamagedError(place.digest)
        file.seek(0)
        path = place.path.removesuffix(SEALED)
        await self._put(path, file, place.digest)
        await self.check(_place(path + SEALED, 0, place.kept_at))
        await self._gone([path])

    async def _put(self, path: str, file: BinaryIO, digest: str) -> None:
        if self.ring is None:
            await obstore.put_async(self._store, path, file, chunk_size=PART, max_concurrency=PARTS_AT_ONCE)
            return
        await obstore.put_async(
            self._store, path + SEALED, sealed(file, self.ring, digest), chunk_size=PART,
            max_concurrency=PARTS_AT_ONCE,
        )  # fmt: skip

    async def _bytes(self, place: Place) -> AsyncGenerator[bytes, None]:
        found = await obstore.get_async(self._store, place.path)
        pieces = _pieces(found.stream(min_chunk_size=READ))
        if not place.sealed:
            return pieces
        if self.ring is None:
            raise KeyMissingError(await self.key_of(place))
        return opened(pieces, self.ring, place.digest)

    async def _gone(self, paths: Iterable[str]) -> None:
        for path in paths:
            with suppress(FileNotFoundError):
                await obstore.delete_async(self._store, path)


def _place(path: str, size: int, kept_at: datetime) -> Place:
    named = LIES.fullmatch(path)
    assert named, "only places of files are asked for"
    is_sealed = named["sealed"] is not None
    return Place(path, plain_size(size) if is_sealed else size, kept_at, is_sealed, named["digest"])


def _path(digest: str) -> str:
    if not DIGEST.fullmatch(digest):
        raise FileNotFoundError("That is not the digest of a file")
    return f"{digest[:2]}/{digest}"


def _paths(digest: str) -> tuple[str, str]:
    """Where a file may lie: encrypted, or open as it was kept before there were keys."""
    return _path(digest) + SEALED, _path(digest)


async def _pieces(stream: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    async for piece in stream:
        yield bytes(piece)
