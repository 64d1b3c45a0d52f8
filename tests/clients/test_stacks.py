"""Files that lie encrypted."""

import hashlib
import io
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from clients.encrypting import by_key, encrypt
from clients.shelf import Shelf, Shelved
from clients.stacks import Stacks
from sealing.files import HEAD, PIECE, WHOLE, DamagedError, Sealer, opened, plain_size, sealed
from sealing.keys import Key, KeyMissingError, KeyRing, new_key

LIMIT = 4 * 1024 * 1024
RING = KeyRing((new_key("2026-11-23"),))
ROTATED = KeyRing((new_key("2027-11-23"), *RING))
TEXT = b"area,number\nWorcester,3\n" * 40_000


async def pieces(*content: bytes) -> AsyncIterator[bytes]:
    """Content as it comes from the network."""
    for one in content:
        yield one


async def taken(shelf: Shelf, content: bytes = TEXT) -> str:
    """The digest of a file that the shelf took."""
    shelved = await shelf.put(pieces(content), "a.csv", LIMIT)
    assert isinstance(shelved, Shelved)
    return shelved.digest


async def read(shelf: Shelf, digest: str) -> bytes:
    """The whole content of a file."""
    return b"".join([piece async for piece in await shelf.open(digest)])


def lying(folder: Path) -> list[Path]:
    """Every file in the folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def plain(tmp_path: Path) -> Shelf:
    """A shelf from before there were keys."""
    return Shelf(tmp_path.as_uri())


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """The same shelf with keys."""
    return Shelf(tmp_path.as_uri(), RING)


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
async def test_what_is_kept_is_read_again_and_lies_unreadable(
    shelf: Shelf, tmp_path: Path, size: int
) -> None:
    """At every edge of a piece; the shelf knows the size of the file itself."""
    content = (b"Kidderminster " * (size // 14 + 1))[:size]
    digest = await taken(shelf, content)
    assert digest == hashlib.sha256(content).hexdigest()
    (file,) = lying(tmp_path)
    assert content[:14] not in file.read_bytes() or size < 14
    facts = await shelf.facts(digest)
    assert facts is not None
    assert facts.size == size
    assert await read(shelf, digest) == content


def changes() -> dict[str, bytes]:
    """A file of five pieces as it lies, and everything that somebody with the disk might make of it."""
    digest = hashlib.sha256(TEXT).hexdigest()
    lies = b"".join(sealed(io.BytesIO(TEXT), RING, digest))
    head, body, middle = lies[:HEAD], lies[HEAD:], HEAD + WHOLE + 9
    parts = [body[start : start + WHOLE] for start in range(0, len(body), WHOLE)]
    other = b"".join(sealed(io.BytesIO(TEXT), RING, digest))
    elsewhere = b"".join(sealed(io.BytesIO(TEXT), RING, "0" * 64))
    return {
        "a bit of the last piece": lies[:-20] + bytes([lies[-20] ^ 1]) + lies[-19:],
        "a bit in the middle": lies[:middle] + bytes([lies[middle] ^ 1]) + lies[middle + 1 :],
        "a bit of the salt": lies[:20] + bytes([lies[20] ^ 1]) + lies[21:],
        "cut off between pieces": head + b"".join(parts[:-1]),
        "cut off within a piece": lies[:-100],
        "cut off after the head": head,
        "cut off within the head": lies[:30],
        "nothing left": b"",
        "two pieces changed over": head + b"".join([parts[1], parts[0], *parts[2:]]),
        "a piece left out": head + b"".join([parts[0], *parts[2:]]),
        "a piece twice": head + b"".join([parts[0], *parts]),
        "something behind the end": lies + b"x",
        "another file's head": other[:HEAD] + body,
        "another file's piece": head + other[HEAD : HEAD + WHOLE] + b"".join(parts[1:]),
        "another file": elsewhere,
        "not encrypted at all": TEXT,
    }  # fmt: skip


@pytest.mark.parametrize("change", changes())
async def test_whatever_was_altered_is_refused_before_anything_is_given_out(
    shelf: Shelf, tmp_path: Path, change: str
) -> None:
    """The refusal says what helps, and sending the file again heals it."""
    digest = await taken(shelf)
    (file,) = lying(tmp_path)
    file.write_bytes(changes()[change])
    with pytest.raises(DamagedError, match="send it again"):
        await shelf.open(digest)
    assert await taken(shelf) == digest
    assert await read(shelf, digest) == TEXT


@pytest.mark.parametrize("ring", [None, KeyRing((new_key(),))])
async def test_without_the_key_nothing_is_read_and_the_key_is_named(
    shelf: Shelf, tmp_path: Path, ring: KeyRing | None
) -> None:
    """With another ring, or with none."""
    digest = await taken(shelf)
    with pytest.raises(KeyMissingError, match=RING.writes.id):
        await Shelf(tmp_path.as_uri(), ring).open(digest)


async def test_what_lay_open_before_is_read_and_checked(plain: Shelf, shelf: Shelf, tmp_path: Path) -> None:
    """By its digest: nobody puts an open file with other words in the place of one."""
    digest = await taken(plain)
    assert await read(shelf, digest) == TEXT
    (file,) = lying(tmp_path)
    file.write_bytes(TEXT.replace(b"Worcester", b"Hereford "))
    with pytest.raises(DamagedError):
        await shelf.open(digest)


async def test_a_file_that_lay_open_is_encrypted_when_it_is_sent_again(
    plain: Shelf, shelf: Shelf, tmp_path: Path
) -> None:
    """And the open one goes."""
    digest = await taken(plain)
    assert await taken(shelf) == digest
    assert [one.name for one in lying(tmp_path)] == [f"{digest}.sealed"]


async def test_going_over_old_files_encrypts_each_and_may_be_broken_off(
    plain: Shelf, shelf: Shelf, tmp_path: Path
) -> None:
    """Open ones, ones under an older key, and those in quarantine; what is wrong is named and left."""
    digests = [await taken(plain, b"%d\n" % number) for number in range(4)]
    await plain.put_away(digests[0])
    older = await taken(shelf, b"under the older key\n")
    wrong = tmp_path / digests[1][:2] / digests[1]
    wrong.write_bytes(b"something else")
    stacks, seen = Stacks(tmp_path.as_uri(), ROTATED), []

    def stop(place: object) -> None:
        seen.append(place)
        if len(seen) == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await encrypt(stacks, ROTATED, stop)
    gone = await encrypt(stacks, ROTATED, seen.append)
    assert (len(seen), gone.stood, list(gone.wrong)) == (4, 2, [str(wrong.relative_to(tmp_path))])
    assert await by_key(stacks) == {ROTATED.writes.id: 4, "": 1}
    again = await encrypt(stacks, ROTATED, seen.append)
    assert (again.written, again.stood) == (0, 4)
    now = Shelf(tmp_path.as_uri(), ROTATED)
    assert await read(now, older) == b"under the older key\n"
    assert [await read(now, one) for one in digests[2:]] == [b"2\n", b"3\n"]
    with pytest.raises(FileNotFoundError):
        await now.open(digests[0])


async def test_a_break_between_writing_and_deleting_leaves_two_and_the_next_round_one(
    plain: Shelf, shelf: Shelf, tmp_path: Path
) -> None:
    """The encrypted one is read meanwhile."""
    digest = await taken(plain)
    (file,) = lying(tmp_path)
    kept = file.read_bytes()
    await taken(shelf)
    file.write_bytes(kept)
    assert len(lying(tmp_path)) == 2
    assert await read(shelf, digest) == TEXT
    await encrypt(shelf.stacks, RING, lambda _place: None)
    assert [one.suffix for one in lying(tmp_path)] == [".sealed"]


async def test_encrypted_files_go_through_quarantine_as_open_ones(shelf: Shelf, tmp_path: Path) -> None:
    """Put away, opened by nobody, and removed; each may be repeated."""
    digest = await taken(shelf)
    for _ in range(2):
        await shelf.put_away(digest)
        with pytest.raises(FileNotFoundError):
            await shelf.open(digest)
    assert [one.parts[-3] for one in lying(tmp_path)] == ["quarantine"]
    for _ in range(2):
        await shelf.remove(digest)
        assert lying(tmp_path) == []


async def test_large_files_are_never_whole_in_memory(shelf: Shelf) -> None:
    """Thirty megabytes are encrypted and read again in small parts."""
    part, size = b"0123456789abcdef" * 4096, 30 * 1024 * 1024
    tracemalloc.start()
    shelved = await shelf.put(pieces(*[part] * (size // len(part))), "a.txt", size)
    assert isinstance(shelved, Shelved)
    digest = hashlib.sha256()
    async for piece in await shelf.open(shelved.digest):
        digest.update(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert digest.hexdigest() == shelved.digest
    assert peak < size / 2


async def test_how_files_lie_never_changes() -> None:
    """A file written by the first version of this is read for ever."""
    ring = KeyRing((Key(bytes(range(32))),))
    lies = bytes.fromhex(LAY)
    assert [one async for one in opened(pieces(lies), ring, DIGEST)] == [b"Answerable"]
    assert plain_size(len(lies)) == len(b"Answerable")
    assert Sealer(ring, lies[:HEAD], DIGEST).seal(b"Answerable", last=True) == lies[HEAD:]


DIGEST = hashlib.sha256(b"Answerable").hexdigest()
LAY = (
    "414e5346018f7e13d383e26139000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    "00010203040506fb5bacf6b0f8ba2d99f96e8b56c09ad7262d7e9803591f2548dc"
)
