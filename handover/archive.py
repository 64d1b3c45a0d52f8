"""What a pack is written into: a zip that is sent while it is made, or a folder."""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Protocol

READABLE = 0o100644 << 16
PACKED = zipfile.ZIP_DEFLATED
AS_IT_IS = zipfile.ZIP_STORED
"""Evidence is mostly packed by its own format already."""


@dataclass(frozen=True)
class Written:
    """One file of a pack, as the manifest names it."""

    name: str
    digest: str
    size: int


class Archive(Protocol):
    """Takes files one after another."""

    def begin(self, name: str, *, packed: bool = True) -> None:
        """Begin a file."""
        ...

    def put(self, piece: bytes) -> bytes:
        """Put bytes into the file that was begun; what may be sent on already."""
        ...

    def end(self) -> bytes:
        """End the file; what may be sent on already."""
        ...

    def close(self) -> bytes:
        """End the pack; the rest of what is to be sent on."""
        ...


class _Passing:
    """Keeps what a zip writes until it is taken: never more than one piece of a file and some headers."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._kept.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing to flush: what was written is there to be taken."""

    def take(self) -> bytes:
        taken, self._kept = b"".join(self._kept), []
        return taken


class ZipArchive:
    """A zip whose bytes are handed on while it is made: the same files and day give the same bytes."""

    def __init__(self, day: date) -> None:
        self._passing = _Passing()
        self._zip = zipfile.ZipFile(self._passing, "w", allowZip64=True)  # type: ignore[call-overload] # never closed by a zip that was handed it
        self._at = (day.year, day.month, day.day, 0, 0, 0)
        self._open: IO[bytes] | None = None

    def begin(self, name: str, *, packed: bool = True) -> None:
        """Begin a file."""
        info = zipfile.ZipInfo(name, date_time=self._at)
        info.external_attr, info.create_system = READABLE, 3
        info.compress_type = PACKED if packed else AS_IT_IS
        self._open = self._zip.open(info, "w")

    def put(self, piece: bytes) -> bytes:
        """Put bytes into the file that was begun."""
        assert self._open is not None
        self._open.write(piece)
        return self._passing.take()

    def end(self) -> bytes:
        """End the file."""
        assert self._open is not None
        self._open.close()
        return self._passing.take()

    def close(self) -> bytes:
        """Write the list of contents."""
        self._zip.close()
        return self._passing.take()


class FolderArchive:
    """A folder that is there and empty, or is made. Nothing in it is ever written over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: IO[bytes] | None = None

    def begin(self, name: str, *, packed: bool = True) -> None:
        """Begin a file."""
        del packed
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._open = path.open("xb")

    def put(self, piece: bytes) -> bytes:
        """Put bytes into the file that was begun."""
        assert self._open is not None
        self._open.write(piece)
        return b""

    def end(self) -> bytes:
        """End the file."""
        assert self._open is not None
        self._open.close()
        return b""

    def close(self) -> bytes:
        """Nothing more to write."""
        return b""


class Packing:
    """Files on their way into an archive, each with its digest noted for the manifest."""

    def __init__(self, archive: Archive, prefix: str = "") -> None:
        self._archive, self._prefix = archive, prefix
        self.written: list[Written] = []

    def begin(self, name: str, *, packed: bool = True) -> "_One":
        """A file to be put in piece by piece."""
        self._archive.begin(self._prefix + name, packed=packed)
        return _One(self, self._archive, name)

    def file(self, name: str, pieces: Iterator[bytes] | tuple[bytes, ...]) -> Iterator[bytes]:
        """A whole file; what may be sent on."""
        one = self.begin(name)
        for piece in pieces:
            yield one.put(piece)
        yield one.end()


class _One:
    def __init__(self, packing: Packing, archive: Archive, name: str) -> None:
        self._packing, self._archive, self._name = packing, archive, name
        self._digest, self._size = hashlib.sha256(), 0

    def put(self, piece: bytes) -> bytes:
        self._digest.update(piece)
        self._size += len(piece)
        return self._archive.put(piece)

    def end(self) -> bytes:
        sent = self._archive.end()
        self._packing.written.append(Written(self._name, self.digest, self._size))
        return sent

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()
