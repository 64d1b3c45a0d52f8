"""A tracker comes in: read as offices write them, every bad row named, and nothing twice or by halves."""

import csv
import io
import zipfile
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import DEFUSEDXML

from clients.spreadsheets import read_tracker
from handover.cells import harmless
from rules.tracking.columns import guess, headings, missing
from rules.tracking.rows import Around, look
from schemas.commands import OpenCycle, ProposeAction
from schemas.outcomes import NotKnownYet
from schemas.trackers import Book, Meant, NotRead
from tests.web.house import House, hidden_of
from tests.web.tracker_files import a_bomb, a_tracker, workbook
from tests.web.tracker_memory import MemoryTrackers

COMMITMENT = "SWM-VICTIMS-01"
SAID = {"commitment": COMMITMENT, "new_day-day": "", "new_day-month": "", "new_day-year": ""}


async def lead(house: House) -> str:
    """The title of a lead of the force."""
    return (await house.rooms.reads.people())["acc-local-policing"].title


async def uploaded(house: House, content: bytes, name: str = "Tracker.xlsx") -> httpx.Response:
    """What becomes of a file that an officer uploads."""
    await house.browser.sign_in("policy-officer")
    return await house.browser.fill("/import", files={"file": (name, content)})


async def previewed(house: House, content: bytes) -> str:
    """The preview of a file whose columns are as they are guessed."""
    answer = await uploaded(house, content)
    assert answer.status_code == 303, answer.text
    page = await house.browser.get(answer.headers["location"])
    columns = headings(kept(house).kept[1].rows)
    guessed = guess(columns, kept(house).called)
    typed = {f"column-{place}": said for place, said in enumerate(guessed)}
    answer = await house.browser.post("/import/1", data={**hidden_of(page.text, "/import/1"), **typed})
    assert answer.headers["location"] == "/import/1/preview"
    return (await house.browser.get("/import/1/preview")).text


async def carried_out(house: House, **more: str) -> str:
    """The result, once the button was pressed."""
    await house.browser.fill("/import/1/preview", **{**SAID, "then": "import", **more})
    return (await house.browser.get("/import/1/result")).text


def kept(house: House) -> MemoryTrackers:
    """The imports behind the pages."""
    assert isinstance(house.rooms.trackers, MemoryTrackers)
    return house.rooms.trackers


def proposed(house: House) -> list[ProposeAction]:
    """The actions that were handed in."""
    return [one for one in house.desk.sent if isinstance(one, ProposeAction)]


async def test_every_bad_row_is_named_with_what_to_write(house: House) -> None:
    """By its row, its column, what it says, and what to do."""
    page = await previewed(house, a_tracker(await lead(house)))
    for row, said in {
        8: "3 March 2025 is past", 9: "There is no such day", 10: "The day stands first",
        11: "Nobody in the directory", 12: "a formula whose result", 14: "It says nothing",
        15: "It is not clear whether this is over",
    }.items():  # fmt: skip
        cells = page.split(f">Row {row}</th>")[1].split("</tr>")[0]
        assert said in cells
    assert "Import 3 rows, keep 1 as history, leave 7" in page
    assert "Who is Supt A. Nobody?" in page


async def test_good_rows_become_actions_that_say_where_they_come_from(house: House) -> None:
    """One cycle holds them; each has its owner, its day as written in three ways, and its row."""
    await previewed(house, a_tracker(await lead(house)))
    page = await carried_out(house)
    assert "3 actions brought in" in page
    assert [str(one.due_on) for one in proposed(house)] == ["2027-03-26", "2027-03-27", "2027-03-29"]
    first = proposed(house)[0]
    assert first.owner == "acc-local-policing"
    words = house.memory.words[first.what]
    assert (
        "Brought forward from Tracker.xlsx, sheet Live actions, row 4, where its number was 2025/01" in words
    )
    opened = [one for one in house.desk.sent if isinstance(one, OpenCycle)]
    assert len(opened) == 1
    assert kept(house).kept[1].digest in house.memory.words[opened[0].question]


async def test_importing_twice_changes_nothing(house: House) -> None:
    """The same file again is the same import, and its rows are in already."""
    content = a_tracker(await lead(house))
    await previewed(house, content)
    await carried_out(house)
    before = {reference: len(entries) for reference, entries in house.memory.ledgers.items()}
    page = await previewed(house, content)
    assert 'value="import"' not in page
    await carried_out(house)
    assert {reference: len(entries) for reference, entries in house.memory.ledgers.items()} == before


async def test_a_run_that_dies_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in stays in; the same keys bring in the rest, once."""
    await previewed(house, a_tracker(await lead(house)))
    real, asked = house.desk.send, 0

    async def dies(command: Any, words: Any = None) -> object:
        nonlocal asked
        asked += 1
        if asked == 3:
            return NotKnownYet(cycle="HTA-2026-01", key="import:key")
        return await real(command, words)

    with monkeypatch.context() as patched:
        patched.setattr(house.desk, "send", dies)
        page = await carried_out(house)
    assert "It stopped with 2 rows still to come" in page
    await house.browser.fill("/import/1/result", to="/import/1/run")
    page = (await house.browser.get("/import/1/result")).text
    assert "3 actions brought in" in page
    assert len({one.key for one in proposed(house)}) == 3


async def test_answers_beside_the_preview_put_rows_right(house: House) -> None:
    """A new day for rows that are past, and a person for a name, let those rows in."""
    await previewed(house, a_tracker(await lead(house)))
    day = {"new_day-day": "1", "new_day-month": "6", "new_day-year": "2027", "who-0": "acc-local-policing"}
    await house.browser.fill("/import/1/preview", **{**SAID, **day, "then": "look"})
    page = (await house.browser.get("/import/1/preview")).text
    assert "Import 5 rows, keep 1 as history, leave 5" in page
    await carried_out(house, **day)
    words = [house.memory.words[one.what] for one in proposed(house)]
    assert any("It was due 3 March 2025" in said for said in words)


async def test_the_rows_left_can_be_downloaded_harmless(house: House) -> None:
    """Each as it stands in the file, with its reasons; no cell is a formula for whoever opens it."""
    await previewed(house, a_tracker(await lead(house)))
    answer = await house.browser.get("/import/1/left.csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:3] == ["Row", "What is wrong", "Ref"]
    assert [row[0] for row in rows[1:]] == ["8", "9", "10", "11", "12", "13", "14", "15"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@"))]


async def test_columns_are_remembered_and_have_to_make_sense(house: House) -> None:
    """What was said of a heading is what the next file starts with; an action without a column is refused."""
    await uploaded(house, b"Thing,Body\nDo it,Chief Constable\n", "a.csv")
    page = await house.browser.fill("/import/1", **{"column-0": "leave", "column-1": "owner"})
    assert page.status_code == 422
    assert "Say which column has the action or recommendation" in page.text
    await house.browser.fill("/import/1", **{"column-0": "what", "column-1": "owner"})
    await uploaded(house, b"Thing,Body\nDo more,Chief Constable\n", "b.csv")
    page = await house.browser.get("/import/2")
    assert '<option value="what" selected>' in page.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose the file"),
        (b"   ", "The file has no rows"),
        (b"\xd0\xcf\x11\xe0 old", "without a password"),
        (b"%PDF-1.7", "must be .xlsx or .csv"),
        (b"PK\x03\x04 broken", "The file is damaged"),
        (b"a,b\n" * 5_100, "more than 5,000 rows"),
        (b"x" * 5_000_001, "5 MB or smaller"),
        (a_bomb(), "5 MB or smaller"),
    ],
    ids=["none", "blank", "old", "pdf", "broken", "long", "large", "bomb"],
)
async def test_a_file_that_cannot_be_read_says_what_to_do(house: House, content: bytes, said: str) -> None:
    """Nothing is kept of it, and the page says which file to choose."""
    house.rooms.__dict__["upload_limit"] = 50_000_000
    answer = await uploaded(house, content)
    assert answer.status_code == 422
    assert said in answer.text
    assert not kept(house).kept


async def test_hidden_sheets_are_said_and_left(house: House) -> None:
    """Their names are told; their rows are not read."""
    await uploaded(house, workbook([("1", "Do it", "Chief Constable", "27/3/2027", "Open", "")]))
    page = await house.browser.get("/import/1")
    assert "Hidden, and left out: Lists" in page.text


CELLS = st.text(st.characters(exclude_categories=()), max_size=12) | st.sampled_from(
    [
        "Action",
        "Owner",
        "Due",
        "Status",
        "27/3/2027",
        "46475",
        "=1+1",
        "Closed",
        "acc-local-policing",
        "#REF!",
        "\x00",
    ]
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, max_size=7), max_size=8), st.sampled_from([",", ";", "\t"]), st.booleans())
def test_whatever_a_file_holds_each_row_is_counted_once(
    rows: list[list[str]], mark: str, quoted: bool
) -> None:
    """No file is a fault, and no row is both brought in and left."""
    said = "\r\n".join(mark.join(f'"{one}"' if quoted else one for one in row) for row in rows)
    book = read_tracker(said.encode("utf-8", "surrogatepass"))
    if isinstance(book, NotRead):
        return
    assert isinstance(book, Book)
    for sheet in book.sheets:
        columns = guess(headings(sheet.rows), {})
        assert isinstance(missing(columns), str)
        looked = look(sheet.rows, Meant(columns), Around({}))
        kinds = (looked.items, looked.over, looked.here)
        lists = [*({one.row for one in kind} for kind in kinds), set(looked.wrong_rows)]
        assert sum(map(len, lists)) == len(set().union(*lists))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.binary(max_size=60), st.integers(0, 5_000))
def test_a_damaged_workbook_is_never_a_fault(noise: bytes, place: int) -> None:
    """Bytes overwritten anywhere: it is read, or refused with words."""
    whole = (
        DAMAGED_FROM[: place % len(DAMAGED_FROM)]
        + noise
        + DAMAGED_FROM[place % len(DAMAGED_FROM) + len(noise) :]
    )
    assert isinstance(read_tracker(whole), Book | NotRead)


def test_no_xml_refers_to_itself() -> None:
    """A sheet whose entities unfold to gigabytes is refused before they do."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DAMAGED_FROM)) as whole, zipfile.ZipFile(out, "w") as packed:
        for name in whole.namelist():
            packed.writestr(name, bomb if "worksheets/sheet1" in name else whole.read(name))
    assert DEFUSEDXML
    assert isinstance(read_tracker(out.getvalue()), NotRead)


DAMAGED_FROM = workbook([("1", "Do it", "Chief Constable", "27/3/2027", "Open", "")])


@pytest.mark.parametrize("said", ["=1", "+1-2", "-x", "@sum", "\t=1", " =1", "\r=1"])
def test_no_cell_is_a_formula(said: str) -> None:
    """What a spreadsheet would carry out stands behind an apostrophe; words stay as they are."""
    assert harmless(said) == f"'{said}"
    assert harmless("12.5") == "12.5"
