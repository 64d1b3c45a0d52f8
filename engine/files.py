"""Held files: what the Desk checks before findings become public, and a shelf that gives out nothing held."""

from collections.abc import AsyncIterator, Iterable
from typing import Protocol

from rules.publishing.held_files import files_held, named_files
from rules.scanning import held
from schemas.files import Scan
from schemas.outcomes import Refused
from schemas.rows import CyclePage
from schemas.shape import Digest


class KnowsScans(Protocol):
    """What scanners said of files."""

    async def scans(self, digests: Iterable[Digest]) -> dict[Digest, Scan]:
        """What is known of some files, by their digests."""
        ...


class OpensFiles(Protocol):
    """Where evidence files lie."""

    async def open(self, digest: str) -> AsyncIterator[bytes]:
        """The bytes of a file, piece by piece. Raises FileNotFoundError."""
        ...


class HeldError(FileNotFoundError):
    """A file lies on the shelf and may not be opened; the message says why and what to do."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why.message)
        self.why = why


class GuardedShelf:
    """A shelf that gives out nothing which is held (rules.scanning.held)."""

    def __init__(self, shelf: OpensFiles, scans: KnowsScans | None, *, unscanned_open: bool) -> None:
        self._shelf = shelf
        self._scans = scans
        self._unscanned_open = unscanned_open

    async def open(self, digest: str) -> AsyncIterator[bytes]:
        """The bytes of a file, piece by piece.

        Raises: FileNotFoundError: no such file lies on the shelf. HeldError: it does, and is held.
        """
        known = await self._scans.scans([digest]) if self._scans else {}
        if refused := held(known.get(digest), unscanned_open=self._unscanned_open):
            raise HeldError(refused)
        return await self._shelf.open(digest)


async def check_files(page: CyclePage, knows: KnowsScans, *, unscanned_open: bool) -> Refused | None:
    """A refusal where the newest findings of a cycle name a file that may not be opened."""
    if not page.cycle.findings:
        return None  # the rules refuse it, with the right words
    version = page.cycle.findings[-1]
    known = await knows.scans(named_files(page.cycle, version))
    return files_held(page.cycle, version, known, unscanned_open=unscanned_open)
