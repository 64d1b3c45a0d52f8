"""The one writer of tables for spreadsheets (CSV, RFC 4180): no cell of them can be run as a formula."""

import csv
import io
import itertools
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from typing import TypeVar

MEDIA_TYPE = "text/csv; charset=utf-8"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run."""
BOM = "\ufeff".encode()
"""By which spreadsheets see that this is UTF-8."""
ENDING = "\r\n"
AT_ONCE = 100
"""Rows of one piece: so few that nobody waits for them."""

Row = Sequence[object]
Line = TypeVar("Line")


def harmless(said: object) -> str:
    """The words of a cell, behind an apostrophe where a spreadsheet would take them for a formula."""
    words = "" if said is None else str(said)
    return f"'{words}" if words.startswith(FORMULA) or words.lstrip().startswith(FORMULA) else words


def lines(rows: Iterable[Row], ending: str = ENDING) -> bytes:
    """Some rows of a table."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=ending)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def begun(head: Row, ending: str = ENDING) -> bytes:
    """What a table begins with: the mark of its encoding and its headings."""
    return BOM + lines((head,), ending)


def table(head: Row, rows: Iterable[Row], ending: str = ENDING) -> Iterator[bytes]:
    """A whole table, piece by piece."""
    yield begun(head, ending)
    left = iter(rows)
    while some := list(itertools.islice(left, AT_ONCE)):
        yield lines(some, ending)


def written(head: Row, rows: Iterable[Row], ending: str = ENDING) -> bytes:
    """A whole table."""
    return b"".join(table(head, rows, ending))


async def streamed(
    head: Row, batches: AsyncGenerator[Sequence[Line]], cells: Callable[[Line], Row]
) -> AsyncGenerator[bytes]:
    """A table as long as its rows come, a piece for each batch; its headings come with the first of them."""
    before = begun(head)
    async with aclosing(batches):
        async for batch in batches:
            yield before + lines(cells(one) for one in batch)
            before = b""
    if before:
        yield before
