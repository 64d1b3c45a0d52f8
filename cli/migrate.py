"""Bringing the store's shape up to date."""

import typer

from cli.caller import caller
from cli.office import Office


def bring_up_to_date(context: typer.Context) -> None:
    """Bring the database up to date; may be run at any time, also by several processes at once."""
    asked = caller(context)

    async def migrate(office: Office) -> list[str]:
        return await office.migrate()

    applied = asked.read(migrate)
    words = ", ".join(applied) if applied else "nothing; it is up to date"
    asked.show({"applied": applied}, lambda out: out.print(f"Applied: {words}"))
