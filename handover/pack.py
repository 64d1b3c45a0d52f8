"""Making packs: the files of one cycle or of many, one after another, into an archive."""

import hashlib
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from engine.files import HeldError
from handover import tables
from handover.archive import Archive, Packing, Written
from handover.gathering import Evidence, Gathered, Knows, Made, gather
from handover.growing import beside
from handover.page import contents, index, readme
from sealing.keys import UnreadableError

MARKINGS = {True: "OFFICIAL-SENSITIVE", False: "OFFICIAL"}
NOT_THERE = "not on the shelf"
HELD = "held"
"""No scanner found it clean: the sentence after it says more."""
DAMAGED = "its bytes are not those that were taken in: the digest differs"


class Shelf(Protocol):
    """Where evidence files lie."""

    async def open(self, digest: str) -> AsyncIterator[bytes]:
        """The bytes of a file, piece by piece. Raises FileNotFoundError: it is not there."""
        ...


@dataclass(frozen=True)
class Sources:
    """Where a pack is made from."""

    knows: Knows
    shelf: Shelf


class NoSuchCycleError(LookupError):
    """There is no cycle of that reference; nothing was written."""


@dataclass
class Told:
    """What became of a pack: its cycles, and the evidence that could not be put in."""

    cycles: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    """Why, by cycle, name and digest."""
    left_out: int = 0
    files: int = 0


async def pack(
    references: Sequence[str],
    sources: Sources,
    archive: Archive,
    made: Made,
    told: Told,
    *,
    together: bool = False,
) -> AsyncIterator[bytes]:
    """Write the packs of cycles into an archive, one cycle in memory at a time; yields what may be sent on.

    One cycle's files stand at the top; `together`, each cycle has a folder, and a page leads to them.

    Raises: NoSuchCycleError: before anything of that cycle was written.
    """
    top = Packing(archive)
    titles: list[tuple[str, str, int]] = []
    for reference in references:
        found = await gather(sources.knows, reference, made)
        if found is None:
            raise NoSuchCycleError(reference)
        packing = Packing(archive, f"{reference}/" if together else "")
        async for piece in put_cycle(found, sources.shelf, packing):
            yield piece
        top.written += [replace(one, name=f"{reference}/{one.name}") for one in packing.written]
        _note(told, found, packing)
        titles.append((reference, found.say(found.page.cycle.title), len(found.steps())))
    if together:
        for piece in top.file("index.html", (contents(titles, made, MARKINGS[made.full]),)):
            yield piece
        for piece in top.file("MANIFEST.sha256", manifest(top.written)):
            yield piece
    yield archive.close()


async def put_cycle(
    found: Gathered, shelf: Shelf, packing: Packing, *, evidence: bool = True
) -> AsyncIterator[bytes]:
    """Write the files of one cycle; yields what may be sent on."""
    for one in found.evidence if evidence else ():
        async for piece in _evidence(found, one, shelf, packing):
            yield piece
    async for piece in beside(_put(found, packing)):
        yield piece


def _put(found: Gathered, packing: Packing) -> Iterator[bytes]:
    for name, pieces in _files(found):
        yield from packing.file(name, pieces)
    yield from packing.file("MANIFEST.sha256", manifest(packing.written))


def manifest(written: Iterable[Written], folder: str = "") -> tuple[bytes, ...]:
    """The list of what is in an archive, each with its SHA-256; under the folder where it stands."""
    ordered = sorted(written, key=lambda one: one.name)
    return tuple(f"{one.digest}  {folder}{one.name}\n".encode() for one in ordered)


async def _evidence(found: Gathered, one: Evidence, shelf: Shelf, packing: Packing) -> AsyncIterator[bytes]:
    """One file, and whether it is still the one that was taken in; one that is not there is named instead."""
    try:
        pieces = await shelf.open(one.digest)
    except HeldError as held:
        found.missing[one.digest] = f"{HELD}: {held}"
        return
    except FileNotFoundError:
        found.missing[one.digest] = NOT_THERE
        return
    except UnreadableError as unread:
        found.missing[one.digest] = str(unread)
        return
    digest, file = hashlib.sha256(), packing.begin(one.path, packed=False)
    async for piece in pieces:
        digest.update(piece)
        yield file.put(piece)
    yield file.end()
    if digest.hexdigest() != one.digest:
        found.missing[one.digest] = DAMAGED


def _files(found: Gathered) -> Iterator[tuple[str, Iterator[bytes]]]:
    marking = MARKINGS[found.made.full]
    yield "ledger.jsonl", tables.ledger_lines(found)
    yield "ledger.csv", tables.ledger_csv(found)
    yield "texts.csv", tables.texts_csv(found)
    yield "next-steps.csv", tables.steps_csv(found)
    yield "deadlines.csv", tables.duties_csv(found)
    yield "roles.csv", tables.roles_csv(found)
    yield "mails.csv", tables.mails_csv(found)
    yield "left-out.csv", tables.left_out_csv(found)
    for row in found.published:
        yield f"findings/version-{row.version}.json", iter((tables.publication_json(found, row),))
    yield "index.html", iter((index(found, marking),))
    yield "README.txt", iter((readme(found, marking),))


def _note(told: Told, found: Gathered, packing: Packing) -> None:
    told.cycles.append(found.page.cycle.reference)
    told.files += len(packing.written)
    told.left_out += len(found.hidden.texts) + len(found.hidden.files)
    names = {one.digest: one.name for one in found.evidence}
    for digest, why in found.missing.items():
        told.missing[f"{found.page.cycle.reference}: {names[digest]} ({digest})"] = why
