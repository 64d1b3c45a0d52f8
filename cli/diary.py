"""The engine's diary: the openings that stand there against those that the programme wants."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import caller
from cli.office import Office
from cli.programme import programme_page
from cli.proposals import app
from cli.saying import when, whole
from engine.appointments import Appointments
from schemas.programme.rows import DiaryRow, DiaryState

__all__ = ["app"]
SAID: dict[DiaryState, str] = {
    "stands": "stands",
    "missing": "missing: it would not open",
    "other_hour": "stands at another hour",
    "not_wanted": "stands, but nothing is to open",
    "paused": "paused by whoever runs the engine",
    "due": "its hour has come",
}


@app.command()
def schedules(
    context: typer.Context,
    *,
    repair: Annotated[
        bool, typer.Option("--repair", help="Make the diary what the programme wants.")
    ] = False,
) -> None:
    """Compare the engine's diary with the programme. What is paused stays so; only its hour is put right."""
    asked = caller(context)

    async def ask(office: Office) -> list[DiaryRow]:
        page = await programme_page(office)
        assert office.client is not None
        diary = Appointments(office.client, office.settings.temporal_task_queue)
        if repair:
            await asked.actor(office)
            await diary.repair(page.programme)
        return await diary.compare(page.programme)

    rows = asked.do(ask)
    asked.show(rows, lambda out: _draw(out, rows))


def _draw(out: Console, rows: list[DiaryRow]) -> None:
    if not rows:
        out.print("Nothing is to be opened, and nothing stands in the diary.")
        return
    table = Table(whole("Cycle"), "Wanted", "In the diary", "")
    for one in rows:
        wanted = when(one.wanted) if one.wanted else "not"
        table.add_row(one.slot, wanted, when(one.standing) if one.standing else "nothing", SAID[one.state])
    out.print(table)
    wrong = sum(1 for one in rows if one.wrong)
    if wrong:
        out.print(f"{wrong} of {len(rows)} are not as wanted. Run: starter.py programme schedules --repair")
