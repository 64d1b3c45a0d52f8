"""Trackers as files: CSV and XLSX, read row by row; what is too large, locked or something else is refused.

What a workbook unpacks to is known before it is opened, so that a small file cannot become a large one; and
openpyxl reads its XML through defusedxml, so that none of it can refer to itself or to elsewhere.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice, zip_longest
from typing import Any

from openpyxl import load_workbook

from schemas.trackers import Book, Cell, NotRead, Sheet, SheetRow

MOST_BYTES = 5_000_000
MOST_UNPACKED = 60_000_000
MOST_PARTS = 300
MOST_ROWS = 5_000
ABOVE = 20
"""Rows that may stand above the first action."""
MOST_COLUMNS = 60
MOST_SHEETS = 20
MOST_LETTERS = 20_000
"""Of one cell."""
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
TOO_LARGE = "The file must be 5 MB or smaller. Take out pictures and sheets that are not needed, or split it."
TOO_MANY = (
    f"A sheet has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns. Split it and bring in each part."
)
DAMAGED = (
    "The file is damaged or not a workbook. Open it, save it again as .xlsx or .csv and choose that one."
)
LOCKED = "This is an old .xls file, or one with a password. Save it as .xlsx without a password."
EMPTY = "The file has no rows. Choose the file that has the tracker in it."
NEITHER = "The file must be .xlsx or .csv."


class TooManyError(Exception):
    """More rows or columns than are taken."""


def read_tracker(content: bytes) -> Book | NotRead:
    """The sheets of a file, told by its bytes and not by its name."""
    if len(content) > MOST_BYTES:
        return NotRead(TOO_LARGE)
    if not content.strip():
        return NotRead(EMPTY)
    if content.startswith(OLD_OR_LOCKED):
        return NotRead(LOCKED)
    try:
        book = _workbook(content) if content.startswith(b"PK") else _csv(content)
    except TooManyError:
        return NotRead(TOO_MANY)
    if isinstance(book, Book) and not any(one.rows for one in book.sheets):
        return NotRead(EMPTY)
    return book


def _workbook(content: bytes) -> Book | NotRead:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
        if sum(one.file_size for one in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
            return NotRead(TOO_LARGE)
        if "xl/workbook.xml" not in {one.filename for one in parts}:
            return NotRead(NEITHER)
        return _sheets(content)
    except TooManyError:
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a broken part makes it run into
        return NotRead(DAMAGED)


def _sheets(content: bytes) -> Book:
    """Every worksheet, read twice side by side: as it is shown, and with its formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shown = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        written = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        pairs = list(zip(shown.worksheets, written.worksheets, strict=True))[:MOST_SHEETS]
        sheets = []
        for values, formulas in pairs:
            values.reset_dimensions()
            formulas.reset_dimensions()
            hidden = values.sheet_state != "visible"
            sheets.append(Sheet(values.title[:60], () if hidden else tuple(_rows(values, formulas)), hidden))
        return Book(tuple(sheets))


def _rows(values: Any, formulas: Any) -> Iterator[SheetRow]:
    both = zip_longest(values.iter_rows(values_only=True), formulas.iter_rows(values_only=True), fillvalue=())
    cells = (tuple(_cell(one, other) for one, other in zip_longest(row, said)) for row, said in both)
    yield from _numbered(cells)


def _numbered(found: Iterable[tuple[Cell, ...]]) -> Iterator[SheetRow]:
    """The rows that are not empty, by their numbers in the sheet.

    Raises: TooManyError: there are more than are taken.
    """
    kept = 0
    for number, cells in enumerate(islice(found, 200_000), 1):
        filled = max((place for place, one in enumerate(cells, 1) if one.text), default=0)
        if not filled:
            continue
        kept += 1
        if kept > MOST_ROWS + ABOVE or filled > MOST_COLUMNS:
            raise TooManyError
        yield SheetRow(number, cells[:filled])


def _cell(value: Any, written: Any) -> Cell:
    is_formula = (isinstance(written, str) and written.startswith("=")) or hasattr(written, "ref")
    if is_formula and value is None:
        return Cell(str(getattr(written, "text", written))[:200], "formula")
    if value is None:
        return Cell()
    if isinstance(value, datetime):
        return Cell(value.date().isoformat(), "day")
    if isinstance(value, date):
        return Cell(value.isoformat(), "day")
    if isinstance(value, bool):
        return Cell("Yes" if value else "No")
    if isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        return Cell(str(int(value)) if whole else repr(value), "number")
    if isinstance(value, time):
        return Cell(value.isoformat())
    text = _clean(str(value))
    return Cell(text, "error" if text.startswith("#") and text.endswith(("!", "?", "/0!", "N/A")) else "text")


def _csv(content: bytes) -> Book | NotRead:
    if b"\x00" in content[:4] or content.startswith(b"%PDF") or b"\x00" in content:
        return NotRead(NEITHER)
    text = _decoded(content)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    # a doubled quote is how every spreadsheet writes one, whatever was guessed from the first lines
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, doublequote=True)
    try:
        rows = tuple(_numbered(tuple(Cell(_clean(one)) for one in row) for row in reader))
    except csv.Error:
        return NotRead(DAMAGED)
    return Book((Sheet("", rows),))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _clean(text: str) -> str:
    """Text that every store can hold, with its ends trimmed."""
    said = "".join(one for one in text if one in "\n\t" or one.isprintable())
    return said.strip()[:MOST_LETTERS]
