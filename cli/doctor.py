"""Whether all is well, line by line, and what to do where it is not; it answers whatever is dead."""

import asyncio
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table
from temporalio.service import RPCError

from cli.caller import caller
from cli.doctoring.line import CODES, Line, kind_of, ok, warn, wrong
from cli.doctoring.of_engine import of_engine
from cli.doctoring.of_machine import of_machine
from cli.doctoring.of_store import of_store
from cli.office import OutOfReachError, now, settings_here
from engine.connection import reach
from engine.learning import learn
from engine.wiring import address_of
from settings import Settings, SettingsWrong
from store.pool import connect
from store.reads import Reads

PATIENCE = timedelta(seconds=15)
START = "Start it, and see ANSWERABLE_{0} (docs/operations.md#{1})."
COLOURS = {"ok": "green", "warn": "yellow", "wrong": "bold red"}


def examine_all(
    context: typer.Context,
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Compare the rows of every cycle with the ledger, not of some.")
    ] = False,
) -> None:
    """Say whether all is well: 0 all is, 1 somebody should see to something, 2 something is wrong."""
    asked = caller(context)
    lines = asyncio.run(examined(every=every))
    code = max(CODES[one.state] for one in lines)
    asked.show({"lines": [one.model_dump() for one in lines], "code": code}, lambda out: draw(out, lines))
    raise typer.Exit(code)


async def examined(*, every: bool) -> list[Line]:
    """Every line, whatever is dead."""
    try:
        chosen = settings_here()
    except OutOfReachError as why:
        return [wrong("Settings", "cannot be used", str(why))]
    store, engine = await asyncio.gather(_store(chosen, every=every), _engine(chosen))
    return [ok("Settings", "can be used"), *store, *engine, *await of_machine(chosen, now())]


async def _store(chosen: Settings, *, every: bool) -> list[Line]:
    what, do = "PostgreSQL", START.format("DATABASE_URL", "postgresql-gone")
    if chosen.database_url is None:
        return [wrong(what, "is not set", do)]
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            pool = await connect(chosen.database_url, most=2, password=chosen.database_password)
    except Exception as trouble:  # noqa: BLE001 - the driver has a dozen; each of them means this
        return [wrong(what, f"does not answer ({kind_of(trouble)})", do), _unknown("the record")]
    async with pool:
        first = ok(what, "answers")
        try:
            await learn(Reads(pool))
            return [first, *await of_store(pool, now, every=every)]
        except Exception as trouble:  # noqa: BLE001 - what cannot be asked is said, and the rest is asked on
            said = f"cannot be asked everything ({kind_of(trouble)})"
            return [first, wrong("The record", said, "Run: starter.py migrate, and then this again.")]


async def _engine(chosen: Settings) -> list[Line]:
    what, do = "Temporal", START.format("TEMPORAL_ADDRESS", "temporal-gone")
    if chosen.temporal_address is None:
        return [wrong(what, "is not set", do)]
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            client = await reach(address_of(chosen))
            found = await of_engine(client, chosen.temporal_task_queue, chosen.worker_build)
    except SettingsWrong as why:
        return [wrong(what, "cannot be asked", str(why))]
    except (RPCError, RuntimeError, TimeoutError, OSError) as trouble:
        return [wrong(what, f"does not answer ({kind_of(trouble)})", do), _unknown("the workers")]
    return [ok(what, "answers"), *found]


def _unknown(what: str) -> Line:
    return warn(what.capitalize(), "not known while that does not answer", "Look again once it does.")


def draw(out: Console, lines: list[Line]) -> None:
    """One table; what to do stands beside what is wrong."""
    table = Table(*(Column(one, overflow="fold") for one in ("What", "How", "Found", "What to do")))
    for one in lines:
        table.add_row(one.what, f"[{COLOURS[one.state]}]{one.state}[/]", one.said, one.do)
    out.print(table)
