"""Making a backup while the product runs: the engine first, then the record, then the shelf (ADR 0032)."""

import asyncio
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from temporalio.client import Client

from clients.shelf_copies import ShelfCopies, key_needed
from embedded.state import copy_state, state_of
from engine.preflight.sources import open_on
from safekeeping import sealing
from schemas.backups import Manifest, RunThen, ShelvedPart
from store.dumping import Facts, dump, size_of
from store.pool import Pool

LEAST_LEFT = 200 * 2**20
"""Bytes that a backup leaves free at least."""


class CannotMakeError(Exception):
    """No backup can be made; nothing half-made is left. The message says why."""


@dataclass(frozen=True)
class Product:
    """What is backed up, and by what it is reached."""

    pool: Pool
    url: str
    password: str | None
    tools: Path
    client: Client
    queue: str
    files: str
    home: Path
    keys: tuple[str, ...]
    apart: dict[str, str]
    """What is not in it, and where it is."""
    version: str
    now: Callable[[], datetime]


async def make(product: Product, folder: Path) -> tuple[Path, Manifest, str]:
    """A new backup in a folder: where, what it holds, and its seal. Files that an earlier one has are linked.

    Raises: CannotMakeError: another is being made, or there is no room. DumpError, OSError, sqlite3.Error:
        something cannot be read or written. Nothing is left of it.
    """
    with _alone(folder):
        for old in sealing.broken_off(folder):
            shutil.rmtree(old, ignore_errors=True)
        began = product.now()
        whole = folder / f"{began:%Y-%m-%dT%H%M%SZ}"
        part = folder / f"{sealing.BEGUN}{whole.name}"
        if whole.exists():
            raise CannotMakeError(f"{whole} is there already. Wait a second, and make it again.")
        part.mkdir(mode=0o700)
        try:
            await _room(product, folder)
            manifest = await _filled(product, part, began, sealing.whole_backups(folder))
            found = sealing.seal(part, manifest)
            _written_down(part)
            part.rename(whole)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    return whole, manifest, found


async def _filled(product: Product, part: Path, began: datetime, earlier: Sequence[Path]) -> Manifest:
    has_state = state_of(product.home).is_file()
    temporal_at = product.now()
    if has_state:
        await asyncio.to_thread(copy_state, product.home, part / sealing.STATE)
    runs = await _runs(product)
    facts = await dump(product.pool, product.url, product.password, product.tools, part / sealing.DATABASE)
    files = await _files(product, part / sealing.SHELF, earlier)
    sealing.write_lines(part / sealing.RUNS, runs)
    sealing.write_lines(part / sealing.HEADS, facts.heads)
    sealing.write_lines(part / sealing.FILES, files)
    names = [sealing.DATABASE, sealing.RUNS, sealing.HEADS, sealing.FILES]
    names += [sealing.STATE] if has_state else []
    found = await asyncio.to_thread(lambda: [sealing.part_of(part, one) for one in names])
    sealed = await asyncio.to_thread(_keys_of, part / sealing.SHELF, files)
    return Manifest(
        product=product.version,
        began_at=began,
        temporal_at=temporal_at,
        finished_at=product.now(),
        temporal="state" if has_state else "runs",
        namespace=product.client.namespace,
        queue=product.queue,
        open_runs=len(runs),
        keys=tuple(sorted({*product.keys, *sealed})),
        not_in_it=product.apart,
        files=len(files),
        files_bytes=sum(one.size for one in files),
        parts=tuple(found),
        **_of_database(facts),
    )


def _of_database(facts: Facts) -> dict[str, object]:
    return {
        "postgres_at": facts.at,
        "server": facts.server,
        "migrations": facts.migrations,
        "tables": facts.tables,
        "chains": len(facts.heads),
        "entries": facts.entries,
    }


async def _runs(product: Product) -> list[RunThen]:
    """The open runs; of a cluster that is all that is kept of the engine."""
    found = [
        RunThen(workflow=one.id, run=one.run_id, kind=one.workflow_type, started_at=one.start_time)
        async for one in product.client.list_workflows(open_on(product.queue))
    ]
    return sorted(found, key=lambda one: (one.workflow, one.run))


async def _files(product: Product, to: Path, earlier: Sequence[Path]) -> list[ShelvedPart]:
    await asyncio.to_thread(to.mkdir)
    newest = next((one for one in reversed(earlier) if (one / sealing.FILES).is_file()), None)
    before = {one.path: one for one in sealing.shelved(newest)} if newest else {}
    return await ShelfCopies(product.files).out(to, before, newest / sealing.SHELF if newest else None)


def _keys_of(folder: Path, files: Sequence[ShelvedPart]) -> set[str]:
    return {key for one in files if (key := key_needed(folder / one.path))}


async def _room(product: Product, folder: Path) -> None:
    """Refuse a disk that this would fill: a dump is smaller than its database, a state as large."""
    state = state_of(product.home)
    needed = await size_of(product.pool)
    needed += state.stat().st_size if state.is_file() else 0
    free = shutil.disk_usage(folder).free
    if free < needed + LEAST_LEFT:
        raise CannotMakeError(
            f"Only {free // 2**20} MB are free on the disk of {folder}, and "
            f"{(needed + LEAST_LEFT) // 2**20} MB may be needed without the files. "
            "Make room, or name a folder on another disk with --to."
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotMakeError(
                f"Another backup is being made in {folder}. Wait until it is whole."
            ) from None
        yield


def _written_down(folder: Path) -> None:
    """Have the disk keep what was written before the name says that it is whole."""
    for one in (folder, *folder.rglob("*")):
        number = os.open(one, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
