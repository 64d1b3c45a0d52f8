"""Trackers as offices keep them, made as files: a banner, dates in three ways, merged cells."""

import io
import zipfile
from datetime import date
from typing import Any

from openpyxl import Workbook

LEAD = "Assistant Chief Constable, Local Policing"
HEADINGS = ("Ref", "Action Agreed", "Lead", "By when", "RAG", "Latest update")


def workbook(rows: list[tuple[Any, ...]], *, hidden: bool = True, sheet: str = "Live actions") -> bytes:
    """A tracker with a banner, headings in its third row, and a hidden sheet of lists."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page.append(["Assurance & Accountability action tracker 2025/26"])
    page.merge_cells("A1:F1")
    page.append([])
    page.append(list(HEADINGS))
    for row in rows:
        page.append(list(row))
    if hidden:
        lists = book.create_sheet("Lists")
        lists.append(["Open"])
        lists.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_tracker(lead: str) -> bytes:
    """Every shape that was seen: good rows, dates in three ways, and each kind of bad row."""
    return workbook([
        ("2025/01", "Publish the custody figures", lead, date(2027, 3, 26), "Amber", "Drafted"),
        ("2025/02", "Bring the 101 paper", lead, "27/3/2027", "Open", None),
        ("2025/03", "Visit the control room", lead, 46475, "Ongoing", None),
        ("2025/04", "Done long ago", lead, "1/2/2025", "Closed", None),
        ("2025/05", "Past its day", lead, "3 March 2025", "Red", None),
        ("2025/06", "No such day", lead, "31/2/2027", "Open", None),
        ("2025/07", "The American way", lead, "03/27/2027", "Open", None),
        ("2025/08", "Somebody else", "Supt A. Nobody", "27/3/2027", "Open", None),
        ("2025/09", "=CONCATENATE(B4,B5)", lead, "27/3/2027", "Open", None),
        ("2025/10", "Bring the 101 paper", lead, "28/3/2027", "Open", None),
        ("2025/11", None, lead, "28/3/2027", "Open", None),
        ("2025/12", "Unclear", lead, "28/3/2027", "Perhaps", None),
    ])  # fmt: skip


def a_bomb() -> bytes:
    """A workbook of a few kilobytes that says it unpacks to a hundred megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 100_000_000)
    return out.getvalue()
