"""Certificates and claims of sensitivity, beside the returns that they are about."""

from typing import Annotated, get_args

import typer

from cli import given
from cli.caller import WrongUsageError, caller
from cli.evidence import Cycle, Number
from cli.office import Office
from cli.returns import app
from schemas.commands import AnyCommand, CertifyReturn, ClaimSensitivity, DecideSensitivity
from schemas.evidence import Ground
from schemas.people import Actor
from schemas.shape import Words

__all__ = ["app"]
GROUNDS: dict[str, Ground] = {ground: ground for ground in get_args(Ground)}
STATEMENT = "I have read this return and certify it for the force."
Version = Annotated[int, typer.Option(help="The version of the return.", min=1)]


@app.command()
def certify(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    version: Version,
    statement: Annotated[str, typer.Option(help="What you certify.")] = STATEMENT,
) -> None:
    """Certify, for the force, the newest version of a return."""

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return CertifyReturn(
            cycle=cycle, key=key, actor=actor, request=number, version=version, statement=words.ref(statement)
        )

    caller(context).act(make)


@app.command("claim-sensitive")
def claim_sensitive(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    *,
    version: Version,
    item: Annotated[int, typer.Option(help="The item's place in that version, from 1.", min=1)],
    ground: Annotated[str, typer.Option(help=f"One of: {', '.join(GROUNDS)}.")],
    why: Annotated[str, typer.Option(help="Why.")],
    until: Annotated[str, typer.Option(help="The last day on which it is claimed, within a year.")],
    paragraph: Annotated[str | None, typer.Option(help="The paragraph that is relied on.")] = None,
) -> None:
    """Say that an item should not be published. The Commissioner sees it all the same."""
    if ground not in GROUNDS:
        raise WrongUsageError(f"--ground: {ground} is not known; write one of: {', '.join(GROUNDS)}.")
    until_on = given.day(until, "--until")

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return ClaimSensitivity(
            cycle=cycle, key=key, actor=actor, request=number, version=version, item=item,
            ground=GROUNDS[ground], why=words.ref(why), paragraph=paragraph, until_on=until_on,
        )  # fmt: skip

    caller(context).act(make)


@app.command("decide-sensitive")
def decide_sensitive(
    context: typer.Context,
    cycle: Cycle,
    number: Number,
    claim: Annotated[int, typer.Option(help="The claim's number.", min=1)],
    reason: Annotated[str, typer.Option(help="Why.")],
    *,
    upheld: Annotated[bool, typer.Option("--uphold/--refuse", help="Which it is.")],
    until: Annotated[str | None, typer.Option(help="An earlier last day than was claimed.")] = None,
) -> None:
    """Uphold or refuse a claim that an item is sensitive."""
    until_on = given.day(until, "--until") if until else None

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return DecideSensitivity(
            cycle=cycle, key=key, actor=actor, request=number, claim=claim, upheld=upheld,
            reason=words.ref(reason), until_on=until_on,
        )  # fmt: skip

    caller(context).act(make)
