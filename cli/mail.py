"""Mail: what the engine will send by itself in the days to come."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import caller, title_of
from cli.office import Office, now
from cli.saying import when, whole
from reference.forecast import DAYS, Forecast, forecast
from schemas.coming import ComingRow
from schemas.people import Person
from schemas.rows import CyclePage

app = typer.Typer(help="Mail: what will be sent.")


@app.callback()
def mail() -> None:
    """Mail: what will be sent."""


@app.command()
def coming(
    context: typer.Context,
    lead: Annotated[str, typer.Option(help="Only what is about this lead's or owner's.")] = "",
    cycle: Annotated[str, typer.Option(help="Only this cycle.")] = "",
    request: Annotated[
        int | None, typer.Option(help="Only the request of this number in the cycle.", min=1)
    ] = None,
    days: Annotated[int, typer.Option(help="How many days ahead.", min=1, max=365)] = DAYS,
) -> None:
    """What will be sent by itself if nobody does anything: when, to whom, about what and why."""
    asked = caller(context)

    async def ask(office: Office) -> tuple[list[CyclePage], dict[str, Person]]:
        return await office.reads.under_way(), await office.reads.people()

    pages, people = asked.read(ask)
    everything = forecast((page.cycle for page in pages), now(), days).for_eyes_of(asked.person or "")
    found = everything.of(lead, cycle, request)
    facts = {"rows": list(found.rows), "paused": list(found.paused), "unknown": list(found.unknown)}
    asked.show(facts, lambda out: _draw(out, found, people, days))


def _draw(out: Console, found: Forecast, people: dict[str, Person], days: int) -> None:
    for one in found.paused:
        out.print(f"{one} is paused, so nobody is reminded of anything owed in it until it is resumed.")
    for one in found.unknown:
        out.print(f"{one} counts by a calendar that is not known here yet.")
    if not found.rows:
        out.print(f"Nothing will be sent in the next {days} days.")
        return
    table = Table("When", "What", "To", "Why", whole("Cycle"))
    for row in found.rows:
        table.add_row(when(row.at), _what(row), _whom(row, people), row.why, row.cycle)
    out.print(table)


def _what(row: ComingRow) -> str:
    about = f" (request {row.request})" if row.request else f" ({row.action})" if row.action else ""
    return row.template.replace("_", " ") + about


def _whom(row: ComingRow, people: dict[str, Person]) -> str:
    named = [title_of(people, one) for one in row.to]
    named += ["the deputy"] if row.deputies else []
    return ", ".join([*named, *(one.value.replace("_", " ") for one in row.roles)])
