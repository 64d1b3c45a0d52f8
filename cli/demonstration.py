"""The demonstration: three sessions that really took place, one of them in flight now."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from cli.caller import caller
from cli.office import Office, now
from demonstration.load import Loaded, Loader
from demonstration.year import Planner
from engine.desk import Desk
from engine.programme_desk import ProgrammeDesk

app = typer.Typer(help="The demonstration: three sessions that really took place.")
SIGN_IN = (
    ("policy-officer", "opens cycles, looks at returns, drafts findings"),
    ("acc-local-policing", "has had a return sent back"),
    ("superintendent-custody", "has asked for more time"),
    ("deputy-chief-constable", "is late with a return, and owns an action"),
    ("chief-executive", "signs findings first"),
    ("commissioner", "judges, decides, signs and adopts a year"),
    ("publication-officer", "publishes"),
)


@app.callback()
def group() -> None:
    """The demonstration: three sessions that really took place."""


@app.command()
def load(
    context: typer.Context,
    *,
    beside_others: Annotated[
        bool, typer.Option("--beside-others", help="Load it although there are other cycles here.")
    ] = False,
) -> None:
    """Load the demonstration; what is there already stays as it is."""
    asked = caller(context)
    bar = Progress(
        TextColumn("Loading the demonstration"), BarColumn(), MofNCompleteColumn(), console=asked.err
    )
    task = bar.add_task("acts", total=None)

    async def work(office: Office) -> list[Loaded]:
        client, queue = office.client, office.settings.temporal_task_queue
        assert client is not None
        desk = Desk(client, queue, office.keeping, office.reads, demonstration=True)
        loader = Loader(
            desk, office.reads, office.keeping, client, now,
            lambda done, of: bar.update(task, completed=done, total=of),
        )  # fmt: skip
        loaded = await loader.load(beside_others=beside_others)
        planner = Planner(
            ProgrammeDesk(client, queue, office.keeping, office.reads), office.reads, office.keeping, now
        )
        programme = await planner.load({one.name: one.reference for one in loaded})
        return [*loaded, Loaded("the programme", programme, planner.acts)]

    with bar:
        loaded = asked.do(work, quiet=True)
    asked.show([vars(one) for one in loaded], lambda out: _draw(out, loaded))


def _draw(out: Console, loaded: list[Loaded]) -> None:
    for one in loaded:
        acts = f"{one.acts} acts done" if one.acts else "was there already"
        out.print(f"{one.reference}  {one.name}: {acts}.")
    table = Table("Sign in as", "who", title="Who to be", title_justify="left")
    for person, what in SIGN_IN:
        table.add_row(person, what)
    out.print(table)
