"""Making every row again that follows from the ledger, or only looking whether all are as they should be."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import REFUSED, caller
from cli.office import Office
from engine.rebuilding import rebuild
from schemas.rebuilding import Difference, Rebuilt
from store.rebuilding import Rebuilding

MOST = 50
"""Differences that are shown one by one."""
SAID = {
    "missing": "is missing",
    "stray": "follows from nothing",
    "differs": "says something else",
    "cannot": "cannot be made again: run starter.py ledger verify",
}


def rebuild_rows(
    context: typer.Context,
    only: Annotated[
        list[str] | None, typer.Argument(help="Cycles or programmes by their references; left out, all.")
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Only compare; nothing is changed.")] = False,
) -> None:
    """Make every row again from the ledger alone, while the product runs; 1 where something stays wrong.

    Without --check what was wrong is put right, and 1 is left for what cannot be.
    """
    asked = caller(context)

    async def ask(office: Office) -> Rebuilt:
        assert office.pool is not None
        return await rebuild(Rebuilding(office.pool), check=check, only=only or (), tell=tell)

    def tell(chains: int) -> None:
        if asked.err.is_terminal:
            asked.err.print(f"{chains:,} cycles …", end="\r")

    found = asked.read(ask)
    asked.show(found, lambda out: draw(out, found, check=check))
    if found.differences and not found.mended:
        raise typer.Exit(REFUSED)


def draw(out: Console, found: Rebuilt, *, check: bool) -> None:
    """What was found, the first lines of it one by one."""
    out.print(f"Cycles and programmes: {found.chains:,}. Rows: {found.rows:,}.")
    if not found.differences:
        out.print("Every row is what the ledger comes to.")
        return
    table = Table("Cycle", "Table", "Row", "What", title=_title(found, check=check))
    table.title_justify = "left"
    for one in found.differences[:MOST]:
        table.add_row(one.chain, one.table, one.key, said(one))
    out.print(table)
    if (more := len(found.differences) - MOST) > 0:
        out.print(f"And {more:,} more: --json lists them all.")


def said(one: Difference) -> str:
    """What is wrong with a row, in words."""
    return SAID[one.kind] + (f" in {', '.join(one.columns)}" if one.columns else "")


def _title(found: Rebuilt, *, check: bool) -> str:
    many = f"{len(found.differences):,} rows were not what the ledger comes to"
    if check:
        return f"{many}. Put them right with: starter.py rebuild"
    left = [one for one in found.differences if one.kind == "cannot"]
    return f"{many}, and are now" + (f", but for {len(left)} that cannot be made again." if left else ".")
