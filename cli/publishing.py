"""Findings once they are signed: scheduled, held back, corrected, withdrawn."""

from typing import Annotated

import typer

from cli import given
from cli.caller import caller
from cli.checking import app
from cli.evidence import Cycle, Reason
from cli.findings import DespiteElection, Version, newest
from cli.office import Office
from schemas.commands import AnyCommand, Correct, HoldBack, ScheduleRelease, Withdraw
from schemas.people import Actor
from schemas.shape import Words

__all__ = ["app"]


@app.command()
def schedule(
    context: typer.Context,
    cycle: Cycle,
    *,
    placeholder: Annotated[str, typer.Option(help="What everybody reads until then.")],
    at: Annotated[
        str | None, typer.Option(help='Day and hour in London, such as "2026-12-10 09:30".')
    ] = None,
    condition: Annotated[str | None, typer.Option(help="Or what it waits for.")] = None,
    version: Version = None,
    despite_election: DespiteElection = None,
) -> None:
    """Schedule the release of an approved version: at an instant, or on a condition."""
    instant = given.moment(at, "--at") if at else None

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return ScheduleRelease(
            cycle=cycle,
            key=key,
            actor=actor,
            version=await newest(office, cycle, version),
            at=instant,
            condition=words.maybe(condition),
            placeholder=words.ref(placeholder),
            despite_election=words.maybe(despite_election),
        )

    caller(context).act(make)


@app.command()
def hold(context: typer.Context, cycle: Cycle, reason: Reason, version: Version = None) -> None:
    """Hold a scheduled release back; its notice is taken down."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        number = await newest(office, cycle, version)
        return HoldBack(cycle=cycle, key=key, actor=actor, version=number, reason=words.ref(reason))

    caller(context).act(make)


@app.command()
def correct(
    context: typer.Context, cycle: Cycle, version: Version = None, despite_election: DespiteElection = None
) -> None:
    """Publish an approved correction at the same address."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        number = await newest(office, cycle, version)
        despite = words.maybe(despite_election)
        return Correct(cycle=cycle, key=key, actor=actor, version=number, despite_election=despite)

    caller(context).act(make)


@app.command()
def withdraw(
    context: typer.Context,
    cycle: Cycle,
    notice: Annotated[str, typer.Option(help="What everybody reads in their place.")],
    version: Version = None,
) -> None:
    """Take published findings back: their address answers with the notice."""

    async def make(office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        number = await newest(office, cycle, version, published=True)
        return Withdraw(cycle=cycle, key=key, actor=actor, version=number, notice=words.ref(notice))

    caller(context).act(make)
