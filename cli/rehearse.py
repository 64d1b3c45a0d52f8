"""Rehearsing: everything that would happen in a cycle, month by month, before anybody is asked."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from cli.caller import WrongUsageError, caller
from cli.given import text_of
from cli.office import now
from cli.saying import stage_of
from embedded.temporal import binary
from reference.catalogue import demonstration_people, standards
from rehearsal.happenings import Happening, happenings, months
from rehearsal.script import Script, read_script
from rehearsal.stage import rehearse
from rules.clocks import LONDON
from rules.stages import stage
from schemas.cycle import Stage
from schemas.shape import Instant, Shape

MARKS = {
    "ReminderDelivered": ("◔", "blue"),
    "ReminderBounced": ("◔", "red"),
    "DutyMissed": ("✖", "bold red"),
    "Due": ("◆", "bold"),
    "EvidenceRequested": ("→", "cyan"),
    "ReturnSubmitted": ("←", "cyan"),
    "ReturnSentBack": ("↺", "yellow"),
    "ReturnAccepted": ("✓", "green"),
    "SessionFixed": ("○", "magenta"),
    "SessionHeld": ("●", "bold magenta"),
    "FindingsPublished": ("★", "bold green"),
    "ActionVerified": ("✓", "green"),
    "CycleClosed": ("■", "bold green"),
}
LOUD = ("milestone", "late")
A_MONTH = 30.44


class Rehearsal(Shape):
    """A whole cycle as it would run, and how long it took to find out."""

    reference: str
    title: str
    began_at: Instant
    ended_at: Instant
    stage: Stage
    mails: int
    missed: int
    seconds: float
    happenings: tuple[Happening, ...]


def rehearse_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A rehearsal file, as in reference/rehearsals.")],
) -> None:
    """Rehearse a cycle: run its real engine in skipped time, and keep nothing."""
    asked = caller(context)
    script = read_script(text_of(file, "FILE"), file.name, standards())
    _only_known_people(script)
    waiting = asked.err.status("Rehearsing …") if asked.err.is_terminal else nullcontext()
    with waiting:
        found = asyncio.run(rehearsal(script))
    asked.show(found, lambda out: draw(out, found))


async def rehearsal(script: Script) -> Rehearsal:
    """What would happen, with how long the rehearsal took."""
    began = time.perf_counter()
    rehearsed = await rehearse(script, binary(), now())
    kept, cycle = rehearsed.kept, rehearsed.cycle
    return Rehearsal(
        reference=cycle.reference,
        title=rehearsed.memory.words.get(cycle.title, ""),
        began_at=cycle.opened_at,
        ended_at=rehearsed.ended_at,
        stage=stage(cycle),
        mails=len(kept.sent),
        missed=sum(1 for entry in kept.ledger if entry.event.kind == "DutyMissed"),
        seconds=round(time.perf_counter() - began, 2),
        happenings=tuple(happenings(rehearsed)),
    )


def draw(out: Console, found: Rehearsal) -> None:
    """The calendar of a rehearsal, month by month."""
    out.print(Text.assemble((found.title, "bold"), "  (a rehearsal; nothing is kept)"))
    for begins_at, month in months(list(found.happenings)):
        out.print(Rule(f"{begins_at.astimezone(LONDON):%B %Y}", align="left", style="dim"))
        out.print(_month(month))
    length = (found.ended_at - found.began_at).days / A_MONTH
    out.print(Rule(style="dim"))
    out.print(
        f"{length:.1f} months in {found.seconds:.1f} s; the cycle ends {stage_of(found.stage)}. "
        f"{found.mails} mails, {found.missed} due days missed.",
        style="bold",
    )


def _month(happenings: Sequence[Happening]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    for style in ("dim", "dim", None):
        table.add_column(no_wrap=True, style=style)
    table.add_column(ratio=1)
    before = ""
    for one in happenings:
        at = one.at.astimezone(LONDON)
        day = f"{at:%a} {at.day:>2}"
        mark, style = MARKS.get(one.kind, ("·", ""))
        table.add_row("" if day == before else day, f"{at:%H:%M}", Text(mark, style), _what(one, style))
        before = day
    return table


def _what(one: Happening, style: str) -> Text:
    text = Text(one.what, style if one.weight in LOUD else "")
    if one.told:
        text.append(f"  ✉ {'; '.join(one.told)}", "dim")
    return text


def _only_known_people(script: Script) -> None:
    people = demonstration_people()
    named = {*script.people, *(one.lead for one in script.cycle.requests), *(a.owner for a in script.actions)}
    if unknown := sorted(named - people.keys()):
        raise WrongUsageError(
            f"Nobody in a rehearsal is known as {', '.join(unknown)}. Write one of: {', '.join(people)}."
        )
