"""Subscriptions: who outside hears of what is recorded; adding, watching, pausing, replaying, ending."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import REFUSED, Caller, WrongUsageError, caller
from cli.events import cursor
from cli.given import text_of
from cli.office import Office
from cli.saying import when, whole
from schemas.feed import Cursor
from schemas.outcomes import Refused
from schemas.people import Actor
from schemas.subscriptions import Answer, Draft, Subscription, SubscriptionRow

app = typer.Typer(help="Who outside hears of events: add, list, pause, resume, replay, end, test.")
Name = Annotated[str, typer.Argument(help="The subscription's name.")]
Why = Annotated[str, typer.Option("--reason", help="Why; kept with who did it and when.")]
KIND = "Only this kind of event, such as FindingsPublished; may be said several times."
GIVEN = "The file that holds the secret, as the receiver gave it; left out, one is made and shown once."
AFTER = "Hear also what came after this cursor: 0 for all. Left out: what comes from now on."


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name in small letters, such as panel-tracker.")],
    url: Annotated[str, typer.Argument(help="The receiver's address, https://…")],
    *,
    reason: Why,
    scope: Annotated[str, typer.Option(help="public: what is public; office: everything.")] = "public",
    kind: Annotated[list[str] | None, typer.Option(help=KIND)] = None,
    cycle: Annotated[str, typer.Option(help="Only this cycle.")] = "",
    secret_file: Annotated[Path | None, typer.Option(help=GIVEN)] = None,
    after: Annotated[str, typer.Option(help=AFTER)] = "",
) -> None:
    """Let a program outside hear of what is recorded; deliveries begin at once."""
    asked = caller(context)
    if scope not in ("public", "office"):
        raise WrongUsageError("--scope: write public or office.")
    facts = {"id": name, "url": url, "scope": scope, "kinds": kind or (), "cycle": cycle or None}
    draft = Draft.model_validate({**facts, "reason": reason})
    start = cursor(after) if after else None
    given = text_of(secret_file, "--secret-file").strip() if secret_file else ""

    async def make(office: Office) -> tuple[Subscription | Refused, str]:
        secret = given or office.subscribing.receivers.fresh_secret()
        made = await office.subscribing.add(draft, await asked.actor(office), secret, start)
        return made, "" if given else secret

    made, secret = asked.do(make)
    _unless(asked, made)
    said = {"subscription": made.model_dump(mode="json"), **({"secret": secret} if secret else {})}
    asked.show(said, lambda out: _draw_made(out, name, secret))


@app.command("list")
def show(context: typer.Context) -> None:
    """List every subscription: how far each has got, when it was last taken, and what went wrong."""
    asked = caller(context)

    async def ask(office: Office) -> list[SubscriptionRow]:
        await asked.actor(office)
        return await office.subscriptions()

    rows = asked.read(ask)
    asked.show(rows, lambda out: _draw(out, rows))


@app.command()
def pause(context: typer.Context, name: Name, reason: Why = "") -> None:
    """Send nothing more until it is resumed. Nothing is lost: it goes on where it stopped."""
    _change(
        context,
        f"{name} is paused.",
        lambda office, who: office.subscribing.change(name, who, "paused", reason),
    )


@app.command()
def resume(context: typer.Context, name: Name, reason: Why = "") -> None:
    """Go on where it stopped, at once."""
    _change(
        context,
        f"{name} goes on.",
        lambda office, who: office.subscribing.change(name, who, "active", reason),
    )


@app.command()
def end(context: typer.Context, name: Name, reason: Why = "") -> None:
    """End it for good."""
    _change(
        context,
        f"{name} is ended.",
        lambda office, who: office.subscribing.change(name, who, "ended", reason),
    )


@app.command()
def replay(
    context: typer.Context,
    name: Name,
    after: Annotated[str, typer.Option(help="After which cursor: 0 sends everything again.")],
    reason: Why = "",
    of: Annotated[str, typer.Option(help="Whose events: cycles or programmes.")] = "cycles",
) -> None:
    """Send again what comes after a cursor; the receiver knows each event by its id."""
    start = cursor(after)

    def again(office: Office, who: Actor) -> Awaitable[Subscription | Refused]:
        return office.subscribing.replay(name, who, start, reason, of)

    _change(context, f"{name} hears again what comes after {start.text}.", again)


@app.command("test")
def try_out(context: typer.Context, name: Name) -> None:
    """Send the receiver an empty, signed batch and say what it answered."""
    asked = caller(context)

    async def ask(office: Office) -> Answer | Refused:
        return await office.subscribing.try_out(name, await asked.actor(office))

    answer = asked.do(ask)
    _unless(asked, answer)
    asked.show(answer, lambda out: out.print(f"{name}: {answer.said}"))  # type: ignore[union-attr] # checked
    if isinstance(answer, Answer) and not answer.taken:
        raise typer.Exit(REFUSED)


def _change(
    context: typer.Context, said: str, do: Callable[[Office, Actor], Awaitable[Subscription | Refused]]
) -> None:
    asked = caller(context)

    async def act(office: Office) -> Subscription | Refused:
        return await do(office, await asked.actor(office))

    found = asked.do(act)
    _unless(asked, found)
    asked.show(found, lambda out: out.print(said))


def _unless(asked: Caller, found: Subscription | Answer | Refused) -> None:
    if isinstance(found, Refused):
        asked.err.print(f"Refused ({found.code}): {found.message}", markup=False)
        raise typer.Exit(REFUSED)


def _draw_made(out: Console, name: str, secret: str) -> None:
    out.print(f"{name} is made.")
    if secret:
        out.print("Its secret is shown this once; give it to whoever runs the receiver, by a safe way:")
        out.print(secret, soft_wrap=True)


def _draw(out: Console, rows: list[SubscriptionRow]) -> None:
    if not rows:
        out.print("Nobody outside is sent anything.")
        return
    table = Table(whole("Name"), "Hears", "State", "At", "Behind", "Last taken", "Last failure")
    for row in rows:
        one = row.subscription
        hears = " ".join([one.scope, *([one.cycle] if one.cycle else []), *one.kinds])
        at = ", ".join(_at(name, cursor) for name, cursor in one.cursors.items())
        taken = when(one.last_success_at) if one.last_success_at else "nothing yet"
        failed = f"{when(one.last_failure_at)}: {one.last_failure}" if one.last_failure_at else ""
        table.add_row(one.id, hears, one.state, at, str(row.behind), taken, failed)
    out.print(table)


def _at(name: str, reached: Cursor) -> str:
    return f"{name} {reached.text}"
