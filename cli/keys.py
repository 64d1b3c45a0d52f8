"""The file of keys: make one, list them, choose the one that writes, drop one that nothing needs."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.caller import WrongUsageError, caller
from cli.office import now, settings_here
from cli.saying import whole
from clients.encrypting import by_key
from clients.stacks import Stacks
from rules.clocks import civil
from sealing.keys import Key, KeyMissingError, KeyRing, KeysWrongError, keep, new_key, parse

app = typer.Typer(help="The keys that files and the engine's memory are encrypted with (docs/secrets.md).")
Where = Annotated[
    Path | None, typer.Option("--file", help="The file of keys; left out, that of ANSWERABLE_KEYS_FILE.")
]
Name = Annotated[str, typer.Argument(metavar="KEY", help="A key's name (starter.py keys list).")]
NEXT = (
    "It reads and does not write yet. Start every worker, page and command again with this file, "
    "then write: starter.py keys use {id}"
)
STILL = (
    "What Temporal keeps may still need it: cycles that were under way while it wrote, for as long as the "
    "engine keeps closed ones. Keep it, or write --sure to drop it all the same."
)


@app.command("new")
def make(
    context: typer.Context,
    file: Where = None,
    *,
    use: Annotated[bool, typer.Option("--use", help="Let it write at once, on one machine.")] = False,
) -> None:
    """Make a key. In a new file it writes; beside others it reads, until `keys use` lets it write."""
    asked, path = caller(context), _path(file)
    made, ring = new_key(civil(now()).isoformat()), _ring(path) if path.exists() else None
    others = tuple(ring or ())
    keep(path, KeyRing((made, *others) if use else (*others, made)))
    writes = use or not others
    said = f"Made the key {made.id} in {path}. " + ("It writes." if writes else NEXT.format(id=made.id))
    asked.show(
        {"id": made.id, "file": str(path), "writes": writes},
        lambda out: out.print(said, markup=False, soft_wrap=True),
    )


@app.command("list")
def show(context: typer.Context, file: Where = None) -> None:
    """List the keys by their names: since when, what each is for, and how many files need it."""
    asked, ring = caller(context), _ring(_path(file))
    files = asyncio.run(_files())
    facts = [
        {"id": one.id, "made_on": one.made_on, "writes": one == ring.writes, "files": files[one.id]}
        for one in ring
    ]
    gone = {one: count for one, count in files.items() if one and one not in {key.id for key in ring}}
    asked.show(
        {"keys": facts, "open_files": files[""], "files_without_their_key": gone},
        lambda out: _draw(out, ring, files, gone),
    )


@app.command("use")
def use(context: typer.Context, key: Name, file: Where = None) -> None:
    """Let a key write from the next start on; the others go on reading."""
    asked, path = caller(context), _path(file)
    ring = _ring(path)
    chosen = _known(ring, key)
    keep(path, KeyRing((chosen, *(one for one in ring if one != chosen))))
    said = f"{chosen.id} writes from the next start of each process on."
    asked.show({"writes": chosen.id}, lambda out: out.print(said))


@app.command("drop")
def drop(
    context: typer.Context,
    key: Name,
    file: Where = None,
    *,
    sure: Annotated[bool, typer.Option("--sure", help="What Temporal keeps needs it no longer.")] = False,
) -> None:
    """Take a key out of the file. What was encrypted with it can never be read again without a copy."""
    asked, path = caller(context), _path(file)
    ring = _ring(path)
    chosen = _known(ring, key)
    if chosen == ring.writes:
        raise WrongUsageError("That key writes. Let another write first: starter.py keys use KEY")
    if count := asyncio.run(_files())[chosen.id]:
        raise WrongUsageError(f"{count} files need that key. Write first: starter.py files encrypt")
    if not sure:
        raise WrongUsageError(STILL)
    keep(path, KeyRing(tuple(one for one in ring if one != chosen)))
    asked.show({"dropped": chosen.id}, lambda out: out.print(f"Dropped {chosen.id}."))


def _path(given: Path | None) -> Path:
    path = given or settings_here().keys_file
    if path is None:
        raise WrongUsageError("Say which file: write --file FILE, or set ANSWERABLE_KEYS_FILE.")
    return path


def _ring(path: Path) -> KeyRing:
    """The keys in a file.

    Raises: WrongUsageError: it cannot be read, or is no file of keys.
    """
    try:
        return parse(path.read_text(encoding="utf-8"))
    except OSError as why:
        raise WrongUsageError(f"{path} cannot be read: {why.strerror}.") from None
    except KeysWrongError as why:
        raise WrongUsageError(f"{path} is not a file of keys: {why}.") from None


def _known(ring: KeyRing, key_id: str) -> Key:
    try:
        return ring.find(key_id)
    except KeyMissingError:
        names = ", ".join(one.id for one in ring)
        raise WrongUsageError(f"There is no key {key_id} in the file. There are: {names}.") from None


async def _files() -> Counter[str]:
    """How many files lie under each key, where it is known where files lie."""
    where = settings_here().files_url
    return await by_key(Stacks(where)) if where else Counter()


def _draw(out: Console, ring: KeyRing, files: Counter[str], gone: dict[str, int]) -> None:
    table = Table(whole("Key"), "Made", "", "Files")
    for one in ring:
        what = "writes and reads" if one == ring.writes else "reads"
        table.add_row(one.id, one.made_on or "not known", what, f"{files[one.id]:,}")
    out.print(table)
    if files[""]:
        out.print(f"{files['']:,} files are not encrypted. Encrypt them: starter.py files encrypt")
    for key_id, count in gone.items():
        out.print(f"{count:,} files need the key {key_id}, which is not in the file. Put it back.")
