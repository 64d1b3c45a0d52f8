"""The archive: nobody waits for it, half of one is never served, and what was withdrawn is in none."""

import asyncio
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.web.house import House
from web.papers import archive as keeping
from web.papers.apart import made_apart
from web.papers.archive import AFTER_FAULT, AGAIN, Archive, NotMadeError
from web.papers.bundle import File, HowFar, Made, bundled

FIRST = HowFar("1|1", "1", 0)


class Maker:
    """Makes archives when it is let, each with its number in it; or fails."""

    def __init__(self) -> None:
        self.far, self.count = FIRST, 0
        self.let = asyncio.Event()
        self.let.set()
        self.now = 0.0
        self.archive = Archive(self.make, lambda: self.now)
        self.wrong: Exception | None = None

    async def make(self) -> Made:
        """One more."""
        far, self.count = self.far, self.count + 1
        await self.let.wait()
        if self.wrong:
            raise self.wrong

        async def files() -> AsyncIterator[File]:
            yield "number.txt", str(self.count).encode()

        return await bundled(files, far)

    def ask(self) -> Made | None:
        """What somebody has who asks now."""
        return self.archive.newest(self.far, self.make)

    async def after(self) -> Made | None:
        """What somebody has once nothing is being made."""
        self.ask()
        await self.archive.settled()
        return self.ask()


async def test_nobody_waits_and_one_is_made_for_all() -> None:
    """Whoever asks while the first is made has none; it is made once, and all have it afterwards."""
    maker = Maker()
    maker.let.clear()
    assert [maker.ask() for _ in range(3)] == [None] * 3
    maker.let.set()
    made = await maker.after()
    assert made is not None
    assert (maker.count, maker.ask()) == (1, made)


async def test_the_newest_finished_one_is_served_while_the_next_is_made() -> None:
    """What is published begins the next at once, the rest of the record after ten minutes."""
    maker = Maker()
    first = await maker.after()
    maker.far, maker.now = HowFar("1|2", "1", 0), AGAIN - 1
    assert await maker.after() is first
    maker.now = AGAIN
    second = await maker.after()
    assert (maker.count, second is first) == (2, False)
    maker.far = HowFar("2|3", "2", 0)
    maker.let.clear()
    assert maker.ask() is second
    maker.let.set()
    third = await maker.after()
    assert third is not None
    assert (maker.count, third.how_far) == (3, maker.far)


async def test_what_was_withdrawn_is_in_no_file_that_is_served() -> None:
    """From the withdrawal on there is none until one was made without it, also where that was under way."""
    maker = Maker()
    await maker.after()
    maker.let.clear()
    maker.far = HowFar("2|2", "2", 0)
    assert maker.ask() is not None
    await asyncio.sleep(0)
    maker.far = HowFar("2.1|3", "2.1", 1)
    assert maker.ask() is None
    maker.let.set()
    await maker.archive.settled()
    assert maker.ask() is None
    made = await maker.after()
    assert made is not None
    assert made.how_far.withdrawn == 1


@pytest.mark.parametrize(
    "wrong", [NotMadeError("its process ended with -9"), OSError(28, "No space left on device")]
)
async def test_where_it_cannot_be_made_the_one_before_stays_and_it_is_tried_again(wrong: Exception) -> None:
    """A minute later, and not with every visitor; that it failed is known until it did not."""
    maker = Maker()
    first = await maker.after()
    maker.far, maker.wrong = HowFar("2|2", "2", 0), wrong
    assert [await maker.after() for _ in range(4)] == [first] * 4
    assert (maker.count, maker.archive.failed) == (2, True)
    maker.wrong, maker.now = None, AFTER_FAULT
    assert await maker.after() is not first
    assert (maker.count, maker.archive.failed) == (3, False)


async def test_one_is_at_hand_before_anybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is away is asked again, and nothing is left under way at the end."""
    monkeypatch.setattr(keeping, "LOOK_EVERY", 0.001)
    maker, asked = Maker(), 0

    async def far() -> HowFar:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise ConnectionError
        return maker.far

    async with maker.archive.kept(far), asyncio.timeout(10):
        while not (maker.count and maker.ask()):
            await asyncio.sleep(0.001)
        maker.let.clear()
        maker.far = HowFar("2|2", "2", 0)
        while maker.count == 1:
            await asyncio.sleep(0.001)
    with pytest.raises(asyncio.CancelledError):
        await maker.archive.settled()


CHILD = """
import hashlib, json, os, signal, sys
file = os.fdopen(int(sys.argv[-1]), "w+b")
file.write(b"PK half")
file.flush()
if sys.argv[1] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "full":
    raise OSError(28, "No space left on device")
file.write(b" and whole")
file.flush()
said = b"PK half and whole" if sys.argv[1] == "whole" else b"something else"
print(json.dumps({"how_far": {"mark": "3|4", "published": "3", "withdrawn": 1}, "size": len(said),
                  "begun_at": "2026-11-23T12:00:00Z", "digest": hashlib.sha256(said).hexdigest(),
                  "inside": [{"name": "a", "size": 1, "digest": "d"}]}))
if sys.argv[1] == "silent":
    sys.exit(3)
"""


def child(tmp_path: Path, how: str) -> tuple[str, ...]:
    """A process that makes a file in some way."""
    (tmp_path / "child.py").write_text(CHILD)
    return sys.executable, str(tmp_path / "child.py"), how


async def test_a_file_that_was_made_apart_is_whole(tmp_path: Path) -> None:
    """What the process wrote is what is served, with what it said of it."""
    made = await made_apart(child(tmp_path, "whole"))
    assert b"".join([piece async for piece in made.chunks()]) == b"PK half and whole"
    assert (made.mark, made.how_far.withdrawn, made.inside[0].name) == ("3|4", 1, "a")
    assert made.begun_at == datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("killed", "ended with -9"),
        ("full", "ended with 1: .*No space left on device"),
        ("silent", "ended with 3"),
        ("other", "not what was said of it"),
    ],
)
async def test_half_of_a_file_is_never_taken(tmp_path: Path, how: str, said: str) -> None:
    """Killed half-way, a full disk, an end without success, other bytes than were said: none of it."""
    with pytest.raises(NotMadeError, match=f"(?s){said}"):
        await made_apart(child(tmp_path, how))


async def test_a_process_that_cannot_be_started_is_no_archive() -> None:
    """It is said as such, and nothing is left behind."""
    with pytest.raises(NotMadeError, match="could not be started"):
        await made_apart(("/nowhere/python",))


async def test_the_page_says_that_it_is_being_made_and_then_of_when_it_is(house: House) -> None:
    """Nobody keeps the first of them; a program is told to come again; the file is whole."""
    first = await house.browser.get("/archive")
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-store")
    assert "It is being made" in first.text
    assert 'href="/archive">Look again' in " ".join(first.text.split())
    file = await house.browser.get("/archive.zip")
    assert (file.status_code, file.headers["Retry-After"]) == (503, "30")
    await house.rooms.archive.settled()
    page = await house.browser.get("/archive")
    assert "As of " in page.text
    file = await house.browser.get("/archive.zip")
    assert hashlib.sha256(file.content).hexdigest() in page.text
    with zipfile.ZipFile(io.BytesIO(file.content)) as made:
        listed = json.loads(made.read("manifest.json"))["files"]
        assert {one["name"] for one in listed} <= set(made.namelist())


async def test_the_page_says_that_it_could_not_be_made(house: House) -> None:
    """And what can be had at once in its place."""

    async def none() -> Made:
        raise NotMadeError("full")

    house.rooms.archive.__init__(none)  # type: ignore[misc] # the rooms are frozen, their archive is not
    await house.browser.get("/archive")
    await house.rooms.archive.settled()
    page = await house.browser.get("/archive")
    assert "It could not be made just now" in page.text
    assert 'href="/findings.csv"' in page.text
