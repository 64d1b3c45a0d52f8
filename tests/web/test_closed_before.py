"""Rows that an old tracker has as over: kept as it says them, beside the record, sought and taken away."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from rules.tracking.columns import guess
from rules.tracking.rows import Around, look
from schemas.trackers import Cell, Meant, SheetRow
from tests.web.house import House
from tests.web.test_exporting import exported
from tests.web.test_importing import SAID, carried_out, kept, lead, previewed
from tests.web.tracker_files import a_tracker, workbook

CLOSED = (
    "2024/07",
    "Publish =the old figures",
    "Supt A. Nobody",
    "1/2/2025",
    "Discharged",
    "Seen at the board",
)
HEAD = ("Ref", "Action", "Owner", "Date closed", "Status")


def seen(*rows: tuple[str, ...], kept_before: dict[str, str] | None = None) -> Any:
    """What would come of some rows under the usual headings."""
    sheet = [SheetRow(n, tuple(Cell(one) for one in row)) for n, row in enumerate((HEAD, *rows), 1)]
    around = Around({}, today=date(2026, 11, 23), kept=kept_before or {})
    return look(sheet, Meant(guess(HEAD, {})), around)


def test_a_closed_row_is_kept_as_the_tracker_says_it() -> None:
    """Its owner need not be known; its day is read where it can be, and stands as written beside it."""
    (one,) = seen(("2024/07", "Old", "Supt A. Nobody", "3 March 2024", "Closed")).over
    assert (one.owner, one.status, one.closed, one.closed_on) == (
        "Supt A. Nobody", "Closed", "3 March 2024", date(2024, 3, 3)
    )  # fmt: skip
    (one,) = seen(("", "Old", "", "", "Done")).over
    assert (one.owner, one.closed, one.closed_on) == ("", "", None)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("1", "", "A", "", "Closed"), "It says nothing. Write what was done."),
        (("1", "Old", "A", "24/11/2026", "Closed"), "24 November 2026 is still to come"),
        (("1", "Old", "A", "31/2/2024", "Closed"), "There is no such day"),
        (("1", "x" * 8_001, "A", "", "Closed"), "Shorten it"),
    ],
)
def test_a_closed_row_with_anything_wrong_is_left_and_named(row: tuple[str, ...], said: str) -> None:
    """Nothing is kept of it; what to write is said."""
    looked = seen(row)
    assert looked.over == ()
    assert said in looked.faults[0].message


def test_the_same_closed_row_is_kept_once() -> None:
    """By its number and words in any file; without a number by all that it says."""
    looked = seen(
        ("7", "Old", "A", "", "Closed"), ("7", "OLD.", "B", "", "Done"), ("", "Old", "A", "", "Closed")
    )
    assert [one.row for one in looked.over] == [2, 4]
    assert [(one.row, one.message) for one in looked.here] == [(3, "Row 2 says the same.")]
    again = seen(("7", "Old", "C", "", "Closed"), kept_before={looked.over[0].mark: "a.csv, row 2"})
    assert [one.message for one in again.here] == ["Kept as closed history already, from a.csv, row 2."]


async def test_closed_rows_are_kept_with_their_source_and_no_act_is_made(house: House) -> None:
    """Found by words, by number and from the list of cycles; the ledger has nothing of them."""
    await previewed(house, workbook([CLOSED]))
    page = (await house.browser.get("/import/1/preview")).text
    assert "Keep 1 row as history" in page
    page = await carried_out(house, commitment="")
    assert "1 row kept as" in page
    assert house.memory.ledgers == {}
    for words in ("OLD figures", "2024/07", "nobody", "Tracker.xlsx"):
        page = (await house.browser.get("/actions/before", params={"search": words})).text
        assert "1 closed action" in page
        assert "Row 4 of Tracker.xlsx, sheet Live actions" in page
        assert "Discharged" in page
    assert "0 closed actions with" in (await house.browser.get("/actions/before?search=%00none")).text
    assert "1 action closed before this record began" in (await house.browser.get("/actions")).text
    assert (
        "1 action closed before this record began" in (await house.browser.get("/cycles?search=figures")).text
    )
    assert "closed before" not in (await house.browser.get("/cycles?search=nothing")).text


async def test_they_are_taken_away_with_the_digest_of_their_file(house: House) -> None:
    """In the table of the page and in everything taken away, harmless to a spreadsheet."""
    await previewed(house, workbook([("@7", *CLOSED[1:5], None)]))
    await carried_out(house, commitment="")
    digest = kept(house).kept[1].digest
    packed = (await exported(house)).read("closed-before.csv").decode("utf-8-sig")
    answer = await house.browser.get("/actions/before.csv")
    assert answer.text.removeprefix("\ufeff") == packed
    rows = list(csv.DictReader(io.StringIO(packed)))
    assert [(row["Row"], row["SHA-256 of the file"], row["Due, as the tracker says"]) for row in rows] == [
        ("4", digest, "1/2/2025")
    ]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@"))]


async def test_they_are_the_offices_own_and_brought_in_twice_they_are_once(house: House) -> None:
    """A lead has no such page; the same file again changes nothing and says where they are."""
    content = a_tracker(await lead(house))
    for _ in range(2):
        await previewed(house, content)
        await carried_out(house)
    assert len(kept(house).over) == 1
    assert (
        'Here already</dt><dd class="govuk-summary-list__value">5 rows'
        in (await house.browser.get("/import/1/preview")).text
    )
    await house.browser.sign_in("acc-local-policing")
    assert (await house.browser.get("/actions/before")).status_code == 403
    assert "closed before" not in (await house.browser.get("/actions")).text


async def test_open_rows_beside_closed_ones_still_need_their_commitment(house: House) -> None:
    """A new day that lets rows in asks for it; nothing is brought in without."""
    lead_of = await lead(house)
    await previewed(house, workbook([CLOSED, ("1", "Past", lead_of, "1/2/2025", "Open", None)]))
    day = {"new_day-day": "1", "new_day-month": "6", "new_day-year": "2027"}
    answer = await house.browser.fill(
        "/import/1/preview", **{**SAID, **day, "commitment": "", "then": "import"}
    )
    assert answer.status_code == 422
    assert "Choose a commitment of the plan" in answer.text
    assert kept(house).over == {}
