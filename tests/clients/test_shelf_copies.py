"""The shelf copied out and back, without a key."""

import asyncio
import hashlib
from datetime import UTC, datetime
from pathlib import Path

from clients.shelf_copies import ShelfCopies, key_needed
from clients.stacks import Stacks
from schemas.backups import ShelvedPart
from sealing.keys import KeyRing, new_key

KEY = new_key("2026-11-23")


async def shelved(folder: Path, words: bytes, ring: KeyRing | None = None) -> str:
    """A file on a shelf; its digest."""
    source, digest = folder.with_suffix(".source"), hashlib.sha256(words).hexdigest()
    source.write_bytes(words)
    with source.open("rb") as file:
        await Stacks(folder.as_uri(), ring).write(file, digest)
    return digest


async def out(
    shelf: Path, to: Path, before: list[ShelvedPart] | None = None, beside: Path | None = None
) -> list[ShelvedPart]:
    """Everything copied out."""
    await asyncio.to_thread(to.mkdir)
    return await ShelfCopies(shelf.as_uri()).out(to, {one.path: one for one in before or ()}, beside)


async def test_what_lies_is_copied_as_it_lies_and_put_back(tmp_path: Path) -> None:
    """Encrypted files stay so, and the copy names the key that they need."""
    ring = KeyRing((KEY,))
    shelf = tmp_path / "shelf"
    digest = await shelved(shelf, b"the minutes", ring)
    [part] = await out(shelf, tmp_path / "copy")
    copied = tmp_path / "copy" / part.path
    assert part.sha256 == hashlib.sha256(copied.read_bytes()).hexdigest()
    assert b"minutes" not in copied.read_bytes()
    assert key_needed(copied) == KEY.id

    again = ShelfCopies((tmp_path / "again").as_uri())
    assert await again.paths() == set()
    await again.back(part.path, copied)
    assert await again.paths() == {part.path}
    pieces = await Stacks((tmp_path / "again").as_uri(), ring).read(digest)
    assert b"".join([piece async for piece in pieces]) == b"the minutes"


async def test_what_has_not_changed_is_linked_and_what_has_is_copied(tmp_path: Path) -> None:
    """The second copy takes no room for the same file; one that was encrypted since is another."""
    shelf = tmp_path / "shelf"
    await shelved(shelf, b"the minutes")
    first = await out(shelf, tmp_path / "first")
    await shelved(shelf, b"the agenda")
    second = await out(shelf, tmp_path / "second", first, tmp_path / "first")
    one = first[0].path
    assert (tmp_path / "first" / one).stat().st_ino == (tmp_path / "second" / one).stat().st_ino
    assert len(second) == 2
    moved = [first[0].model_copy(update={"modified": datetime(2020, 1, 1, tzinfo=UTC)})]
    await out(shelf, tmp_path / "third", moved, tmp_path / "first")
    assert (tmp_path / "first" / one).stat().st_ino != (tmp_path / "third" / one).stat().st_ino


async def test_what_an_upload_left_behind_is_passed_over(tmp_path: Path) -> None:
    """Only files by their digests are copied."""
    shelf = tmp_path / "shelf"
    await shelved(shelf, b"the minutes")
    (shelf / "ab").mkdir(exist_ok=True)
    (shelf / "ab" / "half#1").write_bytes(b"half")
    assert len(await out(shelf, tmp_path / "copy")) == 1
