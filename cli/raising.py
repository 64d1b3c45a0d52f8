"""Taking something to somebody higher, and asking to be reminded on a day."""

from typing import Annotated

import typer

from cli import given
from cli.caller import WrongUsageError, caller
from cli.evidence import Cycle, Reason
from cli.office import Office
from schemas.commands import AnyCommand, Escalate, Remind, WakeMe
from schemas.people import Actor
from schemas.shape import Words


def escalate(
    context: typer.Context,
    cycle: Cycle,
    to: Annotated[str, typer.Option(help="To whom: a person's id.")],
    reason: Reason,
    *,
    request: Annotated[int | None, typer.Option(help="The request's number in the cycle.", min=1)] = None,
    action: Annotated[str | None, typer.Option(help="The action's number, such as 2026/015.")] = None,
) -> None:
    """Take a request or an action to somebody higher, by name."""
    _one_of_two(request, action)

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return Escalate(
            cycle=cycle,
            key=key,
            actor=actor,
            request=request,
            action=action,
            to=to,
            reason=words.ref(reason),
        )

    caller(context).act(make)


def remind(
    context: typer.Context,
    cycle: Cycle,
    *,
    request: Annotated[int | None, typer.Option(help="The request's number in the cycle.", min=1)] = None,
    action: Annotated[str | None, typer.Option(help="The action's number, such as 2026/015.")] = None,
) -> None:
    """Have whoever owes a return or an action reminded now; once a day at the most."""
    _one_of_two(request, action)

    async def make(_office: Office, actor: Actor, key: str, _words: Words) -> AnyCommand:
        return Remind(cycle=cycle, key=key, actor=actor, request=request, action=action)

    caller(context).act(make)


def _one_of_two(request: int | None, action: str | None) -> None:
    if (request is None) == (action is None):
        raise WrongUsageError("Write --request and its number, or --action and its number: one of the two.")


def wake(
    context: typer.Context,
    cycle: Cycle,
    on: Annotated[str, typer.Option(help="On which day, such as 2027-01-11.")],
    about: Annotated[str, typer.Option(help="What you want to be reminded of.")],
) -> None:
    """Be reminded of something in a cycle on a day; nobody else is."""
    day = given.day(on, "--on")

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return WakeMe(cycle=cycle, key=key, actor=actor, on=day, about=words.ref(about))

    caller(context).act(make)
