"""The pre-flight: would the cycles that are under way go on under this code?"""

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import REFUSED, Caller, WrongUsageError, caller
from cli.office import Office, settings_here
from cli.saying import when, whole
from engine.preflight import look_at
from engine.preflight.moving import moved
from engine.preflight.shapes import NotLooked, Report, Standing, Taken
from engine.preflight.sources import (
    Found,
    HistoriesWrongError,
    of_engine,
    of_folder,
    open_on,
    save,
    save_calendars,
)
from engine.sealed import Sealing
from engine.wiring import sealing_of

Histories = Annotated[
    Path | None, typer.Option("--histories", help="Look at the files of this folder, not at the engine.")
]
Save = Annotated[
    Path | None, typer.Option("--save", help="Write every open history to this folder, and look at nothing.")
]
Processes = Annotated[
    int | None, typer.Option("--processes", min=1, help="How many processes replay; one a core otherwise.")
]
NOTHING_OPEN = (
    "A pre-flight without a history says nothing: no workflow is open at {source}. "
    "Take histories from where cycles run (starter.py preflight --save FOLDER), "
    "then give them here: starter.py preflight --histories FOLDER."
)
NO_FILE = (
    "A pre-flight without a history says nothing: there is none in {source}. "
    "Fill it with: starter.py preflight --save {source}"
)


def preflight(
    context: typer.Context, histories: Histories = None, to: Save = None, processes: Processes = None
) -> None:
    """Replay every open history against this code, and name each cycle that would break, where and why.

    Exit codes: 0 all go on, 1 something would break, 2 there is nothing to look at or it cannot be read.
    """
    asked = caller(context)
    if histories and to:
        raise WrongUsageError("Write --histories or --save, not both: one reads a folder, one fills it.")
    if to:
        _save(asked, to)
        return
    many = processes or os.cpu_count() or 1
    try:
        report = _of_folder(histories, many) if histories else _of_engine(asked, many)
    except HistoriesWrongError as wrong:
        raise WrongUsageError(str(wrong)) from None
    if not report.judged:
        words = NO_FILE if histories else NOTHING_OPEN
        raise WrongUsageError(words.format(source=report.source))
    show(asked, report)


def show(asked: Caller, report: Report) -> None:
    """Say what was found; the process ends with 1 where something would break."""
    asked.show(_facts(report), lambda out: _draw(out, report))
    if report.breaking:
        raise typer.Exit(REFUSED)


async def judged_by(
    source: str, parcels: AsyncIterator[list[Taken]], found: Found, processes: int, sealing: Sealing
) -> Report:
    """The report over some histories, without the deadlines."""
    began = time.perf_counter()
    judged = await look_at(parcels, processes, sealing=sealing)
    return Report(
        source=source,
        judged=tuple(judged),
        not_looked=tuple(found.not_looked),
        seconds=time.perf_counter() - began,
        processes=processes,
    )


def _of_folder(folder: Path, processes: int) -> Report:
    found, sealing = Found(), sealing_of(settings_here())
    return asyncio.run(judged_by(str(folder), of_folder(folder, found), found, processes, sealing))


def _of_engine(asked: Caller, processes: int) -> Report:
    async def ask(office: Office) -> Report:
        assert office.client is not None
        found = Found()
        query = open_on(office.settings.temporal_task_queue)
        source = str(office.settings.temporal_address)
        taken = of_engine(office.client, query, found)
        report = await judged_by(source, taken, found, processes, sealing_of(office.settings))
        return await with_dates(office, report)

    return asked.do(ask)


async def with_dates(office: Office, report: Report) -> Report:
    """The report with the deadlines that would move, and the cycles under way that have no open history."""
    stored = {
        cycle: Standing(cycle=cycle, version=version, deadlines=deadlines)
        for cycle, (version, deadlines) in (await office.reads.standing()).items()
    }
    seen = {one.workflow_id for one in report.judged} | {one.workflow_id for one in report.not_looked}
    why = "it is under way in the store, and the engine has no open workflow of it"
    missing = tuple(NotLooked(workflow_id=one, why=why) for one in stored if one not in seen)
    moves, left_out = moved(report.judged, stored)
    facts = {"moved": moves, "not_compared": left_out, "not_looked": (*report.not_looked, *missing)}
    return report.model_copy(update=facts)


def _save(asked: Caller, folder: Path) -> None:
    async def fetch(office: Office) -> tuple[int, Found]:
        assert office.client is not None
        found, count = Found(), 0
        async for parcel in of_engine(office.client, open_on(office.settings.temporal_task_queue), found):
            save(parcel, folder)
            count += len(parcel)
        if count:
            save_calendars(folder)
        return count, found

    count, found = asked.do(fetch)
    if not count:
        raise WrongUsageError("No workflow is open at the engine, so there is no history to save.")
    said = (
        f"Saved {count} histories in {folder}. Look at them with: starter.py preflight --histories {folder}"
    )
    left_out = [one.model_dump(mode="json") for one in found.not_looked]
    asked.show({"saved": count, "folder": str(folder), "not_saved": left_out}, lambda out: out.print(said))


def _facts(report: Report) -> dict[str, object]:
    kept = {"deadlines", "version"}
    return {
        "looked_at": len(report.judged),
        "events": report.events,
        "source": report.source,
        "seconds": round(report.seconds, 1),
        "processes": report.processes,
        "breaks": [one.model_dump(mode="json", exclude=kept) for one in report.breaking],
        "not_looked_at": [one.model_dump(mode="json") for one in report.not_looked],
        "moved": [one.model_dump(mode="json") for one in report.moved],
        "dates_not_compared": [one.model_dump(mode="json") for one in report.not_compared],
    }


def _draw(out: Console, report: Report) -> None:
    count = len(report.judged)
    histories = "1 history" if count == 1 else f"{count:,} histories"
    out.print(
        f"Looked at {histories} of {report.source}, {report.events:,} events, in {report.seconds:.1f} s."
    )
    if report.breaking:
        _draw_breaking(out, report)
    else:
        out.print("All go on under this code.")
    if report.not_looked:
        _draw_left_out(out, "Not looked at", report.not_looked)
    if report.moved:
        _draw_moved(out, report)
    if report.not_compared:
        _draw_left_out(out, "Dates not compared", report.not_compared)


def _draw_breaking(out: Console, report: Report) -> None:
    out.print(f"[red]{len(report.breaking)} would break:[/]")
    for one in report.breaking:
        assert one.breaks is not None
        lines = (
            f"{one.workflow_id}  run {one.run_id}",
            f"  event {one.breaks.event} {one.breaks.event_type}",
            f"  the history has:    {one.breaks.had}",
            f"  this code asks for: {one.breaks.asks}",
            f"  at:                 {one.breaks.line or 'no line of ours'}",
        )
        for line in lines:
            out.print(line, markup=False, soft_wrap=True)
    out.print(
        "Do not deploy this code. Keep the old way for cycles that began before with workflow.patched, "
        "or keep their build running (docs/process-change.md).",
        soft_wrap=True,
    )


def _draw_left_out(out: Console, title: str, left_out: tuple[NotLooked, ...]) -> None:
    by_reason: dict[str, list[str]] = defaultdict(list)
    for one in left_out:
        by_reason[one.why].append(one.workflow_id)
    for why, names in by_reason.items():
        out.print(f"{title}: {', '.join(names)}: {why}.", markup=False, soft_wrap=True)


def _draw_moved(out: Console, report: Report) -> None:
    table = Table(whole("Cycle"), whole("Deadline"), "In the store", "Under this code")
    for one in report.moved:
        before = when(one.before) if one.before else "not owed"
        table.add_row(one.cycle, one.key, before, when(one.after) if one.after else "not owed")
    count = len(report.moved)
    title = "1 deadline would be another" if count == 1 else f"{count} deadlines would be others"
    table.title, table.title_justify = title, "left"
    out.print(table)
