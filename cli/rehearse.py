"""Rehearsing: everything that would happen in a cycle, month by month, before anybody is asked."""

import asyncio
from contextlib import nullcontext
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from cli.caller import caller
from cli.given import text_of
from cli.office import now
from cli.saying import stage_of
from reference.catalogue import demonstration_people, standards
from rehearsal.run import rehearse
from rehearsal.script import script
from rehearsal.shapes import Happening, Rehearsal
from rules.clocks import LONDON

MARKS = {
    "ReminderDelivered": ("◔", "blue"),
    "ReminderBounced": ("◔", "red"),
    "DutyMissed": ("✖", "bold red"),
    "due": ("◆", "bold"),
    "EvidenceRequested": ("→", "cyan"),
    "ReturnSubmitted": ("←", "cyan"),
    "ReturnSentBack": ("↺", "yellow"),
    "ReturnAccepted": ("✓", "green"),
    "SessionHeld": ("●", "bold magenta"),
    "FindingsPublished": ("★", "bold green"),
    "ActionVerified": ("✓", "green"),
    "CycleClosed": ("■", "bold green"),
}


def rehearse_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A rehearsal file, as in reference/rehearsals.")],
) -> None:
    """Rehearse a cycle: run its real engine in skipped time, and keep nothing."""
    asked = caller(context)
    scripted = script(text_of(file, "FILE"), file.name, standards())
    spinner = asked.err.status("Starting the engine …") if asked.err.is_terminal else nullcontext()
    with spinner as status:

        def show(at: datetime) -> None:
            if status:
                status.update(f"Rehearsing {at.astimezone(LONDON):%B %Y} …")

        found = asyncio.run(rehearse(scripted, now(), show))
    asked.show(found, lambda out: draw(out, found))


def draw(out: Console, found: Rehearsal) -> None:
    """The calendar of a rehearsal, month by month."""
    out.print(Text.assemble((f"{found.title}", "bold"), "  (a rehearsal; nothing is kept)"))
    for month, happenings in groupby(found.happenings, key=lambda one: f"{_local(one):%B %Y}"):
        out.print(Rule(month, align="left", style="dim"))
        out.print(_month(list(happenings)))
    months = (found.ended_at - found.began_at).days / 30.44
    out.print(Rule(style="dim"))
    out.print(
        f"{months:.1f} months in {found.seconds:.1f} s; it ends {stage_of(found.stage)}. "
        f"{found.mails} mails, {found.missed} due dates missed.",
        style="bold",
    )


def _month(happenings: list[Happening]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    before = ""
    for one in happenings:
        at = _local(one)
        day = f"{at:%a %_d}"
        mark, style = MARKS.get(one.kind, ("·", ""))
        table.add_row("" if day == before else day, f"{at:%H:%M}", Text(mark, style), _what(one, style))
        before = day
    return table


def _what(one: Happening, style: str) -> Text:
    text = Text(one.text, style if one.kind in ("DutyMissed", "SessionHeld", "FindingsPublished") else "")
    if one.told and not one.kind.startswith("Reminder"):
        people = demonstration_people()
        names = ", ".join(people[who].title if who in people else who for who in one.told)
        text.append(f"  ✉ {names}", "dim")
    return text


def _local(one: Happening) -> datetime:
    return one.at.astimezone(LONDON)
