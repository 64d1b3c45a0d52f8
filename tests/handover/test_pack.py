"""A handover pack: whole, readable without this software, checked file by file, and the same bytes again."""

import csv
import hashlib
import io
import json
import os
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from engine.files import GuardedShelf
from handover.archive import FolderArchive, ZipArchive
from handover.gathering import Made, safe
from handover.pack import NoSuchCycleError, Sources, Told, pack
from handover.place import placed, trouble_with
from sealing.keys import KeyMissingError
from tests.handover.made import DAY, DIGEST, OTHER, PAPER, REF, Page, opened, packed, stand
from tests.web.memory import MemoryReads

PATH = f"evidence/{DIGEST[:12]}-Répönse_1_2.pdf"


async def test_the_pack_has_everything_and_a_list_to_check_it_by() -> None:
    """The manifest names every other file with its SHA-256."""
    files = opened((await packed(await stand()))[0])
    lines = [line.split("  ", 1) for line in files["MANIFEST.sha256"].decode().splitlines()]
    listed = {name: digest for digest, name in lines}
    assert set(listed) == set(files) - {"MANIFEST.sha256"}
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in listed.items())
    assert {"index.html", "README.txt", "ledger.jsonl", "ledger.csv", "deadlines.csv", "roles.csv"} <= set(
        files
    )
    assert files[PATH] == PAPER
    assert b"sha256sum -c MANIFEST.sha256" in files["README.txt"]


async def test_the_page_is_sound_and_leads_only_to_files_of_the_pack() -> None:
    """Nothing is fetched or run, every element is closed, and what people typed is only words."""
    files = opened((await packed(await stand()))[0])
    page = Page(files["index.html"].decode())
    beside = {link for link in page.links if not link.startswith("#")}
    assert beside <= set(files)
    assert PATH in beside
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    text = files["index.html"].decode()
    assert "&lt;script&gt;" in text
    assert "The return to request 1 is to be accepted or sent back" in text
    assert "OFFICIAL-SENSITIVE" in text


async def test_the_ledger_is_there_in_words_and_as_it_is_kept() -> None:
    """A line for each entry; each text can be checked by its digest."""
    where = await stand()
    files = opened((await packed(where))[0])
    lines = [json.loads(line) for line in files["ledger.jsonl"].splitlines()]
    assert [one["line"] for one in lines] == list(range(1, len(where.memory.ledgers[REF]) + 1))
    assert lines[0]["in_words"]["title"] == "Quarterly performance"
    assert lines[0]["as_kept"]["event"]["title"].startswith("text:")
    texts = list(csv.DictReader(io.StringIO(files["texts.csv"].decode("utf-8-sig"))))
    said = next(one for one in texts if one["words"] == "Quarterly performance")
    assert said["text"] == f"text:{hashlib.sha256(b'Quarterly performance').hexdigest()}"


async def test_a_spreadsheet_runs_nothing_that_somebody_typed() -> None:
    """A cell that begins like a formula is a text."""
    files = opened((await packed(await stand()))[0])
    assert b"\n=1+1" not in files["texts.csv"].replace(b",", b"\n")
    assert b"'=1+1" in files["texts.csv"]


async def test_every_open_duty_says_why_its_day_is_that_day() -> None:
    """And the first thing to do comes first."""
    files = opened((await packed(await stand()))[0])
    owed = list(csv.DictReader(io.StringIO(files["deadlines.csv"].decode("utf-8-sig"))))
    assert {one["what"] for one in owed} >= {"return", "session"}
    assert all("Due on" in one["why this day"] for one in owed)
    steps = list(csv.DictReader(io.StringIO(files["next-steps.csv"].decode("utf-8-sig"))))
    assert [one["order"] for one in steps] == [str(n) for n in range(1, len(steps) + 1)]


async def test_the_same_record_makes_the_same_bytes() -> None:
    """On the same day, for the same person."""
    where = await stand()
    assert (await packed(where))[0] == (await packed(where))[0]


async def test_what_is_sensitive_is_left_out_and_said_so() -> None:
    """Nowhere in the pack, in no file; the full one has it and is marked."""
    where = await stand()
    files = opened((await packed(where, full=False))[0])
    assert all(b"SECRET PLACE" not in data for data in files.values())
    page = files["index.html"].decode()
    Page(page)
    assert "[left out: withheld: safety]" in page
    assert "OFFICIAL-SENSITIVE" not in page
    assert b"withheld: safety" in files["left-out.csv"]
    full = opened((await packed(where))[0])
    assert "SECRET PLACE" in full["index.html"].decode()


async def test_evidence_that_is_not_on_the_shelf_is_named() -> None:
    """In the pack, and to whoever made it; so is a file whose bytes are other ones."""
    where = await stand()
    where.shelf.files.clear()
    data, told = await packed(where)
    files = opened(data)
    assert list(told.missing.values()) == ["not on the shelf"]
    assert DIGEST in files["README.txt"].decode()
    page = Page(files["index.html"].decode())
    assert PATH not in page.links
    where.shelf.files[DIGEST] = b"something else"
    data, told = await packed(where)
    assert "digest differs" in next(iter(told.missing.values()))


async def test_evidence_that_cannot_be_decrypted_is_named_and_not_packed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the key that is missing; the rest of the pack is there."""
    where = await stand()

    async def closed(_digest: str) -> AsyncIterator[bytes]:
        raise KeyMissingError("0123456789abcdef")

    monkeypatch.setattr(where.shelf, "open", closed)
    data, told = await packed(where)
    assert "0123456789abcdef" in next(iter(told.missing.values()))
    assert PATH not in opened(data)


async def test_evidence_that_is_held_is_named_and_not_packed() -> None:
    """Nothing leaves the office that no scanner found clean: the pack says why it is not there."""
    where = await stand()
    held = GuardedShelf(where.shelf, None, unscanned_open=False)
    made, told = Made("Somebody", DAY, full=True, office="The office"), Told()
    sources = Sources(where.sources.knows, held)
    pieces = [one async for one in pack((REF,), sources, ZipArchive(DAY), made, told)]
    assert PAPER not in b"".join(pieces)
    assert next(iter(told.missing.values())).startswith("held: Waiting to be scanned.")


async def test_many_cycles_have_a_folder_each_and_a_page_that_leads_to_them() -> None:
    """One manifest is over everything."""
    data, told = await packed(await stand(REF, OTHER), REF, OTHER, together=True)
    files = opened(data)
    assert told.cycles == [REF, OTHER]
    page = Page(files["index.html"].decode())
    assert page.links == [f"{REF}/index.html", f"{OTHER}/index.html"]
    listed = {line.split("  ", 1)[1] for line in files["MANIFEST.sha256"].decode().splitlines()}
    assert listed == set(files) - {"MANIFEST.sha256"}


async def test_a_folder_holds_the_same_files_as_the_zip(tmp_path: Path) -> None:
    """Byte for byte; it is there once it is whole."""
    where, made = await stand(), Made("Policy officer", DAY, True, "Commissioner")
    with placed(tmp_path / "pack") as part:
        async for _ in pack((REF,), where.sources, FolderArchive(part), made, Told()):
            assert "pack" not in names_in(tmp_path)
    assert files_of(tmp_path / "pack") == opened((await packed(where))[0])
    assert names_in(tmp_path) == ["pack"]


def names_in(folder: Path) -> list[str]:
    """What lies in a folder."""
    return [one.name for one in folder.iterdir()]


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path."""
    found = (one for one in folder.rglob("*") if one.is_file())
    return {str(one.relative_to(folder)): one.read_bytes() for one in found}


async def test_nothing_is_left_where_it_fails_half_way(tmp_path: Path) -> None:
    """Neither half a pack nor the part beside it."""
    where, made = await stand(), Made("Policy officer", DAY, True, "Commissioner")

    async def fail() -> None:
        with placed(tmp_path / "pack") as part:
            asked = (REF, "HTA-2026-99")
            async for _ in pack(asked, where.sources, FolderArchive(part), made, Told(), together=True):
                assert names_in(tmp_path) == [".pack.part"]

    with pytest.raises(NoSuchCycleError):
        await fail()
    assert names_in(tmp_path) == []


def test_a_place_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """Not empty, a file, there already, no folder, not ours; each says what to do."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    (tmp_path / "there.zip").touch()
    (tmp_path / "empty").mkdir()
    assert "is not empty" in (trouble_with(tmp_path / "full") or "")
    assert "is a file" in (trouble_with(tmp_path / "full" / "mine.txt") or "")
    assert "not written over" in (trouble_with(tmp_path / "there.zip") or "")
    assert "There is no folder" in (trouble_with(tmp_path / "no" / "where.zip") or "")
    assert trouble_with(tmp_path / "empty") is None
    assert trouble_with(tmp_path / "new" / "deep") is None
    assert trouble_with(tmp_path / "new.zip") is None


def test_a_place_that_is_not_ours_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be allowed everything, so the system is asked in their place."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "cannot be written to" in (trouble_with(tmp_path / "new.zip") or "")
    assert "cannot be written to" in (trouble_with(tmp_path) or "")


async def test_a_large_file_is_never_whole_in_memory() -> None:
    """Forty megabytes of evidence pass in pieces."""
    where, size = await stand(), 40_000_000

    class Large:
        async def open(self, _digest: str) -> AsyncIterator[bytes]:
            async def pieces() -> AsyncIterator[bytes]:
                for _ in range(size // 250_000):
                    yield b"x" * 250_000

            return pieces()

    made, sent = Made("Policy officer", DAY, True, "Commissioner"), 0
    sources = Sources(MemoryReads(where.memory), Large())
    tracemalloc.start()
    try:
        async for piece in pack((REF,), sources, ZipArchive(DAY), made, Told()):
            sent += len(piece)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sent > size
    assert most < size // 4


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", ".._.._etc_passw"), ("a" * 90 + ".pdf", "a" * 60 + ".pdf"), ("", "file")],
)
def test_a_files_name_leads_nowhere(name: str, kept: str) -> None:
    """No slashes, not too long, and never nothing."""
    assert safe(name) == kept
