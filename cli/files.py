"""Evidence files: what scanners have still to look at, and having them look again."""

from typing import Annotated

import typer

from cli.caller import caller
from cli.office import Office, now
from rules.scanning import since_days
from store.scans import Scans

app = typer.Typer(help="Evidence files: have them scanned again.")


@app.callback()
def files() -> None:
    """Evidence files: have them scanned again."""


@app.command()
def rescan(
    context: typer.Context,
    days: Annotated[int, typer.Option(help="Files found clean within so many days.", min=1, max=3650)] = 30,
) -> None:
    """Have files scanned again that were found clean lately, after new signatures. They stay open."""
    asked = caller(context)

    async def ask(office: Office) -> int:
        assert office.pool is not None
        return await Scans(office.pool).look_again(since_days(now(), days))

    many = asked.read(ask)
    asked.show(
        {"again": many},
        lambda out: out.print(f"{many} files are scanned again, within the next five minutes."),
    )
