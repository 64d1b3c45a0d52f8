"""The people who can act or be asked."""

from pathlib import Path
from typing import Annotated

import typer
import yaml
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.table import Table

from cli.caller import WrongUsageError, caller, title_of
from cli.given import text_of
from cli.office import Office
from cli.saying import whole
from schemas.people import Appointment, Person

app = typer.Typer(help="The people who can act or be asked.")
PEOPLE = TypeAdapter(tuple[Person, ...])


@app.command("list")
def show(context: typer.Context) -> None:
    """List everybody: the id to write after --as, the role, and whether mail reaches them."""
    asked = caller(context)

    async def ask(office: Office) -> dict[str, Person]:
        return await office.reads.people()

    people = asked.read(ask)
    asked.show(list(people.values()), lambda out: _draw(out, people))


@app.command("import")
def bring_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A list of people as YAML, as in reference/people.")],
) -> None:
    """Enter or correct people."""
    asked = caller(context)
    people = people_in(file)

    async def keep(office: Office) -> int:
        return await office.keeping.keep_people(people)

    count = asked.read(keep)
    asked.show({"people": count}, lambda out: out.print(f"Entered or corrected {count} people."))


def people_in(file: Path) -> tuple[Person, ...]:
    """The people in a file.

    Raises: WrongUsageError: it cannot be read as a list of people.
    """
    try:
        return PEOPLE.validate_python(yaml.safe_load(text_of(file, "FILE")))
    except yaml.YAMLError:
        raise WrongUsageError(f"{file} is not YAML. See reference/people for an example.") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ", ".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        raise WrongUsageError(
            f"{file}, person {where}: {first['msg']}. See reference/people for an example."
        ) from None


def _draw(out: Console, people: dict[str, Person]) -> None:
    table = Table(whole("Id"), "Who", "Role", "Organisation", "Address", "Deputy", "Appointments")
    for one in people.values():
        address = one.address or "[red]none: cannot be asked[/]"
        table.add_row(
            one.id,
            one.title,
            one.role.value.replace("_", " "),
            one.organisation,
            address,
            title_of(people, one.deputy),
            "\n".join(_appointment(held, people) for held in one.appointments),
        )
    out.print(table)


def _appointment(held: Appointment, people: dict[str, Person]) -> str:
    """A role with its days, and for whom it is held, such as `acting commissioner from 1 Jun 2026`."""
    words = f"{held.role.value.replace('_', ' ')} from {held.from_on:%-d %b %Y}"
    words += f" to {held.to_on:%-d %b %Y}" if held.to_on else ""
    words += f", for {title_of(people, held.acting_for)}" if held.acting_for else ""
    return words + (f", deputy of {title_of(people, held.deputises)}" if held.deputises else "")
