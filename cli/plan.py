"""The police and crime plan: import it, show it."""

from pathlib import Path
from typing import Annotated

import typer
import yaml
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from cli.caller import WrongUsageError, caller
from cli.given import text_of
from cli.office import Office
from reference.catalogue import FOLDER
from schemas.plans import Plan

app = typer.Typer(help="The police and crime plan.")
OURS = FOLDER / "plans" / "safer-west-mercia.yaml"


@app.command("import")
def bring_in(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="The plan as YAML; the one that comes with the product.")
    ] = OURS,
) -> None:
    """Import a plan, or its corrected version."""
    asked = caller(context)
    plan = plan_in(file)

    async def keep(office: Office) -> None:
        await office.keeping.keep_plan(plan)

    asked.read(keep)
    count = len(plan.commitments())
    facts = {"plan": plan.id, "objectives": len(plan.objectives), "commitments": count}
    words = f"Imported {plan.title}: {len(plan.objectives)} objectives, {count} commitments."
    asked.show(facts, lambda out: out.print(words))


@app.command()
def show(
    context: typer.Context,
    objective: Annotated[str | None, typer.Option(help="Only this objective, such as reassuring.")] = None,
    search: Annotated[str | None, typer.Option(help="Only commitments with these words.")] = None,
) -> None:
    """Show the plan: every commitment with its reference."""
    asked = caller(context)

    async def ask(office: Office) -> Plan | None:
        return await office.reads.plan()

    plan = asked.read(ask)
    if plan is None:
        raise WrongUsageError("No plan is imported yet. Run: starter.py plan import")
    known = [one.id for one in plan.objectives]
    if objective and objective not in known:
        raise WrongUsageError(f"--objective: the plan has no {objective}. Write one of: {', '.join(known)}.")
    found = _only(plan, objective, (search or "").lower())
    asked.show(found, lambda out: _draw(out, found))


def plan_in(file: Path) -> Plan:
    """The plan in a file.

    Raises: WrongUsageError: it cannot be read as a plan.
    """
    try:
        return Plan.model_validate(yaml.safe_load(text_of(file, "FILE")))
    except yaml.YAMLError:
        raise WrongUsageError(f"{file} is not YAML. See reference/plans for how a plan is written.") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole file"
        raise WrongUsageError(
            f"{file}, {where}: {first['msg']}. See reference/plans for an example."
        ) from None


def _only(plan: Plan, objective: str | None, words: str) -> Plan:
    objectives = [
        one.model_copy(
            update={
                "commitments": tuple(c for c in one.commitments if words in c.text.lower() + c.ref.lower())
            }
        )
        for one in plan.objectives
        if objective in (None, one.id)
    ]
    return plan.model_copy(update={"objectives": tuple(objectives)})


def _draw(out: Console, plan: Plan) -> None:
    out.print(plan.title, style="bold")
    for objective in plan.objectives:
        if not objective.commitments:
            continue
        table = Table(title=f"{objective.title} ({objective.id})", title_justify="left", show_header=False)
        table.add_column(no_wrap=True)
        table.add_column()
        for one in objective.commitments:
            table.add_row(one.ref, one.text)
        out.print(table)
