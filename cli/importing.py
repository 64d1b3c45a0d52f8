"""An office's tracker, looked at before it is brought in: what would come in, and every bad row."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import WrongUsageError, caller
from cli.office import Office, now
from cli.saying import whole
from clients.spreadsheets import MOST_BYTES, TOO_LARGE, read_tracker
from rules.clocks import civil
from rules.tracking.columns import guess, headings, missing, plain
from rules.tracking.rows import Around, look
from schemas.trackers import Looked, Meant, NotRead, Sheet

app = typer.Typer(help="Trackers of before: look at what would be brought in.")
FROM = "\n\nBrought forward from "


@app.command("tracker")
def tracker(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An .xlsx or .csv file.", exists=True, dir_okay=False)],
    *,
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would happen; nothing is written.")
    ] = False,
) -> None:
    """Name every bad row of a tracker. It is brought in on the page, where columns are said."""
    asked = caller(context)
    if not preview:
        raise WrongUsageError("Write --preview to look at it. It is brought in on the page /import.")
    if file.stat().st_size > MOST_BYTES:
        raise WrongUsageError(TOO_LARGE)
    book = read_tracker(file.read_bytes())
    if isinstance(book, NotRead):
        raise WrongUsageError(book.message)

    async def ask(office: Office) -> list[tuple[Sheet, Looked, str]]:
        people, open_now = (
            await office.reads.people(),
            await office.reads.open_actions(None, now(), most=None),
        )
        here = {plain(row.what.split(FROM)[0]): row.number for row in open_now.rows}
        around, found = Around(people, here, {}, civil(now())), []
        for sheet in book.sheets:
            columns = guess(headings(sheet.rows), {})
            found.append((sheet, look(sheet.rows, Meant(columns), around), missing(columns)))
        return found

    found = asked.read(ask)

    def draw(out: Console) -> None:
        for one in found:
            _draw(out, *one)

    asked.show([_facts(*one) for one in found], draw)


def _facts(sheet: Sheet, looked: Looked, lacking: str) -> dict[str, object]:
    return {
        "sheet": sheet.name, "hidden": sheet.hidden, "columns": lacking,
        "ready": [one.row for one in looked.items],
        "over": looked.over, "here": [one.row for one in looked.here],
        "wrong": [{"row": one.row, "column": one.column, "found": one.found, "message": one.message}
                  for one in looked.faults],
    }  # fmt: skip


def _draw(out: Console, sheet: Sheet, looked: Looked, lacking: str) -> None:
    name = sheet.name or "The file"
    if sheet.hidden:
        out.print(f"{name}: hidden, so it is left out.", markup=False)
        return
    said = f" {lacking} on the page." if lacking else ""
    out.print(
        f"{name}: {len(looked.items)} rows ready, {len(looked.wrong_rows)} to put right, "
        f"{len(looked.over)} over, {len(looked.here)} here already.{said}",
        markup=False,
    )
    if looked.faults:
        table = Table(whole("Row"), "Column", "It says", "What to do")
        for one in looked.faults:
            table.add_row(str(one.row), one.column, one.found, one.message)
        out.print(table)
