"""What came from outside: list it, show one event, and hand in events from a file."""

from pathlib import Path
from typing import Annotated, get_args

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import REFUSED, WrongUsageError, caller
from cli.office import Office, now
from cli.saying import when
from engine.intake import Intake
from engine.programme_desk import ProgrammeDesk
from engine.reading_files import MOST_BYTES, Line, read_file
from rules.acting.authority import STEERING, titles
from rules.outside.saying import what_followed
from schemas.outcomes import Refused
from schemas.outside import Became, OutsideEvent, OutsideRow, State

app = typer.Typer(help="Events from outside: list, show, send.")
OUTCOMES = ("proposed", "opens", "fed", "noted", "nothing")
Which = Annotated[
    str, typer.Option("--which", help=f"Only these: {', '.join(get_args(State))}, {', '.join(OUTCOMES)}.")
]


@app.command("list")
def listed(context: typer.Context, which: Which = "") -> None:
    """List events, newest first: which rule did what and why, or why nothing."""
    asked = caller(context)
    if which not in ("", *get_args(State), *OUTCOMES):
        raise WrongUsageError(f"--which: write one of {', '.join((*get_args(State), *OUTCOMES))}.")

    async def ask(office: Office) -> list[OutsideRow]:
        if which in OUTCOMES:
            return await office.reads.outside("taken", which)
        state: State | None = "waiting" if which == "waiting" else "taken" if which else None
        return await office.reads.outside(state)

    rows = asked.read(ask)
    asked.show(rows, lambda out: _draw(out, rows))


@app.command()
def show(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="The event's source.")],
    event: Annotated[str, typer.Argument(help="The event's id.")],
) -> None:
    """Show one event with its data and what became of it."""
    asked = caller(context)
    row = asked.read(lambda office: office.reads.outside_event(source, event))
    if row is None:
        raise WrongUsageError("There is no such event. See: starter.py outside list")
    asked.show(row, lambda out: _draw_one(out, row))


@app.command()
def send(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Events as .json or .jsonl, or measures as .csv.")],
) -> None:
    """Hand in the events of a file, as an officer; the same file may be handed in any number of times."""
    asked = caller(context)
    lines = _lines(file)

    async def act(office: Office) -> list[Became | Refused]:
        actor = await asked.actor(office)
        if actor.role not in STEERING:
            raise WrongUsageError(f"Events are handed in by a {titles(STEERING)}.")
        intake = _intake(office)
        return [
            await intake.take(one.event, "command") for one in lines if isinstance(one.event, OutsideEvent)
        ]

    answers = asked.do(act)
    asked.show(answers, lambda out: _say(out, answers))
    if any(isinstance(one, Refused) for one in answers):
        raise typer.Exit(REFUSED)


def _lines(file: Path) -> list[Line]:
    """The events of a file, all of which can be read.

    Raises: WrongUsageError: one cannot be, and nothing is handed in.
    """
    try:
        with file.open("rb") as opened:
            found = read_file(file.name, opened.read(MOST_BYTES + 1))
    except OSError as wrong:
        raise WrongUsageError(
            f"{file} cannot be read ({(wrong.strerror or 'no reason given').lower()})."
        ) from None
    if isinstance(found, Refused):
        raise WrongUsageError(f"{file.name}: {found.message}")
    for one in found:
        if isinstance(one.event, Refused):
            raise WrongUsageError(
                f"{file.name}, line {one.number}: {one.event.message} Nothing was handed in."
            )
    return found


def _intake(office: Office) -> Intake:
    assert office.client is not None
    queue = office.settings.temporal_task_queue
    return Intake(
        office.keeping, office.reads, ProgrammeDesk(office.client, queue, office.keeping, office.reads), now
    )


def _say(out: Console, answers: list[Became | Refused]) -> None:
    for one in answers:
        if isinstance(one, Refused):
            out.print(f"Refused: {one.message}", markup=False, soft_wrap=True)
        else:
            before = " (here before)" if one.again else ""
            out.print(f"{one.id}{before}: {one.said}", markup=False, soft_wrap=True)


def _draw(out: Console, rows: list[OutsideRow]) -> None:
    table = Table("Came in", "Event", "What followed", "Why")
    for one in rows:
        why = one.decision.because if one.decision and one.state == "taken" else one.waits_for or ""
        table.add_row(when(one.received_at), f"{one.event.type}\n{one.event.id}", what_followed(one), why)
    out.print(table if rows else "Nothing has come from outside yet.")


def _draw_one(out: Console, row: OutsideRow) -> None:
    why = row.decision.because if row.decision and row.state == "taken" else row.waits_for or ""
    out.print(f"{row.event.type} {row.event.name}", markup=False, soft_wrap=True)
    out.print(f"Came in {when(row.received_at)}, delivered {row.deliveries} times.")
    out.print(f"{what_followed(row)}. {why}", markup=False, soft_wrap=True)
    for name, value in row.event.data.items():
        out.print(f"  {name}: {value}", markup=False, soft_wrap=True)
