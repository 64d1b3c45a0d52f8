"""Calendars of bank holidays: what is here, a new edition, what it would move, and its release."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli import releases
from cli.caller import REFUSED, WrongUsageError, caller
from cli.given import text_of
from cli.office import Office, now
from cli.saying import whole
from engine.learning import learn
from engine.releasing import Released, under_calendar
from reference.calendar_import import CalendarRefusedError, editions
from reference.catalogue import calendar, calendar_names, known_versions
from reference.working import working_calendar
from rules.calendars import WorkingCalendar
from rules.clocks import civil
from schemas.clocks import Calendar
from schemas.commands import AnyCommand, ChangeCalendar
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.people import Actor
from schemas.rows import MovedRow

app = typer.Typer(help="Bank holidays: list, import, preview, release.")
Version = Annotated[str, typer.Argument(help="An edition, such as england-and-wales/2026-11-22.")]


@app.command("list")
def show(context: typer.Context) -> None:
    """List every edition that is here: what shipped with the product, and what was imported."""
    asked = caller(context)

    async def ask(office: Office) -> list[Calendar]:
        await learn(office.reads)
        return [calendar(one) for one in sorted(known_versions())]

    every = asked.read(ask)
    kept = {"version", "source", "starts_on", "horizon_on"}
    asked.show([one.model_dump(mode="json", include=kept) for one in every], lambda out: _draw(out, every))


@app.command("import")
def bring_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The official list, bank-holidays.json.")],
    as_at: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="The day of the list, which names the edition.")
    ],
) -> None:
    """Keep new editions of every calendar; every process knows them within seconds. Nothing moves yet."""
    asked = caller(context)
    text = text_of(file, "FILE")

    async def keep(office: Office) -> list[str]:
        actor = await asked.actor(office)
        await learn(office.reads)
        known = {name: calendar(name=name) for name in calendar_names()}
        made = editions(text, as_at.date(), known)
        found = [Calendar.model_validate(one) for one in made.values()]
        kept = await office.keeping.keep_calendars(found, actor.person)
        await learn(office.reads)
        return kept

    try:
        kept = asked.read(keep)
    except CalendarRefusedError as refused:
        asked.err.print(f"Refused, and nothing was kept. {refused}", markup=False)
        raise typer.Exit(REFUSED) from None
    words = "".join(f"\n  {one}" for one in kept)
    asked.show(
        {"kept": kept}, lambda out: out.print(f"Kept:{words}\nNothing has moved: preview, then release.")
    )


@app.command()
def preview(context: typer.Context, version: Version) -> None:
    """List every open clock that an edition would move, before and after. Nothing is changed."""
    asked = caller(context)

    async def ask(office: Office) -> tuple[list[Cycle], list[MovedRow]]:
        return await _moves(office, version)

    cycles, rows = asked.read(ask)
    releases.show_moves(asked, version, rows, len(cycles))


@app.command("release")
def send(context: typer.Context, version: Version) -> None:
    """Release an edition to every cycle under way; repeating it changes nothing more."""
    asked = caller(context)

    async def act(office: Office) -> tuple[Released, int]:
        cycles, rows = await _moves(office, version)
        moving = {row.cycle for row in rows}

        def make(actor: Actor) -> list[AnyCommand]:
            return list(_commands(cycles, version, actor))

        return await releases.send_all(asked, office, make, moving), len(rows)

    done, clocks = asked.do(act, quiet=True)
    releases.answer(asked, version, done, clocks)


async def _moves(office: Office, version: str) -> tuple[list[Cycle], list[MovedRow]]:
    """The cycles that count by an earlier edition, and what would move in them."""
    await learn(office.reads)
    edition = edition_of(version)
    cycles = [
        one for one in await office.reads.counting_by(version.rpartition("/")[0]) if one.calendar < version
    ]
    return cycles, under_calendar(cycles, edition, now())


def edition_of(version: str) -> WorkingCalendar:
    """The working days of an edition.

    Raises: WrongUsageError: there is no such edition.
    """
    found = working_calendar(version)
    if isinstance(found, Refused):
        known = ", ".join(sorted(known_versions()))
        raise WrongUsageError(f"There is no calendar {version}. The editions here are {known}.")
    return found


def _commands(cycles: Iterable[Cycle], version: str, actor: Actor) -> Iterable[AnyCommand]:
    for one in cycles:
        key = f"{version.replace('/', ':')}:{one.reference}"
        yield ChangeCalendar(cycle=one.reference, key=key, actor=actor, to=version)


def _draw(out: Console, every: list[Calendar]) -> None:
    table = Table(whole("Edition"), "From", "Horizon", "Bank holidays", "Still to come")
    today = civil(now())
    for one in every:
        coming = sum(1 for day in one.days if day.on >= today)
        table.add_row(one.version, f"{one.starts_on}", f"{one.horizon_on}", str(len(one.days)), str(coming))
    out.print(table)
