"""A shelf in memory, for pages that take and give files."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from schemas.evidence import FileItem


@dataclass(frozen=True)
class OnShelf:
    """A file that was taken."""

    digest: str
    size: int
    media_type: str = "text/plain"


@dataclass(frozen=True)
class Refusal:
    """A file that was not taken."""

    code: str
    message: str


@dataclass
class MemoryShelf:
    """A shelf that keeps files in memory and takes no programs."""

    files: dict[str, bytes] = field(default_factory=dict)
    noted: list[FileItem] = field(default_factory=list)

    async def put(self, chunks: AsyncIterator[bytes], name: str, limit: int) -> OnShelf | Refusal:
        """Take a file, unless its name ends in .exe or it is too large."""
        data = b"".join([chunk async for chunk in chunks])
        if name.endswith(".exe"):
            return Refusal("wrong_type", "This type of file is not taken.")
        if len(data) > limit:
            return Refusal("too_large", "This file is too large.")
        digest = hashlib.sha256(data).hexdigest()
        self.files[digest] = data
        return OnShelf(digest, len(data))

    async def open(self, digest: str) -> AsyncIterator[bytes]:
        """The bytes."""
        if digest not in self.files:
            raise FileNotFoundError

        async def pieces() -> AsyncIterator[bytes]:
            yield self.files[digest]

        return pieces()

    async def keep_file(self, file: FileItem) -> None:
        """Note the file."""
        self.noted.append(file)
