"""What releasing a calendar and releasing standards have in common: drawing, progress, summary, exit code."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import NOT_KNOWN_YET, REFUSED, Caller
from cli.office import Office
from cli.saying import when, whole
from engine.releasing import Released, release
from rules.acting.authority import may
from rules.counting.words import offset_words
from schemas.commands import AnyCommand
from schemas.people import Actor
from schemas.rows import MovedRow, RungRow
from schemas.shape import Words


def show_moves(
    asked: Caller,
    what: str,
    rows: Sequence[MovedRow],
    cycles: int,
    reminders: Sequence[RungRow] | None = None,
) -> None:
    """Every clock that would move, before and after; and the reminders, where the change can move them."""
    facts: dict[str, object] = {"change": what, "cycles": cycles, "rows": list(rows)}
    if reminders is not None:
        facts["reminders"] = list(reminders)

    def draw(out: Console) -> None:
        _draw(out, what, rows, cycles)
        if reminders is not None:
            _draw_reminders(out, reminders)

    asked.show(facts, draw)


async def send_all(
    asked: Caller,
    office: Office,
    make: Callable[[Actor], list[AnyCommand]],
    moving: set[str],
    words: Words | None = None,
) -> Released:
    """Send the change to every cycle, saying how far it is; nothing is sent by somebody who may not.

    Stopped half-way, it says what was done and what is left; said again, it does the rest.
    """
    commands = make(await asked.actor(office))
    refused = may(commands[0]) if commands else None
    if refused:
        return Released(refused={commands[0].cycle: refused.message})

    latest = Released()

    def tell(done: Released) -> None:
        nonlocal latest
        latest = done
        if not asked.as_json and done.count() % 100 == 0:
            asked.err.print(f"{done.count()} of {len(commands)} cycles")

    try:
        return await release(commands, lambda reference: reference in moving, office.desk, tell, words)
    except asyncio.CancelledError:  # Ctrl-C: not "nothing was recorded", which would be untrue
        return latest.stopped(commands)


def answer(
    asked: Caller, what: str, done: Released, clocks: int, said: Callable[[Released], str] | None = None
) -> None:
    """Say what became of a release, and end with 0, 1 or 3; `said` is for those that move no clock."""
    facts = {
        "change": what,
        "clocks_moved": clocks if done.moved else 0,
        "moved": len(done.moved),
        "unmoved": len(done.unmoved),
        "stood_already": len(done.stands),
        "refused": done.refused,
        "not_known_yet": done.not_known_yet,
    }
    asked.show(facts, lambda out: out.print(said(done) if said else _said(what, done)))
    for reference, why in list(done.refused.items())[:10]:
        asked.err.print(f"{reference}: {why}", markup=False)
    if done.refused:
        raise typer.Exit(REFUSED)
    if done.not_known_yet:
        asked.err.print("Some are not known yet. Say the same again: what is done is not done twice.")
        raise typer.Exit(NOT_KNOWN_YET)


def _said(what: str, done: Released) -> str:
    return (
        f"{what}: {len(done.moved)} cycles with dates that moved, {len(done.unmoved)} without, "
        f"{len(done.stands)} stood already, {len(done.refused)} refused, "
        f"{len(done.not_known_yet)} not known yet."
    )


def _draw(out: Console, what: str, rows: Sequence[MovedRow], cycles: int) -> None:
    if not rows:
        out.print(f"{what} would move no open clock of {cycles} cycles under way.")
        return
    table = Table(whole("Cycle"), "Request", "Whose", "Before", "After", title_justify="left")
    table.title = f"{what}: {len(rows)} open clocks of {cycles} cycles under way"
    for row in rows:
        after = row.refused or when(row.after)
        what_moves = f"fact check {row.findings}" if row.findings else str(row.request or "")
        table.add_row(row.cycle, what_moves, row.lead or "", when(row.before), after)
    out.print(table)


def _draw_reminders(out: Console, rows: Sequence[RungRow]) -> None:
    if not rows:
        out.print("No reminder would change.")
        return
    table = Table(whole("Cycle"), "Request", "Reminder", "Before", "After", title_justify="left")
    table.title = f"{len(rows)} reminders of open requests"
    for row in rows:
        before, after = _told(row.before, row.told_before), _told(row.after, row.told_after)
        table.add_row(row.cycle, str(row.request), offset_words(row.offset), before, after)
    out.print(table)


def _told(at: datetime | None, to: Sequence[str]) -> str:
    return f"{when(at)}, to {', '.join(to)}" if at else "not sent"
