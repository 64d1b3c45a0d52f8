"""Files that are made once, without a name, and handed to many: kept by what they were made of."""

import asyncio
import hashlib
import os
import tempfile
import time
import weakref
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import IO

from web.papers.turns import Turns

CHUNK = 256 * 1024
HOLD = 60.0
"""Seconds after which a table is made anew in any case: erased words move no mark."""
SOON = 10.0
"""Seconds after which it is made anew where something was recorded, though nothing was published."""
MOST = 12
"""Tables that are held; the least used is thrown away."""
AT_ONCE = 2
Pieces = Callable[[], AsyncGenerator[bytes]]


@dataclass(frozen=True)
class Held:
    """A file as it was made, and how far the record had got then."""

    mark: str
    at: float
    size: int
    digest: str
    file: IO[bytes] = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        weakref.finalize(self, self.file.close)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Its bytes, piece by piece; a newer one may take its place meanwhile."""
        place, file = 0, self.file
        while piece := await asyncio.to_thread(_read, file, place):
            yield piece
            place += len(piece)


def unnamed() -> IO[bytes]:
    """A file on disk that nobody finds, and that is gone with whoever holds it."""
    return tempfile.TemporaryFile(prefix="answerable-held-")


def measured(file: IO[bytes]) -> tuple[int, str]:
    """How long a file is, and its SHA-256."""
    file.flush()
    found, place = hashlib.sha256(), 0
    while piece := _read(file, place):
        found.update(piece)
        place += len(piece)
    return place, found.hexdigest()


def _read(file: IO[bytes], place: int) -> bytes:
    """A piece of a file that others read at the same time: without moving to it."""
    return os.pread(file.fileno(), CHUNK, place)


class HeldTables:
    """Tables and data that everybody may take, made once for what is asked while the record stands still."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._turns = Turns(AT_ONCE)

    async def get(self, asked: str, mark: str, pieces: Pieces) -> Held:
        """What is asked for, as the record stands at a mark: what is published, a bar, and all the rest.

        Raises: TakenByOthersError: others had tables made for too long.
        """
        if held := self._good(asked, mark):
            return held
        async with self._turns.one():
            if held := self._good(asked, mark):
                return held
            made = await _made(mark, self._clock(), pieces)
            self._held[asked] = made
            while len(self._held) > MOST:
                self._held.popitem(last=False)
            return made

    def _good(self, asked: str, mark: str) -> Held | None:
        held = self._held.get(asked)
        if held is None:
            return None
        self._held.move_to_end(asked)
        age = self._clock() - held.at
        same = held.mark.partition("|")[0] == mark.partition("|")[0]
        return held if age < (HOLD if held.mark == mark else SOON if same else 0.0) else None


async def _made(mark: str, at: float, pieces: Pieces) -> Held:
    file = unnamed()
    try:
        async with aclosing(pieces()) as coming:
            async for piece in coming:
                file.write(piece)
        size, digest = await asyncio.to_thread(measured, file)
    except BaseException:
        file.close()
        raise
    return Held(mark, at, size, digest, file)
