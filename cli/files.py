"""Evidence files: having scanners look again, and encrypting those that lie open or under an older key."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from cli.caller import REFUSED, WrongUsageError, caller
from cli.office import Office, now, settings_here
from clients.encrypting import Gone, encrypt
from clients.stacks import Stacks
from rules.scanning import since_days
from settings import Settings
from store.scans import Scans

app = typer.Typer(help="Evidence files: have them scanned again, or encrypted.")


@app.callback()
def files() -> None:
    """Evidence files: have them scanned again, or encrypted."""


@app.command()
def rescan(
    context: typer.Context,
    days: Annotated[int, typer.Option(help="Files found clean within so many days.", min=1, max=3650)] = 30,
) -> None:
    """Have files scanned again that were found clean lately, after new signatures. They stay open."""
    asked = caller(context)

    async def ask(office: Office) -> int:
        assert office.pool is not None
        return await Scans(office.pool).look_again(since_days(now(), days))

    many = asked.read(ask)
    asked.show(
        {"again": many},
        lambda out: out.print(f"{many} files are scanned again, within the next five minutes."),
    )


@app.command("encrypt")
def encrypt_all(context: typer.Context) -> None:
    """Encrypt every file that lies open or under an older key. Broken off, it goes on where it stopped."""
    asked, settings = caller(context), settings_here()
    ring = settings.ring
    if ring is None:
        raise WrongUsageError(
            "There are no keys to encrypt with. Make some with starter.py keys new --file FILE, "
            "and set ANSWERABLE_KEYS_FILE to that file."
        )
    gone = asyncio.run(encrypt(Stacks(_place(settings), ring), ring, lambda _place: None))
    asked.show(
        {"encrypted": gone.written, "stood": gone.stood, "wrong": gone.wrong},
        lambda out: _draw(out, gone),
    )
    if gone.wrong:
        raise typer.Exit(REFUSED)


def _place(settings: Settings) -> str:
    if settings.files_url is None:
        raise WrongUsageError("ANSWERABLE_FILES_URL is not set, so it is not known where files lie.")
    return settings.files_url


def _draw(out: Console, gone: Gone) -> None:
    out.print(f"Encrypted {gone.written:,} files; {gone.stood:,} lay as they should.")
    for path, why in gone.wrong.items():
        out.print(f"{path}: {why}", markup=False, soft_wrap=True)
