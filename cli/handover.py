"""Handover packs: everything of a cycle, or of all that are open, for whoever takes over."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cli.announcing import standing_name
from cli.caller import REFUSED, WrongUsageError, caller
from cli.office import Office, now
from cli.standing import bodies
from handover.archive import FolderArchive, ZipArchive
from handover.gathering import Made
from handover.pack import NoSuchCycleError, Sources, Told, pack
from handover.place import open_new, placed, trouble_with
from rules.acting.authority import titles
from rules.clocks import civil
from rules.handing_over import ENTITLED
from schemas.people import Actor


def hand_over(
    context: typer.Context,
    cycle: Annotated[str, typer.Argument(help="A cycle's reference, such as HTA-2026-07.")] = "",
    *,
    to: Annotated[Path, typer.Option(help="An empty or new folder, or a new file that ends in .zip.")],
    all_open: Annotated[bool, typer.Option("--all-open", help="Every cycle that is under way.")] = False,
    without_sensitive: Annotated[
        bool, typer.Option("--without-sensitive", help="Leave out what only the entitled may read.")
    ] = False,
) -> None:
    """Write a pack that is readable without this software; what could not be put in is named."""
    asked = caller(context)
    if bool(cycle) == all_open:
        raise WrongUsageError("Write a cycle's reference, or --all-open for every cycle under way.")
    if trouble := trouble_with(to):
        raise WrongUsageError(f"--to: {trouble}")
    told = Told()

    async def write(office: Office) -> None:
        actor = await asked.actor(office)
        full = not without_sensitive
        if actor.side != "opcc" or (full and actor.role not in ENTITLED):
            raise WrongUsageError(_refused(actor, full=full))
        people = await office.reads.people()
        made = Made(people[actor.person].title, civil(now()), full, await standing_name(office))
        references = [cycle] if cycle else await _open(office)
        if cycle and await office.reads.cycle(cycle) is None:
            raise WrongUsageError(
                f"There is no cycle {cycle}. See: starter.py cycle list. Nothing was written."
            )
        await _written(office, references, Going(to, all_open), made, told)

    asked.read(write)
    facts = {"to": str(to), "cycles": told.cycles, "files": told.files, "missing": told.missing,
             "left_out": told.left_out}  # fmt: skip
    asked.show(facts, lambda out: out.print(_said(to, told), markup=False, soft_wrap=True))
    if told.missing:
        asked.err.print("Evidence could not be put in; the pack names it too:")
        for name, why in told.missing.items():
            asked.err.print(f"{name}: {why}", markup=False)
        raise typer.Exit(REFUSED)


async def _open(office: Office) -> list[str]:
    pages = await office.reads.open_under(await bodies(office))
    return [one.cycle.reference for one in pages]


@dataclass(frozen=True)
class Going:
    """Where packs go, and whether each has a folder of its own there."""

    to: Path
    together: bool


async def _written(office: Office, references: Sequence[str], going: Going, made: Made, told: Told) -> None:
    sources, to, each = Sources(office.reads, office.readable()), going.to, going.together
    try:
        with placed(to) as part:
            if to.suffix != ".zip":
                async for _ in pack(references, sources, FolderArchive(part), made, told, together=each):
                    pass
                return
            with open_new(part) as file:
                async for piece in pack(references, sources, ZipArchive(made.on), made, told, together=each):
                    file.write(piece)
    except NoSuchCycleError as gone:
        raise WrongUsageError(f"There is no cycle {gone}. Nothing was written.") from None
    except FileExistsError:
        said = f"--to: somebody else is writing {to}, or was stopped there. Name another place."
        raise WrongUsageError(said) from None
    except OSError as wrong:
        why = (wrong.strerror or "no reason given").lower()
        raise WrongUsageError(f"--to: {to} cannot be written ({why}).") from None


def _refused(actor: Actor, *, full: bool) -> str:
    if actor.side != "opcc":
        return "A handover pack is made by the office. Ask the chief executive for one."
    assert full
    return f"The full pack is for the {titles(ENTITLED)}. Write --without-sensitive, or ask one of them."


def _said(to: Path, told: Told) -> str:
    said = f"{to}: {len(told.cycles)} cycles, {told.files} files."
    return said + (
        f" {told.left_out} texts and files were left out; the pack says why." if told.left_out else ""
    )
