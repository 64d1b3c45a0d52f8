"""Tokens of programs: whose they are, when they were last used, and ending one, on record."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import REFUSED, caller, given_reason, title_of
from cli.office import Office, now
from cli.saying import when, whole
from schemas.people import Person
from schemas.signed_in import Access
from schemas.tokens import Token
from store.tokens import Tokens

app = typer.Typer(help="Tokens of programs: list them, end one.")


@app.command("list")
def show(
    context: typer.Context,
    person: Annotated[str, typer.Option("--person", help="Only the tokens of this person.")] = "",
) -> None:
    """List every token that lasts: whose, what for, what it may do. None can be shown again."""
    asked = caller(context)

    async def ask(office: Office) -> tuple[list[Token], dict[str, Person]]:
        await asked.at_the_door(office)
        return await _tokens(office).open_of(person or None, now()), await office.reads.people()

    found, people = asked.read(ask)
    facts = [{**asdict(one), "role": one.role.value} for one in found]
    for one in facts:
        del one["digest"]
    asked.show(
        [{name: _plain(said) for name, said in one.items()} for one in facts],
        lambda out: _draw(out, found, people),
    )  # fmt: skip


@app.command("end")
def end(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, max=2**63 - 1, help="The token's number (tokens list).")],
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with who did it and when.")],
) -> None:
    """End a token: the next request of its program is refused."""
    asked, why = caller(context), given_reason(reason)

    async def ask(office: Office) -> bool:
        actor = await asked.at_the_door(office)
        noted = Access(now(), actor.person, actor.role.value, "", reason=why)
        return await _tokens(office).end(number, noted)

    if not asked.read(ask):
        asked.err.print(f"There is no token {number} that lasts. See: starter.py tokens list", markup=False)
        raise typer.Exit(REFUSED)
    asked.show({"ended": number}, lambda out: out.print(f"Token {number} lets nobody in any more."))


def _plain(said: object) -> object:
    return said.isoformat() if isinstance(said, datetime) else said


def _draw(out: Console, found: list[Token], people: dict[str, Person]) -> None:
    if not found:
        out.print("There are no tokens.")
        return
    table = Table(whole("Number"), "What for", "Whose", "Scopes", "Last used", "Ends")
    for one in found:
        used = when(one.last_used_at) if one.last_used_at else "never"
        scopes = ", ".join(one.scopes)
        table.add_row(str(one.number), one.name, title_of(people, one.person), scopes, used, when(one.until))
    out.print(table)


def _tokens(office: Office) -> Tokens:
    assert office.pool is not None
    return Tokens(office.pool)
