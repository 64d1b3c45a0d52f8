"""Backups: made while the product runs, listed, verified by restoring, and restored."""

import asyncio
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import REFUSED, Caller, WrongUsageError, caller
from cli.office import Office, OutOfReachError, now, settings_here
from cli.restored import acknowledge, at_rest, reconcile
from cli.saying import whole
from embedded.postgres import TOOLS
from embedded.preflight import CannotStart
from safekeeping import sealing
from safekeeping.making import CannotMakeError, Product, make
from safekeeping.restoring import (
    CannotRestoreError,
    into_home,
    into_services,
    opened,
    without_keys,
)
from safekeeping.sealing import BackupWrongError
from safekeeping.verifying import verify
from schemas.backups import Checked, Manifest
from sealing.keys import KeyRing
from settings import Settings, load
from store.dumping import DumpError
from store.pool import connect

app = typer.Typer(help="Backups of the record, the files and the engine together (docs/disaster.md).")
Where = Annotated[Path, typer.Argument(metavar="BACKUP", help="A backup's folder (starter.py backup list).")]
Seal = Annotated[
    str | None,
    typer.Option("--seal", help="The seal that was printed when it was made: it has to be that one."),
]
Folder = Annotated[
    Path | None, typer.Option("--in", help="The folder of backups; left out, backups in the home folder.")
]
ROOT = Path(__file__).resolve().parent.parent
WRONG = (BackupWrongError, CannotMakeError, CannotRestoreError, CannotStart, DumpError, sqlite3.Error)
CLUSTER = (
    "Temporal is a cluster's: its own backup is its operator's. The list of the {many} open runs is kept."
)
SAME_DISK = "It lies on this machine's own disk: copy it elsewhere, or name a folder there with --to."


@app.command("make")
def make_one(
    context: typer.Context,
    to: Annotated[
        Path | None, typer.Option(help="The folder of backups, best on another machine's disk.")
    ] = None,
) -> None:
    """Make a backup while the product runs. Files that the one before has are linked from it."""
    asked = caller(context)
    folder = (to or _backups()).absolute()

    async def ask() -> tuple[Path, Manifest, str]:
        async with at_rest(asked) as office:
            return await make(_product(office), folder)

    with refused(asked):
        where, manifest, seal = asyncio.run(ask())
    facts = {
        "backup": str(where),
        "seal": seal,
        **manifest.model_dump(mode="json", exclude={"parts", "tables"}),
    }
    asked.show(facts, lambda out: _made(out, where, manifest, seal, here=to is None))


@app.command("list")
def show(context: typer.Context, folder: Folder = None) -> None:
    """List the backups in a folder, and what was broken off there."""
    asked, place = caller(context), (folder or _backups()).absolute()
    lines, wrong = [], {str(one): "broken off; remove it" for one in sealing.broken_off(place)}
    for one in sealing.whole_backups(place):
        try:
            lines.append((one, *sealing.read(one)))
        except BackupWrongError as why:
            wrong[str(one)] = str(why)
    facts = [{"backup": str(one), "as_at": manifest.postgres_at.isoformat(), "entries": manifest.entries,
              "files": manifest.files, "migration": manifest.migration, "seal": seal}
             for one, manifest, seal in lines]  # fmt: skip
    asked.show({"backups": facts, "wrong": wrong}, lambda out: _listed(out, lines, wrong))


@app.command("verify")
def verify_one(context: typer.Context, backup: Where, seal: Seal = None) -> None:
    """Restore a backup into a folder that is gone afterwards, and look at everything; 1 for a wrong one."""
    asked, settings = caller(context), settings_here()

    def say(words: str) -> None:
        if asked.err.is_terminal:
            asked.err.print(words)

    async def ask() -> Checked:
        found = await opened(backup.absolute(), seal)
        ring = ring_of(settings, settings.home)
        able = ring if not without_keys(found.manifest, ids(ring)) else None
        pinned = {one.id: one.public for one in settings.ledger_signers}
        return await verify(found, able, settings.environment(), pinned, say)

    with refused(asked):
        checked = asyncio.run(ask())
    asked.show(checked, lambda out: _checked(out, checked))
    if checked.wrong:
        raise typer.Exit(REFUSED)


@app.command("restore")
def restore(
    context: typer.Context,
    backup: Where,
    seal: Seal = None,
    home: Annotated[
        Path | None, typer.Option(help="The home folder to restore into; nothing may be in it.")
    ] = None,
) -> None:
    """Restore a backup into an empty home folder, or into the empty database and shelf that are set.

    The doors stay shut until somebody has answered for what was lost: starter.py backup reconcile.
    """
    asked, settings = caller(context), settings_here(load)
    place = (home or settings.home).absolute()

    async def ask() -> Manifest:
        found = await opened(backup.absolute(), seal)
        if why := without_keys(found.manifest, ids(ring_of(settings, place))):
            raise CannotRestoreError(why)
        if home is None and settings.database_url:
            files, url, password = (
                settings.need("files_url"),
                settings.database_url,
                settings.database_password,
            )
            async with await connect(url, most=2, password=password) as pool:
                await into_services(found, pool, url, password, files)
        else:
            await into_home(found, place)
        return found.manifest

    with refused(asked):
        manifest = asyncio.run(ask())
    into = "the database and the shelf that are set" if home is None and settings.database_url else str(place)
    facts = {"restored": str(backup), "into": into, "as_at": manifest.postgres_at.isoformat()}
    asked.show(facts, lambda out: _restored(out, manifest, into))


app.command("reconcile")(reconcile)
app.command("acknowledge")(acknowledge)


@contextmanager
def refused(asked: Caller) -> Iterator[None]:
    """What cannot be done is said in a sentence and ends with 1; a disk that is full too."""
    try:
        yield
    except WRONG as why:
        asked.err.print(str(why), markup=False)
        raise typer.Exit(REFUSED) from None
    except OutOfReachError:
        raise
    except OSError as why:
        if why.errno is None:
            raise
        asked.err.print(
            f"{why.strerror}: {why.filename or 'no more can be written'}. Nothing half-done is left."
        )
        raise typer.Exit(REFUSED) from None


def ring_of(settings: Settings, home: Path) -> KeyRing | None:
    """The keys that are here: those that are set, or those in a home folder."""
    if settings.ring is None and settings.keys_file is None and (home / "keys").exists():
        return settings.changed(keys_file=home / "keys").ring
    return settings.ring


def ids(ring: KeyRing | None) -> set[str]:
    """The names of keys."""
    return {one.id for one in ring or ()}


def _backups() -> Path:
    return settings_here().home / "backups"


def _product(office: Office) -> Product:
    settings = office.settings
    assert office.pool is not None
    assert office.client is not None
    if settings.files_url is None:
        raise WrongUsageError("ANSWERABLE_FILES_URL is not set, so it is not known where files lie.")
    apart = {
        "keys": settings.keys_file,
        "ledger.key": settings.ledger_key_file,
        "session.secret": settings.session_secret_file or settings.home / "session.secret",
    }
    return Product(
        pool=office.pool,
        url=settings.need("database_url"),
        password=settings.database_password,
        tools=TOOLS,
        client=office.client,
        queue=settings.temporal_task_queue,
        files=settings.files_url,
        home=settings.home,
        keys=tuple(ids(settings.ring)),
        apart={name: str(path) for name, path in apart.items() if path},
        version=_version(),
        now=now,
    )


def _version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def _made(out: Console, where: Path, manifest: Manifest, seal: str, *, here: bool) -> None:
    took = (manifest.finished_at - manifest.began_at).total_seconds()
    out.print(f"Backup: {where}", markup=False, soft_wrap=True)
    at, held = (
        f"{manifest.postgres_at:%Y-%m-%d %H:%M:%S}",
        f"{manifest.chains:,} ledgers, {manifest.entries:,}",
    )
    out.print(
        f"As of {at} UTC, made in {took:.1f} s: {held} entries, {manifest.files:,} files.", soft_wrap=True
    )
    if manifest.temporal == "runs":
        out.print(CLUSTER.format(many=f"{manifest.open_runs:,}"), soft_wrap=True)
    out.print(f"Seal: {seal}", soft_wrap=True)
    out.print("Keep the seal apart from it. Not in it, and needed: "
              + "; ".join(f"{name} ({path})" for name, path in manifest.not_in_it.items()),
              markup=False, soft_wrap=True)  # fmt: skip
    if here:
        out.print(SAME_DISK)


def _listed(out: Console, lines: list[tuple[Path, Manifest, str]], wrong: dict[str, str]) -> None:
    table = Table(whole("Backup"), "As of (UTC)", "Entries", "Files", "Migration", whole("Seal"))
    for one, manifest, seal in lines:
        at = f"{manifest.postgres_at:%Y-%m-%d %H:%M}"
        table.add_row(
            one.name, at, f"{manifest.entries:,}", f"{manifest.files:,}", manifest.migration[:4], seal[:12]
        )
    out.print(table if lines else "There is no backup here. Make one: starter.py backup make --to FOLDER")
    for name, why in wrong.items():
        out.print(f"{name}: {why}", markup=False, soft_wrap=True)


def _checked(out: Console, checked: Checked) -> None:
    for one in checked.checks:
        out.print(f"{one.what}: {one.found}", markup=False, soft_wrap=True)
    for why in checked.wrong:
        out.print(f"WRONG {why}", markup=False, soft_wrap=True)
    out.print("Something is wrong: take another backup." if checked.wrong else "Nothing is wrong.")


def _restored(out: Console, manifest: Manifest, into: str) -> None:
    out.print(
        f"Restored into {into}, as of {manifest.postgres_at:%Y-%m-%d %H:%M:%S} UTC.",
        markup=False,
        soft_wrap=True,
    )
    out.print("What was recorded later is not there. No door opens until somebody has answered for it. Next: "
              "starter.py backup reconcile (ANSWERABLE_HOME names the folder where it is not var)",
              soft_wrap=True)  # fmt: skip
