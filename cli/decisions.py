"""Decisions, and the register of sources that they rest on."""

from typing import Annotated, get_args

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import WrongUsageError, caller
from cli.evidence import Cycle
from cli.office import Office
from cli.saying import whole
from reference.catalogue import sources
from schemas.commands import AnyCommand, RecordDecision
from schemas.cycle import DecisionFunction
from schemas.people import Actor
from schemas.shape import Words

FUNCTIONS: dict[str, DecisionFunction] = {one: one for one in get_args(DecisionFunction)}


def decide(
    context: typer.Context,
    cycle: Cycle,
    *,
    title: Annotated[str, typer.Option(help="What is decided, in one line.")],
    options: Annotated[str, typer.Option(help="What was considered.")],
    reasons: Annotated[str, typer.Option(help="Why.")],
    basis: Annotated[str, typer.Option(help="The statutory basis, such as prsra-2011.s1.")],
    function: Annotated[str, typer.Option(help=f"One of: {', '.join(FUNCTIONS)}.")] = "general",
    conditions: Annotated[str | None, typer.Option(help="Conditions, or the ground to withhold.")] = None,
    restricted: Annotated[bool, typer.Option("--restricted", help="Withhold the reasons.")] = False,
) -> None:
    """Record a decision with its options, reasons and statutory basis."""
    if function not in FUNCTIONS:
        raise WrongUsageError(f"--function: {function} is not known; write one of: {', '.join(FUNCTIONS)}.")

    async def make(_office: Office, actor: Actor, key: str, words: Words) -> AnyCommand:
        return RecordDecision(
            cycle=cycle,
            key=key,
            actor=actor,
            title=words.ref(title),
            options=words.ref(options),
            reasons=words.ref(reasons),
            basis=basis,
            function=FUNCTIONS[function],
            conditions=words.maybe(conditions),
            restricted=restricted,
        )

    caller(context).act(make)


def register(
    context: typer.Context,
    search: Annotated[str, typer.Argument(help="Only what holds these words.")] = "",
) -> None:
    """List the register of sources: the id that a decision names, and how sure we are of the words."""
    found = [
        one for one in sources().values() if search.lower() in f"{one.id} {one.title} {one.note}".lower()
    ]

    def draw(out: Console) -> None:
        table = Table(whole("Id"), "Source", "Section", "Mark")
        for one in found:
            table.add_row(one.id, one.title, one.section or "", one.mark.replace("_", " "))
        out.print(table if found else "The register has nothing with these words.")

    caller(context).show(found, draw)
