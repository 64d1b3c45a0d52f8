"""The scanner, as Debian ships it: what it says of files, and what becomes of a scan that it does not end."""

from collections.abc import AsyncIterator

import pytest

from clients.clamd import Clamd, ScannerDownError
from schemas.files import Verdict
from tests.clamd import EICAR, MARK, Running, a_clamd, needs_clamd, zipped

pytestmark = [pytest.mark.real, needs_clamd]


@pytest.fixture(scope="module")
async def running() -> AsyncIterator[Running]:
    """One scanner for these tests."""
    async with a_clamd() as one:
        await one.start()
        yield one


async def pieces(*content: bytes) -> AsyncIterator[bytes]:
    """A file piece by piece."""
    for one in content:
        yield one


async def test_it_says_what_is_in_a_file(running: Running) -> None:
    """Clean, infected also deep inside an Office file, protected, and too large are told apart."""
    scanner = Clamd(running.address)
    inside = zipped("word/embeddings/a.docx", zipped("word/media/x.bin", MARK))
    for content, state, found in (
        (b"area,number\nWorcester,3\n", "clean", None),
        (EICAR, "infected", "Eicar-Test-File.UNOFFICIAL"),
        (b"x" * 200_000 + MARK, "infected", "OPCC.Test.Marker.UNOFFICIAL"),
        (inside, "infected", "OPCC.Test.Marker.UNOFFICIAL"),
        (zipped("a.txt", EICAR), "infected", "Eicar-Test-File.UNOFFICIAL"),
        (zipped("a.txt", b"nothing", locked=True), "encrypted", "Heuristics.Encrypted.Zip"),
        (b"y" * 2_500_000, "too_large", None),
    ):
        said = await scanner.scan(pieces(content[:100], content[100:]))
        assert said == Verdict(state=state, found=found), (state, said)


async def test_a_scan_that_does_not_end_is_never_clean(running: Running) -> None:
    """Slow, killed in the middle, gone: each time it is said that the scanner is down."""
    running.pause(on=True)
    with pytest.raises(ScannerDownError, match="did not answer"):
        await Clamd(running.address, within=0.2).scan(pieces(b"x"))
    running.pause(on=False)

    async def killed() -> AsyncIterator[bytes]:
        yield b"the first half"
        await running.kill()
        yield b"the second half"

    with pytest.raises(ScannerDownError, match="The scanner"):
        await Clamd(running.address).scan(killed())
    with pytest.raises(ScannerDownError, match="cannot be reached"):
        await Clamd(running.address).scan(pieces(b"x"))
    with pytest.raises(ScannerDownError, match="cannot be reached"):
        await Clamd("tcp://127.0.0.1:1").scan(pieces(b"x"))
    await running.start()
    assert (await Clamd(running.address).scan(pieces(b"x"))).state == "clean"


async def test_a_file_that_cannot_be_read_whole_is_not_called_clean(running: Running) -> None:
    """Where the shelf ends in the middle, nothing is said of the file."""

    async def broken() -> AsyncIterator[bytes]:
        yield b"x"
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        await Clamd(running.address).scan(broken())
