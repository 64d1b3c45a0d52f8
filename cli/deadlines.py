"""The secretariat's board: what is due, whose it is, in how many working days, and what is late."""

from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import caller
from cli.office import Office, now
from cli.saying import distance, when, whole, working_days_to
from schemas.rows import DeadlineRow

WHAT = {
    "return": "Return",
    "action": "Action",
    "session": "Session",
    "notice": "Notice of session",
    "answer": "Written answer",
    "fact_check": "Fact check",
    "findings": "Findings",
    "comments": "Comments on a report",
}


def board(
    context: typer.Context,
    owner: Annotated[str | None, typer.Option(help="Only what this person owes.")] = None,
    cycle: Annotated[str | None, typer.Option(help="Only this cycle.")] = None,
    within: Annotated[int | None, typer.Option(help="Only the next so many working days.", min=0)] = None,
    *,
    late: Annotated[bool, typer.Option("--late", help="Only what is late.")] = False,
) -> None:
    """What is due: whose, when, in how many working days, and what is late."""
    asked = caller(context)

    async def ask(office: Office) -> list[DeadlineRow]:
        return await office.reads.deadlines(owner=owner, cycle=cycle)

    at = now()
    rows = [
        row
        for row in asked.read(ask)
        if (not late or is_late(row, at)) and (within is None or working_days_to(row.due_at, at) <= within)
    ]
    asked.show([_facts(row, at) for row in rows], lambda out: _draw(out, rows, at))


def is_late(row: DeadlineRow, at: datetime) -> bool:
    """Whether something owed is late."""
    return row.missed or row.due_at < at


def _facts(row: DeadlineRow, at: datetime) -> dict[str, Any]:
    counted = {"late": is_late(row, at), "working_days": working_days_to(row.due_at, at)}
    return {**row.model_dump(mode="json"), **counted}


def _draw(out: Console, rows: list[DeadlineRow], at: datetime) -> None:
    if not rows:
        out.print("Nothing is due.")
        return
    table = Table("Due", "In", "What", "Whose", whole("Cycle"), title=_title(rows, at), title_justify="left")
    for row in rows:
        late = is_late(row, at)
        table.add_row(
            when(row.due_at),
            f"[red]{distance(row.due_at, at)}[/]" if late else distance(row.due_at, at),
            f"{WHAT[row.what]} {row.number}: {row.title}",
            row.owner_title or row.owner or "",
            row.cycle,
        )
    out.print(table)


def _title(rows: list[DeadlineRow], at: datetime) -> str:
    late = sum(1 for row in rows if is_late(row, at))
    return f"{len(rows)} due, {late} late"
