"""Successions of the whole office: announce who takes over, list, preview, and release to open cycles."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli import given, releases
from cli.caller import REFUSED, WrongUsageError, caller
from cli.office import Office, now
from cli.saying import whole
from cli.standing import body
from engine.announcing import PARTS, Taken, Wanted, announce, take_back, taken_by
from engine.new_cycles import name_of
from engine.releasing import Released
from rules.acting.bodies import PARTS as CALLED
from schemas.commands import AnyCommand
from schemas.outcomes import Refused
from schemas.people import Actor
from schemas.rows import TakenRow
from schemas.successions import Announced, Part

app = typer.Typer(help="Who takes over for the whole office: announce, list, preview, release, withdraw.")
What = Annotated[str, typer.Argument(help="body, office-holder, force or panel.")]
To = Annotated[str, typer.Argument(help="Who takes over, by their short name; see `succession list`.")]


def part(word: str) -> Part:
    """Which part a word names.

    Raises: WrongUsageError: none.
    """
    if word not in PARTS:
        raise WrongUsageError(f"Nobody can take over as {word}. Write body, office-holder, force or panel.")
    return PARTS[word]


@app.command("announce")
def announce_(
    context: typer.Context,
    what: What,
    *,
    to: Annotated[str, typer.Option(help="Who takes over: a short name such as west-mercia-mayor.")] = "",
    from_on: Annotated[str, typer.Option("--from", help="From which day, such as 2028-05-08.")],
    reason: Annotated[str, typer.Option(help="Why; kept with who announced it and when.")],
    to_name: Annotated[str, typer.Option("--name", help="Their full name, for papers.")] = "",
    was: Annotated[str, typer.Option(help="Who is followed; who stands last where left out.")] = "",
    source: Annotated[str, typer.Option(help="What it rests on: an entry of `sources`.")] = "",
    recorded_late: Annotated[
        str, typer.Option("--recorded-late", help="Why a day that is past is recorded only now.")
    ] = "",
) -> None:
    """Announce who takes over from which day. Open cycles learn of it when it is released."""
    asked, wanted = caller(context), part(what)
    if not to.strip():
        raise WrongUsageError("--to: say who takes over. Without a successor nothing can be announced.")
    asking = Wanted(wanted, to, given.day(from_on, "--from"), reason, was, to_name, source, recorded_late)

    async def keep(office: Office) -> Announced | Refused:
        return await announce(asking, await asked.actor(office), office.reads, office.keeping, now())

    made = asked.read(keep)
    if isinstance(made, Refused):
        asked.err.print(f"Refused ({made.code}): {made.message}", markup=False)
        raise typer.Exit(REFUSED)
    said = f"Announced: {sentence(made)} Nothing has changed yet: preview, then release."
    asked.show(made, lambda out: out.print(said, soft_wrap=True))


@app.command("list")
def show(context: typer.Context) -> None:
    """List everything that was announced, soonest first."""
    asked = caller(context)
    every = asked.read(_announced)
    asked.show(every, lambda out: _draw(out, every))


@app.command()
def preview(context: typer.Context, what: What, to: To) -> None:
    """List every open cycle that a succession touches, before and after. Nothing is changed."""
    asked, wanted = caller(context), part(what)

    async def ask(office: Office) -> Taken:
        return await taken_by(await _one(office, wanted, to), office.reads, None, now())

    found = asked.read(ask)
    facts = {"announced": found.one, "cycles": len(found.rows), "rows": found.rows}
    asked.show(facts, lambda out: _draw_rows(out, found.one, found.rows))


@app.command("release")
def send(context: typer.Context, what: What, to: To) -> None:
    """Release a succession to every cycle under way; repeating it changes nothing more."""
    asked, wanted = caller(context), part(what)

    async def act(office: Office) -> tuple[Announced, Released]:
        one = await _one(office, wanted, to)
        found = await taken_by(one, office.reads, await asked.actor(office), now())
        moving = {row.cycle for row in found.rows}

        def make(_actor: Actor) -> list[AnyCommand]:
            return list(found.commands)

        done = await releases.send_all(asked, office, make, moving, found.words)
        done.stands += [row.cycle for row in found.rows if row.stands]
        return one, done

    one, done = asked.do(act, quiet=True)
    releases.answer(asked, sentence(one), done, 0, lambda it: _said(one, it))


@app.command("withdraw")
def withdraw(
    context: typer.Context,
    what: What,
    to: To,
    reason: Annotated[str, typer.Option(help="Why; kept with who took it back and when.")],
) -> None:
    """Take an announcement back, as long as no cycle was told of it."""
    asked, wanted = caller(context), part(what)

    async def act(office: Office) -> Refused | None:
        one = await _one(office, wanted, to)
        return await take_back(one, reason, await asked.actor(office), office.reads, office.keeping)

    refused = asked.read(act)
    if refused:
        asked.err.print(f"Refused ({refused.code}): {refused.message}", markup=False)
        raise typer.Exit(REFUSED)
    asked.show({"withdrawn": to}, lambda out: out.print(f"Taken back: {to} is not announced any more."))


def sentence(one: Announced) -> str:
    """An announcement in words."""
    late = f" Recorded late: {one.recorded_late}" if one.recorded_late else ""
    return (
        f"{one.to_name} takes over from {one.was_name} as {CALLED[one.what]} "
        f"on {one.from_on:%A %-d %B %Y}.{late}"
    )


async def standing_name(office: Office) -> str:
    """The full name of the body that stands today."""
    return await name_of(office.reads, await body(office), now())


async def _announced(office: Office) -> list[Announced]:
    return await office.reads.successions(await body(office))


async def _one(office: Office, what: Part, to: str) -> Announced:
    made = await _announced(office)
    found = next((one for one in made if (one.what, one.to) == (what, to)), None)
    if found is None:
        known = ", ".join(f"{one.what.replace('_', '-')} {one.to}" for one in made) or "none"
        raise WrongUsageError(
            f"Nobody announced that {to} takes over as {CALLED[what]}. Announced: {known}. "
            "Announce it first: starter.py succession announce"
        )
    return found


def _said(one: Announced, done: Released) -> str:
    return (
        f"{sentence(one)} {len(done.moved)} cycles were told, {len(done.stands)} knew already, "
        f"{len(done.refused)} refused, {len(done.not_known_yet)} not known yet."
    )


def _draw(out: Console, every: list[Announced]) -> None:
    if not every:
        out.print("Nothing was announced yet.")
        return
    table = Table(whole("What"), "Who takes over", "From whom", whole("From"), "Announced by", "Why")
    for one in every:
        to = f"{one.to_name} ({one.to})"
        table.add_row(one.what, to, one.was_name, f"{one.from_on}", one.announced_by, one.reason)
    out.print(table)


def _draw_rows(out: Console, one: Announced, rows: list[TakenRow]) -> None:
    if not rows:
        out.print(f"{sentence(one)} No cycle under way is concerned.")
        return
    table = Table(whole("Cycle"), whole("From"), "Before", "After", title_justify="left")
    left = sum(not row.stands for row in rows)
    table.title = f"{sentence(one)} {len(rows)} cycles under way, {left} still to be told"
    for row in rows:
        after = f"{row.after} (told)" if row.stands else row.after
        table.add_row(row.cycle, f"{row.from_on}", row.before, after)
    out.print(table)
