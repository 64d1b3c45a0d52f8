"""Who restricted a cycle or opened one that is restricted, when and why."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import caller
from cli.office import Office
from cli.saying import when, whole
from schemas.signed_in import Access

app = typer.Typer(no_args_is_help=True, help="Who opened what is restricted, and why.")


@app.command("list")
def listed(
    context: typer.Context,
    most: Annotated[int, typer.Option(min=1, max=10_000, help="How many lines, the newest first.")] = 100,
) -> None:
    """The log of access, newest first."""
    asked = caller(context)

    async def ask(office: Office) -> list[Access]:
        return await office.reads.access(most)

    rows = asked.read(ask)
    facts = [{**asdict(one), "at": one.at.isoformat()} for one in rows]
    asked.show(facts, lambda out: _draw(out, rows))


def _draw(out: Console, rows: list[Access]) -> None:
    if not rows:
        out.print("Nothing yet: no cycle was restricted and none was opened.")
        return
    table = Table(whole("When"), "Who", "As", "What", whole("Cycle"), "Why")
    for one in rows:
        table.add_row(
            when(one.at), one.person, one.role.replace("_", " "), one.what, one.cycle or "", one.reason or ""
        )
    out.print(table)
