"""The shelf, on a folder."""

import asyncio
import hashlib
import tracemalloc
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path, PurePath

import pytest

from clients.inspection import EMPTY, WRONG_TYPE, FileRefused
from clients.shelf import Shelf, Shelved

LIMIT = 1024 * 1024
TEXT = b"area,number\nWorcester,3\n"


async def pieces(*content: bytes) -> AsyncIterator[bytes]:
    """Content as it comes from the network."""
    for one in content:
        yield one


async def cut_off(content: bytes) -> AsyncIterator[bytes]:
    """A connection that ends half-way."""
    yield content
    raise ConnectionResetError


def kept(folder: Path) -> list[Path]:
    """Every file in the folder, hidden and half-made ones too."""
    return [path for path in folder.rglob("*") if path.is_file()]


async def read(shelf: Shelf, digest: str) -> bytes:
    """The whole content of a file."""
    return b"".join([piece async for piece in await shelf.open(digest)])


async def put_away_and_removed(shelf: Shelf, lying: Callable[[], Sequence[PurePath]]) -> None:
    """Puts a file away and removes it, twice each, and looks at what is `lying` in the shelf's own folder."""
    shelved = await shelf.put(pieces(TEXT), "a.csv", LIMIT)
    assert isinstance(shelved, Shelved)
    for _ in range(2):
        await shelf.put_away(shelved.digest)
        with pytest.raises(FileNotFoundError):
            await shelf.open(shelved.digest)
        assert [one.parts[0] for one in lying()] == ["quarantine"]
    for _ in range(2):
        await shelf.remove(shelved.digest)
        assert list(lying()) == []


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A shelf whose folder is not there yet."""
    return Shelf((tmp_path / "files").as_uri())


async def test_a_file_lies_under_the_digest_of_its_content(shelf: Shelf) -> None:
    """What is put can be read again, and the shelf knows its size."""
    shelved = await shelf.put(pieces(TEXT[:5], b"", TEXT[5:]), "Data Q1.csv", LIMIT)
    assert isinstance(shelved, Shelved)
    assert shelved.digest == hashlib.sha256(TEXT).hexdigest()
    assert (shelved.size, shelved.media_type) == (len(TEXT), "text/csv")
    assert await read(shelf, shelved.digest) == TEXT
    facts = await shelf.facts(shelved.digest)
    assert facts is not None
    assert facts.size == len(TEXT)


async def test_the_same_file_twice_is_one_file(shelf: Shelf, tmp_path: Path) -> None:
    """Also when both arrive at the same time."""
    first, second, third = await asyncio.gather(
        *(shelf.put(pieces(TEXT), name, LIMIT) for name in ("a.csv", "b.csv", "c.csv"))
    )
    assert first == second == third
    assert len(kept(tmp_path)) == 1


async def test_what_is_shelved_is_not_written_again(shelf: Shelf, tmp_path: Path) -> None:
    """The file on the shelf stays as it is."""
    await shelf.put(pieces(TEXT), "a.csv", LIMIT)
    (file,) = kept(tmp_path)
    before = file.stat().st_mtime_ns
    await shelf.put(pieces(TEXT), "a.csv", LIMIT)
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "empty"),
        (b"x" * (LIMIT + 1), "a.txt", "too_large"),
        (b"x", "a.exe", "wrong_type"),
        (b"no pdf", "a.pdf", "wrong_type"),
    ],
)
async def test_nothing_is_kept_of_a_refused_file(
    shelf: Shelf, tmp_path: Path, content: bytes, name: str, code: str
) -> None:
    """A refusal leaves the folder as it was."""
    refused = await shelf.put(pieces(content), name, LIMIT)
    assert isinstance(refused, FileRefused)
    assert refused.code == code
    assert kept(tmp_path) == []


async def test_a_file_of_exactly_the_limit_is_taken(shelf: Shelf) -> None:
    """The limit itself is allowed."""
    assert isinstance(await shelf.put(pieces(b"x" * LIMIT), "a.txt", LIMIT), Shelved)


async def test_nothing_is_read_of_a_file_that_is_refused_by_its_name(shelf: Shelf) -> None:
    """And reading stops at the limit, however much is sent."""
    assert await shelf.put(cut_off(b"x"), "a.exe", LIMIT) == WRONG_TYPE
    too_much = await shelf.put(cut_off(b"x" * (LIMIT + 1)), "a.txt", LIMIT)
    assert isinstance(too_much, FileRefused)
    assert await shelf.put(pieces(), "a.txt", LIMIT) == EMPTY


async def test_a_stream_that_is_cut_off_leaves_nothing(shelf: Shelf, tmp_path: Path) -> None:
    """A sender who goes away half-way leaves no trace."""
    with pytest.raises(ConnectionResetError):
        await shelf.put(cut_off(TEXT), "a.csv", LIMIT)
    assert kept(tmp_path) == []


async def test_a_put_that_is_cancelled_leaves_nothing(shelf: Shelf, tmp_path: Path) -> None:
    """The web server cancels when the browser disconnects."""
    never = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield TEXT
        await never.wait()

    putting = asyncio.create_task(shelf.put(slow(), "a.csv", LIMIT))
    await asyncio.sleep(0.05)
    putting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await putting
    assert kept(tmp_path) == []


async def test_large_files_are_never_whole_in_memory(shelf: Shelf) -> None:
    """Forty megabytes go through in small parts, and come out again as they were."""
    part = b"0123456789abcdef" * 4096
    size = 40 * 1024 * 1024
    tracemalloc.start()
    shelved = await shelf.put(pieces(*[part] * (size // len(part))), "a.txt", size)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(shelved, Shelved)
    assert peak < size / 2
    digest = hashlib.sha256()
    async for piece in await shelf.open(shelved.digest):
        digest.update(piece)
    assert digest.hexdigest() == shelved.digest


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd", "A" * 64, ""])
async def test_what_is_not_there_is_not_found(shelf: Shelf, digest: str) -> None:
    """Unknown digests, and names that are no digests, are not found and reach nothing else."""
    if len(digest) == 64:
        assert await shelf.facts(digest) is None
    with pytest.raises(FileNotFoundError):
        await shelf.open(digest)


async def test_what_is_put_away_is_opened_by_nobody_and_can_be_removed(shelf: Shelf, tmp_path: Path) -> None:
    """In quarantine a file lies where no digest leads; each step may be repeated."""
    await put_away_and_removed(shelf, lambda: [one.relative_to(tmp_path / "files") for one in kept(tmp_path)])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("x" * 197 + ".txt", "name_too_long"),
        ("report\u202efdp.txt", "name_unshown"),
        ("a\nb.txt", "name_unshown"),
        ("../../etc/passwd.txt", "name_with_path"),
        ("C:\\a.txt", "name_with_path"),
    ],
)
async def test_a_name_that_plays_tricks_is_refused(
    shelf: Shelf, tmp_path: Path, name: str, code: str
) -> None:
    """Nothing of the file is read, and the sentence says to rename it."""
    refused = await shelf.put(cut_off(TEXT), name, LIMIT)
    assert isinstance(refused, FileRefused)
    assert refused.code == code
    assert refused.message.endswith("Rename it")
    assert kept(tmp_path) == []
