"""Reading a backup back: into an empty home folder, or into the services that the settings name."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from clients.shelf_copies import ShelfCopies
from embedded.postgres import TOOLS, Postgres
from embedded.preflight import HALF, hold
from embedded.state import state_of
from safekeeping import sealing
from safekeeping.sealing import BackupWrongError
from schemas.backups import Manifest
from store.dumping import load
from store.migrate import FOLDER as MIGRATIONS
from store.migrate import migrate
from store.pool import Pool, connect
from store.restores import Restores

KEEPS = ("postgres", "temporal", "files")
NOTED_IN = "0032_restores.sql"
GROWS = 4
"""How much larger a database is than its dump, about."""
LEAST_LEFT = 200 * 2**20


class CannotRestoreError(Exception):
    """A backup cannot be read back here; nothing was changed. The message says why and what to do."""


@dataclass(frozen=True)
class Backup:
    """One backup that was read and found to be as it was sealed."""

    folder: Path
    manifest: Manifest
    seal: str


async def opened(folder: Path, known: str | None = None) -> Backup:
    """A backup whose every file is as it was sealed, and which this product understands.

    Raises: BackupWrongError: it is not; the message says what to do.
    """
    manifest, seal = await asyncio.to_thread(sealing.read, folder, known)
    check = await asyncio.to_thread(sealing.parts_check, folder, manifest)
    if check.wrong:
        raise BackupWrongError(f"{folder} is not as it was: {'; '.join(check.wrong)}. Take another backup.")
    if wrong := of_another_version(manifest):
        raise BackupWrongError(wrong)
    return Backup(folder, manifest, seal)


def of_another_version(manifest: Manifest) -> str | None:
    """Why this product cannot take a backup, which was made by a newer one; None where it can."""
    ours = {one.name for one in MIGRATIONS.glob("*.sql")}
    strange = sorted(one for one in manifest.migrations if one[:4].isdecimal() and one not in ours)
    if not strange:
        return None
    return (
        f"The backup was made by a newer product ({manifest.product}): its database has {strange[0]}, which "
        "this one does not know. Restore it with that product."
    )


def without_keys(manifest: Manifest, keys: set[str]) -> str | None:
    """Why a backup could not be read without a key that is not here; None where all are."""
    missing = [one for one in manifest.keys if one not in keys]
    if not missing:
        return None
    return (
        f"The backup needs the key {missing[0]}, which is not in the file of keys. Keys are in no backup. "
        f"Bring back your own copy ({manifest.not_in_it.get('keys', 'docs/secrets.md')}), name it in "
        "ANSWERABLE_KEYS_FILE or put it into the home folder as keys, and restore again."
    )


async def into_home(backup: Backup, home: Path) -> None:
    """Read a backup back into a home folder in which nothing of the kind is; there only once all of it is.

    Raises: CannotRestoreError: something is there, or the disk is too small. CannotStart, DumpError, OSError:
        it cannot be written. Nothing of it is left.
    """
    with hold(home, restoring=True):
        if (home / HALF).exists():  # an earlier one was broken off: all that is there is its own
            for one in (HALF, *KEEPS):
                await asyncio.to_thread(shutil.rmtree, home / one, ignore_errors=True)
        if there := [one for one in KEEPS if (home / one).exists()]:
            raise CannotRestoreError(
                f"{home} is not empty: it has {', '.join(there)}. Nothing is written over. Name another "
                "folder with --home, or move those away first."
            )
        _room(backup.manifest, home)
        new = home / HALF
        try:
            await _filled(backup, new)
            for (
                one
            ) in KEEPS:  # the database last: without it the product would not take the folder for its own
                if (new / one).exists():
                    (new / one).rename(home / one)
        except BaseException:
            for one in KEEPS:
                shutil.rmtree(home / one, ignore_errors=True)
            raise
        finally:
            shutil.rmtree(new, ignore_errors=True)


async def into_services(backup: Backup, pool: Pool, url: str, password: str | None, files: str) -> None:
    """Read a backup back into an empty database, and onto the shelf what does not lie there.

    The engine is not ours: whatever it knows is settled with the ledger afterwards.

    Raises: DumpError: the database is not empty, or cannot be read back.
    """
    await _loaded(backup, pool, url, password)
    shelf = ShelfCopies(files)
    lies = await shelf.paths()
    for one in await asyncio.to_thread(sealing.shelved, backup.folder):
        if one.path not in lies:
            await shelf.back(one.path, backup.folder / sealing.SHELF / one.path)


async def _filled(backup: Backup, home: Path) -> None:
    """A whole home folder out of a backup."""
    await asyncio.to_thread(home.mkdir, mode=0o700, parents=True)
    await asyncio.to_thread(copied, backup, home)
    async with database(home) as (url, pool):
        await _loaded(backup, pool, url, None)


async def _loaded(backup: Backup, pool: Pool, url: str, password: str | None) -> None:
    """Read the database back, and shut the doors on it at once: a worker may be waiting for tables.

    An older product's database has no table for that yet: it is brought up to date first.
    """
    await load(pool, url, password, TOOLS, backup.folder / sealing.DATABASE)
    restores, facts = Restores(pool), backup.manifest
    if NOTED_IN in facts.migrations:
        await restores.note(backup.seal, facts.postgres_at)
        await migrate(pool)
    else:
        await migrate(pool)
        await restores.note(backup.seal, facts.postgres_at)


@asynccontextmanager
async def database(home: Path) -> AsyncIterator[tuple[str, Pool]]:
    """A server on a home folder, and a pool over its database, while the block runs."""
    postgres = Postgres(home)
    try:
        url = await asyncio.to_thread(postgres.start)
        async with await connect(url, most=2) as pool:
            yield url, pool
    finally:
        await asyncio.to_thread(postgres.stop)


def copied(backup: Backup, home: Path) -> None:
    """The shelf and the engine's state of a backup, copied into a home folder."""
    source = backup.folder / sealing.SHELF
    shutil.copytree(source, home / "files", copy_function=shutil.copyfile)
    if backup.manifest.temporal == "state":
        to = state_of(home)
        to.parent.mkdir()
        shutil.copyfile(backup.folder / sealing.STATE, to)


def _room(manifest: Manifest, home: Path) -> None:
    sizes = {one.path: one.size for one in manifest.parts}
    needed = manifest.files_bytes + sizes.get(sealing.STATE, 0) + GROWS * sizes[sealing.DATABASE] + LEAST_LEFT
    if (free := shutil.disk_usage(home).free) < needed:
        raise CannotRestoreError(
            f"Only {free // 2**20} MB are free on the disk of {home}, and about {needed // 2**20} MB are "
            "needed. Make room, or name a folder on another disk with --home."
        )
