"""A file that grows while something else is read, and is read itself once it is whole: mostly on disk."""

import asyncio
import itertools
import tempfile
import weakref
from collections.abc import AsyncIterator, Iterable, Iterator

from handover.cells import Row, begun, lines

IN_MEMORY = 256 * 1024
CHUNK = 64 * 1024
"""Bytes."""
AT_ONCE = 64
"""Pieces that are made in one go."""


class Growing:
    """Bytes that are put down one after another; gone with whoever holds it."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, prefix="answerable-growing-")  # noqa: SIM115 - lives as long as what holds it
        weakref.finalize(self, self._file.close)

    def put(self, piece: bytes) -> None:
        """Put down some more."""
        self._file.write(piece)

    def pieces(self) -> Iterator[bytes]:
        """All of it, piece by piece."""
        self._file.seek(0)
        while piece := self._file.read(CHUNK):
            yield piece

    def lines(self) -> Iterator[bytes]:
        """All of it, line by line."""
        self._file.seek(0)
        yield from self._file


class GrowingTable(Growing):
    """A table whose rows come one after another."""

    def __init__(self, head: Row) -> None:
        super().__init__()
        self.put(begun(head))

    def add(self, rows: Iterable[Row]) -> None:
        """Some more rows."""
        self.put(lines(rows))


async def beside(pieces: Iterator[bytes], at_once: int = AT_ONCE) -> AsyncIterator[bytes]:
    """Pieces that are made in a thread, so that whoever waits for something else does not wait for these."""
    while some := await asyncio.to_thread(_some, pieces, at_once):
        if piece := b"".join(some):
            yield piece


def _some(pieces: Iterator[bytes], most: int) -> list[bytes]:
    return list(itertools.islice(pieces, most))
