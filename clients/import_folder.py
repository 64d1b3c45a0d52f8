"""A folder that others put files into: what has stopped growing is read, then moved aside with a note."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SETTLED = 20.0
"""Seconds for which a file has to stay as it is before it is read: whoever writes it may not be done."""
MOST_AT_ONCE = 50
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")
"""How programs name what they are still writing."""


@dataclass(frozen=True)
class Arrived:
    """A file that has come, whole."""

    path: Path

    @property
    def name(self) -> str:
        """Its name, without the folder."""
        return self.path.name

    def content(self, most: int) -> bytes:
        """Its bytes, one more than so many at the most."""
        with self.path.open("rb") as file:
            return file.read(most + 1)


class ImportFolder:
    """The folder, and what its files looked like when we last looked."""

    def __init__(
        self, folder: Path, *, settled: float = SETTLED, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._settled = settled
        self._clock = clock
        self._seen: dict[str, tuple[tuple[int, int], float]] = {}

    def arrived(self) -> list[Arrived]:
        """The files that have not changed for a while, by name; what is unfinished or hidden is left alone.

        Raises: OSError: the folder cannot be read.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        there = {one.name: one for one in self._folder.iterdir() if _is_file(one)}
        self._seen = {name: at for name, at in self._seen.items() if name in there}
        found = [Arrived(there[name]) for name in sorted(there) if self._has_settled(there[name])]
        return found[:MOST_AT_ONCE]

    def put_aside(self, name: str, *, well: bool, why: str) -> None:
        """Move a file to `done` or `wrong`, with a note beside it that says what became of it.

        Raises: OSError: it cannot be moved.
        """
        folder = self._folder / ("done" if well else "wrong")
        folder.mkdir(exist_ok=True)
        target = _free(folder, self._folder / name)
        target.with_name(f"{target.name}.why.txt").write_text(why.rstrip() + "\n", encoding="utf-8")
        (self._folder / name).rename(target)
        self._seen.pop(name, None)

    def _has_settled(self, path: Path) -> bool:
        try:
            stat = path.stat()
        except OSError:
            return False
        looks = (stat.st_size, stat.st_mtime_ns)
        before = self._seen.get(path.name)
        if before is None or before[0] != looks:
            self._seen[path.name] = (looks, self._clock())
            return False
        return self._clock() - before[1] >= self._settled


def _is_file(path: Path) -> bool:
    hidden = path.name.startswith((".", "~"))
    return not hidden and path.suffix.lower() not in UNFINISHED and path.is_file() and not path.is_symlink()


def _free(folder: Path, path: Path) -> Path:
    """A name in a folder that is not taken: the file's own, or with a number."""
    number = 1
    target = folder / path.name
    while target.exists():
        number += 1
        target = folder / f"{path.stem}-{number}{path.suffix}"
    return target
