"""Who takes over: another body or office holder, from a day."""

from typing import Annotated, Literal

import typer

from cli import given
from cli.caller import caller
from cli.evidence import Cycle, Reason
from cli.office import Office
from schemas.commands import AnyCommand, Succeed
from schemas.people import Actor
from schemas.shape import Words


def succeed(
    context: typer.Context,
    cycle: Cycle,
    to: Annotated[str, typer.Option(help="Who takes over, such as west-mercia-mayor.")],
    from_on: Annotated[str, typer.Option("--from", help="From which day, such as 2028-05-08.")],
    reason: Reason,
    *,
    office_holder: Annotated[bool, typer.Option("--office-holder", help="A person and no body.")] = False,
) -> None:
    """Record who takes over from a day; the cycle goes on."""
    day = given.day(from_on, "--from")
    what: Literal["body", "office_holder"] = "office_holder" if office_holder else "body"

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return Succeed(
            cycle=cycle, key=key, actor=actor, what=what, to=to, from_on=day, reason=words.ref(reason)
        )

    caller(context).act(make)
