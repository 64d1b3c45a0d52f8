"""Cycles: open, list, show, timeline, pause, resume, cancel."""

from pathlib import Path
from typing import Annotated, get_args

import typer
from rich.console import Console
from rich.table import Table

from cli import given
from cli.caller import WrongUsageError, caller
from cli.drawing import draw_cycle, page_of
from cli.evidence import Cycle, Reason
from cli.interactive import ask_for_cycle
from cli.office import Office, now
from cli.saying import STYLES, stage_of, when, whole
from cli.standing import newest
from engine.in_force import forums_now
from engine.new_cycles import opened_for
from reference.catalogue import calendar
from reference.cyclefile import CycleFile, Opening, cycle_file, open_command
from reference.forums import forums_of
from rehearsal.wording import sentence
from rules.clocks import civil
from rules.meeting.forums import with_rules
from schemas.commands import AnyCommand, Cancel, Pause, Resume
from schemas.cycle import Stage
from schemas.people import Actor
from schemas.rows import CyclePage, CycleRow, TimelineRow
from schemas.shape import Words
from schemas.standards import Standards

app = typer.Typer(help="Cycles: open, list, show, timeline, pause, resume, cancel.")
STAGES = get_args(Stage)


@app.command("open")
def open_(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Option("--from", help="A cycle file in YAML (docs/cycle-file.md).")
    ] = None,
    *,
    interactive: Annotated[bool, typer.Option("--interactive", help="Ask question by question.")] = False,
) -> None:
    """Open a cycle from a file, or question by question."""
    asked = caller(context)
    if (file is None) != interactive:
        raise WrongUsageError("Write --from and the name of a cycle file, or --interactive.")
    kinds = asked.read(newest)
    asked_for = (
        ask_for_cycle(asked, kinds)
        if file is None
        else cycle_file(given.text_of(file, "--from"), file.name, kinds)
    )
    follows = kinds[asked_for.kind]

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        opened = open_command(asked_for, await _opening(office, asked_for, follows, actor, key), words)
        opened = opened.model_copy(update=await opened_for(office.reads, opened.body, now(), words))
        forums = await forums_now(forums_of(office.settings.forums_file), office.reads)
        return opened.model_copy(update={"session": with_rules(opened.session, forums)})

    asked.act(make)


async def _opening(office: Office, file: CycleFile, follows: Standards, actor: Actor, key: str) -> Opening:
    plan = await office.reads.plan()
    if plan is None:
        raise WrongUsageError("No plan is imported yet. Run: starter.py plan import")
    themes = [one.id for one in plan.objectives]
    if file.theme not in themes:
        raise WrongUsageError(
            f"theme: {plan.title} has no objective {file.theme}. Write one of: {', '.join(themes)}."
        )
    reference = await office.desk.cycle_reference(key, civil(now()).year)
    return Opening(
        cycle=reference,
        key=key,
        actor=actor,
        standards=follows,
        calendar=calendar().version,
        body=plan.body,
    )


@app.command("list")
def show_all(
    context: typer.Context,
    stage: Annotated[str | None, typer.Option(help=f"Only those at: {', '.join(STAGES)}.")] = None,
    search: Annotated[str | None, typer.Option(help="Only those with these words.")] = None,
) -> None:
    """List cycles, newest change first."""
    if stage is not None and stage not in STAGES:
        raise WrongUsageError(f"--stage: {stage} is not known; write one of: {', '.join(STAGES)}.")
    asked = caller(context)

    async def ask(office: Office) -> list[CycleRow]:
        return await office.reads.cycles(stage=stage, search=search)

    rows = asked.read(ask)
    asked.show(rows, lambda out: _draw_list(out, rows))


@app.command()
def show(context: typer.Context, cycle: Cycle) -> None:
    """Show one cycle."""
    asked = caller(context)

    async def ask(office: Office) -> CyclePage:
        return await page_of(office, cycle)

    page = asked.read(ask)
    asked.show(page, lambda out: draw_cycle(out, page))


@app.command()
def timeline(
    context: typer.Context,
    cycle: Cycle,
    *,
    public: Annotated[bool, typer.Option("--public", help="Only what everybody may see.")] = False,
) -> None:
    """Everything that happened in a cycle, newest first."""
    asked = caller(context)

    async def ask(office: Office) -> list[TimelineRow]:
        await page_of(office, cycle)
        return await office.reads.timeline(cycle, public=public)

    rows = asked.read(ask)
    asked.show(rows, lambda out: _draw_timeline(out, rows))


@app.command()
def pause(context: typer.Context, cycle: Cycle, reason: Reason) -> None:
    """Stop a cycle's local clocks; statutory ones run on."""

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return Pause(cycle=cycle, key=key, actor=actor, reason=words.ref(reason))

    caller(context).act(make)


@app.command()
def resume(context: typer.Context, cycle: Cycle) -> None:
    """Let the clocks run again; the time is given back."""

    async def make(_office: Office, actor: Actor, key: str, _words: Words) -> AnyCommand:
        return Resume(cycle=cycle, key=key, actor=actor)

    caller(context).act(make)


@app.command()
def cancel(context: typer.Context, cycle: Cycle, reason: Reason) -> None:
    """End a cycle that is not published yet."""

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return Cancel(cycle=cycle, key=key, actor=actor, reason=words.ref(reason))

    caller(context).act(make)


def _draw_list(out: Console, rows: list[CycleRow]) -> None:
    if not rows:
        out.print("There are no cycles yet. Open one with: starter.py cycle open --from FILE --as PERSON")
        return
    table = Table(whole("Reference"), "Title", "Stage", "Session", "Owed", "Late", "Next due")
    for row in rows:
        late = f"[red]{row.late}[/]" if row.late else "0"
        stage = f"[{STYLES.get(row.stage, 'default')}]{stage_of(row.stage)}[/]"
        stage += " [red](paused)[/]" if row.paused else ""
        due = when(row.next_due_at) if row.next_due_at else ""
        table.add_row(
            row.reference, row.title, stage, when(row.session_at), str(row.open_requests), late, due
        )
    out.print(table)


def _draw_timeline(out: Console, rows: list[TimelineRow]) -> None:
    table = Table("Version", "When", "Who", "What happened")
    for row in rows:
        entry = row.entry
        table.add_row(
            str(entry.version), when(entry.at), entry.actor.person, sentence(entry.event, row.words)
        )
    out.print(table)
