"""Who takes over in one cycle: another body, office holder, force or panel, from a day."""

from typing import Annotated

import typer

from cli import given
from cli.announcing import part
from cli.caller import WrongUsageError, caller
from cli.evidence import Cycle, Reason
from cli.office import Office
from schemas.commands import AnyCommand, Succeed
from schemas.people import Actor
from schemas.shape import Words


def succeed(
    context: typer.Context,
    cycle: Cycle,
    from_on: Annotated[str, typer.Option("--from", help="From which day, such as 2028-05-08.")],
    reason: Reason,
    *,
    to: Annotated[str, typer.Option(help="Who takes over, such as west-mercia-mayor.")] = "",
    what: Annotated[str, typer.Option(help="body, office-holder, force or panel.")] = "body",
    office_holder: Annotated[bool, typer.Option("--office-holder", help="As --what office-holder.")] = False,
    to_name: Annotated[str | None, typer.Option("--name", help="Their full name, for papers.")] = None,
    was: Annotated[str | None, typer.Option(help="Who is followed, where the cycle does not say.")] = None,
    was_name: Annotated[str | None, typer.Option("--was-name", help="Their full name, for papers.")] = None,
    recorded_late: Annotated[
        str | None, typer.Option("--recorded-late", help="Why a day that is past is recorded only now.")
    ] = None,
) -> None:
    """Record who takes over from a day in one cycle; for the whole office: succession announce."""
    day, wanted = given.day(from_on, "--from"), part("office-holder" if office_holder else what)
    if not to.strip():
        raise WrongUsageError("--to: say who takes over. Without a successor nothing can be recorded.")

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return Succeed(
            cycle=cycle,
            key=key,
            actor=actor,
            what=wanted,
            to=to.strip(),
            from_on=day,
            reason=words.ref(reason),
            was=was or None,
            was_name=words.maybe(was_name),
            to_name=words.maybe(to_name),
            recorded_late=words.maybe(recorded_late),
        )

    caller(context).act(make)
