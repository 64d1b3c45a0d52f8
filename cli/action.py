"""Actions: propose, confirm, claim done, verify, list; the rest is in cli.undertaking."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli import given
from cli.caller import caller
from cli.drawing import page_of
from cli.evidence import Cycle
from cli.office import Office, now
from cli.returns import Files, Given, Links, Texts, items
from cli.saying import when, whole
from cli.undertaking import COMMANDS, Action
from rules.clocks import civil
from schemas.commands import AnyCommand, ClaimDone, ConfirmAction, ProposeAction, VerifyDone
from schemas.people import Actor
from schemas.rows import CyclePage
from schemas.shape import Words

app = typer.Typer(help="Actions: propose, agree, follow up, list.")
for name, command in COMMANDS.items():
    app.command(name)(command)


@app.command()
def propose(
    context: typer.Context,
    cycle: Cycle,
    what: Annotated[str, typer.Option(help="What is undertaken.")],
    owner: Annotated[str, typer.Option(help="Who does it: a person's id.")],
    due: Annotated[str, typer.Option(help="By which day, such as 2026-12-10.")],
) -> None:
    """Propose an action; it exists when the other side confirms it."""
    day = given.day(due, "--due")

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        await page_of(office, cycle)
        number = await office.desk.action_number(key, civil(now()).year)
        return ProposeAction(
            cycle=cycle, key=key, actor=actor, action=number, what=words.ref(what), owner=owner, due_on=day
        )

    caller(context).act(make)


@app.command()
def confirm(context: typer.Context, cycle: Cycle, action: Action) -> None:
    """Agree, from the other side, that this was undertaken."""

    async def make(_office: Office, actor: Actor, key: str, _words: Words) -> AnyCommand:
        return ConfirmAction(cycle=cycle, key=key, actor=actor, action=action)

    caller(context).act(make)


@app.command()
def done(
    context: typer.Context,
    cycle: Cycle,
    action: Action,
    covers_to: Annotated[str, typer.Option(help="The last day that the proof speaks of.")],
    *,
    files: Files = None,
    texts: Texts = None,
    links: Links = None,
) -> None:
    """Say that an action is done, with proof."""
    day = given.day(covers_to, "--covers-to")
    typed = Given(tuple(files or ()), tuple(texts or ()), tuple(links or ()))

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        proof = await items(office, typed, words)
        return ClaimDone(cycle=cycle, key=key, actor=actor, action=action, proof=proof, covers_to=day)

    caller(context).act(make)


@app.command()
def verify(context: typer.Context, cycle: Cycle, action: Action) -> None:
    """Say that the proof was checked; the last one closes the cycle."""

    async def make(_office: Office, actor: Actor, key: str, _words: Words) -> AnyCommand:
        return VerifyDone(cycle=cycle, key=key, actor=actor, action=action)

    caller(context).act(make)


@app.command("list")
def show(
    context: typer.Context,
    cycle: Annotated[str | None, typer.Option(help="Only this cycle.")] = None,
    owner: Annotated[str | None, typer.Option(help="Only this owner's.")] = None,
) -> None:
    """List actions with their state."""
    asked = caller(context)

    async def ask(office: Office) -> list[CyclePage]:
        refs = [cycle] if cycle else [row.reference for row in await office.reads.cycles(most=1000)]
        return [await page_of(office, ref) for ref in refs]

    pages = asked.read(ask)
    rows = [
        (page, one) for page in pages for one in page.cycle.actions if owner is None or one.owner == owner
    ]
    facts = [
        {**one.model_dump(mode="json"), "cycle": page.cycle.reference, "what": page.say(one.what)}
        for page, one in rows
    ]

    def draw(out: Console) -> None:
        table = Table(whole("Number"), "What", "Owner", "State", "Due", whole("Cycle"))
        for page, one in rows:
            due = f"[red]{when(one.due.at)} (missed)[/]" if one.missed else when(one.due.at)
            state = one.state.replace("_", " ")
            table.add_row(one.number, page.say(one.what), one.owner, state, due, page.cycle.reference)
        out.print(table if rows else "There are no actions.")

    asked.show(facts, draw)
