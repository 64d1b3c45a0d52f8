"""What the engine did late while it was down, or while the mail was."""

from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import caller
from cli.office import Office
from cli.saying import when, whole
from reference.outages import MOST, in_words
from rules.clocks import instant
from schemas.outages import LateRow, Outage


def late_by_outage(
    context: typer.Context,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Only what was done on this day or later, such as 2026-11-23."
        ),
    ] = None,
) -> None:
    """Every duty and letter that was late: in which outage, in which cycle, and by how much."""
    asked = caller(context)
    start = instant(since.date(), "00:00") if since else None

    async def ask(office: Office) -> list[LateRow]:
        return await office.reads.late(start, MOST)

    rows = asked.read(ask)
    found = in_words(rows)
    facts = {
        "outages": [{**one.model_dump(mode="json"), "cycles": one.cycles} for one in found],
        "late": len(rows),
        "cycles": len({one.cycle for one in rows}),
    }
    asked.show(facts, lambda out: _draw(out, found, rows, start))


def _draw(out: Console, found: tuple[Outage, ...], rows: list[LateRow], start: datetime | None) -> None:
    if not found:
        out.print(f"Nothing was done late{f' since {when(start)}' if start else ''}.")
        return
    for one in found:
        table = Table(whole("Cycle"), "What", "Was due", "Was done", "Late by", title=_title(one))
        table.title_justify = "left"
        for late in one.late:
            table.add_row(late.cycle, late.what, when(late.planned_at), when(late.done_at), late.by)
        out.print(table)
    cycles = len({one.cycle for one in rows})
    out.print(f"Outages: {len(found)}. Done late: {len(rows)}. Cycles: {cycles}.")
    if len(rows) == MOST:
        out.print(f"These are the newest {MOST:,}; there may be earlier ones.")


def _title(one: Outage) -> str:
    cycles = "1 cycle" if one.cycles == 1 else f"{one.cycles} cycles"
    return f"{when(one.began_at)} to {when(one.ended_at)} ({one.lasted}): {len(one.late)} late, {cycles}"
