"""Everything that reads what others wrote says what was there, or why it takes nothing; it never raises."""

import io
from datetime import date
from functools import cache

from hypothesis import strategies as st

from clients.bounces import receipts_of
from clients.cleaning import clean
from clients.inspection import inspect, name_refused
from clients.spreadsheets import read_tracker
from reference.catalogue import demonstration_people
from rules.tracking.columns import guess, headings
from rules.tracking.rows import Around, look
from schemas.trackers import Book, Meant
from tests.clients import test_bounces, test_cleaning, test_inspection
from tests.fuzz.shapes import TEXT
from tests.web.house import NOW
from tests.web.tracker_files import LEAD, a_tracker, workbook

CELLS = st.one_of(
    TEXT,
    st.sampled_from([LEAD, "Open", "Closed", "27/3/2027", "31/2/2027", "46475", "3 March 25", "9" * 30]),
)


@cache
def files() -> dict[str, bytes]:
    """Whole files of every kind, to be spoilt."""
    return {
        "a.pdf": test_inspection.pdf(),
        "drawn.pdf": test_cleaning.drawn("BT /F1 12 Tf 72 700 Td (words) Tj ET"),
        "a.docx": test_inspection.office("docx"),
        "a.xlsx": a_tracker(LEAD),
        "a.png": test_inspection.image("PNG"),
        "a.jpg": test_inspection.image("JPEG"),
        "a.csv": b"month,volume\nJuly,12\n",
        "a.txt": "Caf\u00e9".encode(),
    }


MEDIA = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".csv": "text/csv",
    ".txt": "text/plain",
}


@st.composite
def spoilt(draw: st.DrawFn, whole: bytes) -> bytes:
    """A whole file with bytes changed, put in or left out."""
    made = bytearray(whole)
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, max(len(made) - 1, 0)))
        how = draw(st.integers(0, 3))
        if how == 0 and made:
            made[place] = draw(st.integers(0, 255))
        elif how == 1:
            made[place:place] = draw(st.binary(max_size=8))
        elif how == 2:
            del made[place : place + draw(st.integers(1, 64))]
        else:
            del made[place:]
    return bytes(made)


@st.composite
def a_file(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file's name and its bytes, which may not be of the kind that the name says."""
    name = draw(st.sampled_from(sorted(files())))
    content = draw(spoilt(files()[name]) | st.binary(max_size=200))
    return draw(st.just(name) | st.sampled_from(sorted(files())) | TEXT), content


def uploaded(given: tuple[str, bytes]) -> str:
    """Looked at as an upload, and a copy made for giving out."""
    name, content = given
    if name_refused(name):
        return "refused by its name"
    found = inspect(io.BytesIO(content), name)
    media = found if isinstance(found, str) else MEDIA.get("." + name.rpartition(".")[2], "text/plain")
    made = clean(io.BytesIO(content), io.BytesIO(), media)
    return f"{'taken' if isinstance(found, str) else 'refused'}, {type(made).__name__}"


@st.composite
def a_table(draw: st.DrawFn) -> bytes:
    """A tracker of any cells, as a workbook or as text."""
    rows = draw(st.lists(st.lists(CELLS, max_size=8), max_size=6))
    if draw(st.integers(0, 9)) == 0:
        kept = [tuple("".join(it for it in one if it.isprintable()) for one in row) for row in rows]
        return draw(spoilt(_saved(tuple(kept))))
    comma = draw(st.sampled_from([",", ";", "\t", "|"]))
    text = "\n".join(comma.join(row) for row in [["Ref", "Action", "Lead", "By when", "RAG"], *rows])
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])), errors="replace")


@cache
def _saved(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """A workbook, the same bytes for the same rows: a workbook says when it was saved."""
    return workbook(list(rows))


def tracker(content: bytes) -> str:
    """Read, its columns guessed, and every row looked at."""
    book = read_tracker(content)
    if not isinstance(book, Book):
        return "refused"
    around = Around(demonstration_people(), today=NOW.date())
    for sheet in book.sheets:
        if sheet.rows:
            columns = guess(headings(sheet.rows), {})
            for who in ({}, {LEAD: "acc-local-policing"}):
                look(sheet.rows, Meant(columns, who, "SWM-REASSURE-01", date(2027, 3, 1)), around)
    return "read"


ALPHABET = st.text(st.characters(codec="utf-8"), max_size=40)


@st.composite
def a_report(draw: st.DrawFn) -> bytes:
    """What came back by mail, spoilt, or a header of one with anything in it."""
    whole = test_bounces.report(kind=draw(st.sampled_from(["message/rfc822", "text/rfc822-headers"])))
    lines = whole.split(b"\n")
    if draw(st.booleans()):
        place = draw(st.integers(0, len(lines) - 1))
        head = lines[place].partition(b":")[0]
        lines[place] = head + b": " + draw(ALPHABET).encode()
    return draw(spoilt(b"\n".join(lines)))


def bounced(content: bytes) -> str:
    """What a report says of each address."""
    return "receipts" if receipts_of(content, NOW) else "nothing"
