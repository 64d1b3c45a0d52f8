"""Who is signed in, and at which browser; the office ends sessions and links accounts, on record."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import REFUSED, Caller, WrongUsageError, caller, given_reason, title_of
from cli.office import Office, now
from cli.saying import when, whole
from schemas.people import Person
from schemas.signed_in import Access, Account, Session
from store.accounts import Accounts
from store.sessions import Sessions

app = typer.Typer(help="Who is signed in, and ending it.")
Whose = Annotated[str, typer.Argument(metavar="PERSON", help="A person's id (starter.py people list).")]
Why = Annotated[str, typer.Option("--reason", help="Why; kept with who did it and when.")]


@app.command("list")
def show(
    context: typer.Context,
    person: Annotated[str, typer.Option("--person", help="Only the sessions of this person.")] = "",
) -> None:
    """List every session that has not ended: whose, in which role, since when, at which browser."""
    asked = caller(context)

    async def ask(office: Office) -> tuple[list[Session], dict[str, Person]]:
        await asked.at_the_door(office)
        people = await office.reads.people()
        whose = _known(person, people) if person else None
        return await _sessions(office).open_of(whose, now()), people

    sessions, people = asked.read(ask)
    facts = [
        {
            "number": one.number, "person": one.person, "role": one.role.value, "browser": one.browser,
            "began_at": one.began_at.isoformat(), "seen_at": one.seen_at.isoformat(),
            "until": one.until.isoformat(),
            "task": f"{one.scope.cycle}/{one.scope.request}" if one.scope else None,
        }
        for one in sessions
    ]  # fmt: skip
    asked.show(facts, lambda out: _draw(out, sessions, people))


@app.command("end")
def end(
    context: typer.Context,
    person: Whose,
    *,
    reason: Why,
    number: Annotated[
        int | None, typer.Option("--number", help="Only this session (sessions list); left out, all of them.")
    ] = None,
) -> None:
    """End somebody's sessions: at their next click they are asked to sign in again."""
    asked, why = caller(context), given_reason(reason)

    async def ask(office: Office) -> int:
        actor = await asked.at_the_door(office)
        _known(person, await office.reads.people())
        what = f"ended session {number} of {person}" if number else f"ended every session of {person}"
        noted = Access(now(), actor.person, actor.role.value, what, reason=why)
        return await _sessions(office).end_noted(person, number, noted)

    ended = asked.read(ask)
    if not ended:
        _refuse(asked, f"{person} has no such session that lasts. See: starter.py sessions list")
    asked.show({"ended": ended}, lambda out: out.print(f"Ended {ended} of the sessions of {person}."))


def link(
    context: typer.Context,
    person: Whose,
    *,
    account: Annotated[str, typer.Option("--account", help="What the sign-in page told them to give you.")],
    reason: Why,
    issuer: Annotated[str, typer.Option("--issuer", help="The sign-in service; left out, the one set.")] = "",
) -> None:
    """Link somebody's account at the sign-in service, in place of the one that they had there."""
    asked, why = caller(context), given_reason(reason)

    async def ask(office: Office) -> str | None:
        actor = await asked.at_the_door(office)
        _known(person, await office.reads.people())
        at = issuer or office.settings.oidc_issuer
        if not at or not account.strip():
            raise WrongUsageError(
                "Write --issuer and the sign-in service's address, and --account and its name."
            )
        noted = Access(now(), actor.person, actor.role.value, f"linked an account to {person}", reason=why)
        assert office.pool is not None
        return await Accounts(office.pool).relink(Account(at, account.strip()), person, noted)

    holder = asked.read(ask)
    if holder:
        _refuse(asked, f"That account is linked to {holder}. Link {holder} to their right account first.")
    asked.show({"linked": person}, lambda out: out.print(f"The account is linked to {person}."))


def _draw(out: Console, sessions: list[Session], people: dict[str, Person]) -> None:
    if not sessions:
        out.print("Nobody is signed in.")
        return
    table = Table(whole("Number"), "Who", "Role", "Began", "Last seen", "Browser", "Only for")
    for one in sessions:
        only = f"{one.scope.cycle}, request {one.scope.request}" if one.scope else ""
        table.add_row(
            str(one.number),
            title_of(people, one.person),
            one.role.value.replace("_", " "),
            when(one.began_at),
            when(one.seen_at),
            one.browser,
            only,
        )
    out.print(table)


def _sessions(office: Office) -> Sessions:
    assert office.pool is not None
    return Sessions(office.pool)


def _known(person: str, people: dict[str, Person]) -> str:
    if person not in people:
        raise WrongUsageError(f"Nobody here has the id {person}. See: starter.py people list")
    return person


def _refuse(asked: Caller, message: str) -> None:
    asked.err.print(message, markup=False)
    raise typer.Exit(REFUSED)
