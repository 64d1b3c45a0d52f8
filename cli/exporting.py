"""Everything that is on record as one file."""

from pathlib import Path
from typing import Annotated

import typer

from cli.announcing import standing_name
from cli.caller import WrongUsageError, caller
from cli.office import Office, now
from handover.archive import ZipArchive
from handover.everything import Taking, export
from handover.gathering import Made
from handover.place import open_new, placed, trouble_with
from rules.clocks import civil
from rules.handing_over import ENTITLED


def export_all(
    context: typer.Context,
    to: Annotated[Path, typer.Argument(help="A new file that ends in .zip.")],
    *,
    files: Annotated[bool, typer.Option("--files", help="With every evidence file.")] = False,
) -> None:
    """Write everything that is on record into a zip: tables, ledgers, words, pages, and a manifest."""
    asked = caller(context)
    if to.suffix != ".zip" or (trouble := trouble_with(to)):
        raise WrongUsageError(trouble if to.suffix == ".zip" else "Write a new file that ends in .zip.")

    async def write(office: Office) -> int:
        actor = await asked.actor(office)
        if actor.side != "opcc" or actor.role not in ENTITLED:
            raise WrongUsageError("Only the office takes everything away. Write --as and a policy officer.")
        on, people = civil(now()), await office.reads.people()
        made = Made(people[actor.person].title, on, True, await standing_name(office))
        taking = Taking(office.reads, office.readable(), made, files)
        size = 0
        with placed(to) as part, open_new(part) as out:
            async for piece in export(taking, ZipArchive(on)):
                size += out.write(piece)
        return size

    size = asked.read(write)
    asked.show(
        {"to": str(to), "bytes": size}, lambda out: out.print(f"Wrote {to} ({size:,} bytes).", markup=False)
    )
