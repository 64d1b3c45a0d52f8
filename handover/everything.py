"""Everything that somebody may see, in one file that is sent while it is made: tables, lines, pages.

A cycle stands as in its handover pack; beside them are tables over all cycles, the plan and the programme.
One cycle is in memory at a time.
"""

import asyncio
import heapq
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from handover.archive import Archive, Packing
from handover.before import table as closed_table
from handover.gathering import Gathered, Knows, Made, gather
from handover.growing import Growing, GrowingTable, beside
from handover.pack import MARKINGS, Shelf, manifest, put_cycle
from handover.page import contents
from schemas.plans import Plan
from schemas.programme import Programme
from schemas.programme.rows import ProgrammePage
from schemas.trackers import KeptPage

CYCLES = ("cycle", "title", "stage", "theme", "opened_at", "changed_at", "session_at", "requests", "actions")
REQUESTS = ("cycle", "request", "title", "lead", "state", "due_at", "late")
ACTIONS = ("cycle", "action", "what", "owner", "state", "due_on", "late")
DECISIONS = ("cycle", "decision", "title", "basis")
MAILS = ("cycle", "key", "template", "told", "delivered", "at")
MISSING = ("cycle", "file", "why")
File = tuple[str, bytes | Growing]


class KnowsAll(Knows, Protocol):
    """What is asked of the record."""

    async def references(self) -> list[str]:
        """Every cycle that is seen."""
        ...

    async def plan(self) -> Plan | None:
        """The plan in force."""
        ...

    async def closed_before(self, search: str = "", most: int | None = 50, skip: int = 0) -> KeptPage:
        """What old trackers have as over."""
        ...

    async def programmes(self) -> list[Programme]:
        """Every programme."""
        ...

    async def programme(self, reference: str) -> ProgrammePage | None:
        """One with its words."""
        ...


@dataclass
class Grown:
    """The tables over all cycles as they grow, and what could not be put in."""

    titles: list[tuple[str, str, int]] = field(default_factory=list)
    cycles: GrowingTable = field(default_factory=lambda: GrowingTable(CYCLES))
    requests: GrowingTable = field(default_factory=lambda: GrowingTable(REQUESTS))
    actions: GrowingTable = field(default_factory=lambda: GrowingTable(ACTIONS))
    decisions: GrowingTable = field(default_factory=lambda: GrowingTable(DECISIONS))
    mails: GrowingTable = field(default_factory=lambda: GrowingTable(MAILS))
    missing: GrowingTable = field(default_factory=lambda: GrowingTable(MISSING))
    manifest: Growing = field(default_factory=Growing)
    """What is in the folders of the cycles, each with its SHA-256, in order."""


@dataclass(frozen=True)
class Taking:
    """What is taken: from where, by whom and when, and whether with the evidence files."""

    knows: KnowsAll
    shelf: Shelf
    made: Made
    files: bool = False


async def export(taking: Taking, archive: Archive) -> AsyncIterator[bytes]:
    """Write everything into an archive; yields what may be sent on."""
    packing, grown = Packing(archive), Grown()
    people = await taking.knows.people()
    for reference in sorted(await taking.knows.references(), key=_folder):
        found = await gather(taking.knows, reference, taking.made, people)
        if found is None:
            continue
        own = Packing(archive, _folder(reference))
        async for piece in put_cycle(found, taking.shelf, own, evidence=taking.files):
            yield piece
        await asyncio.to_thread(_grow, found, own, grown)
    async for piece in beside(_put(packing, await _over_all(taking, grown), grown)):
        yield piece
    yield await asyncio.to_thread(archive.close)


def _folder(reference: str) -> str:
    return f"{reference}/"


def _put(packing: Packing, files: Sequence[File], grown: Grown) -> Iterator[bytes]:
    for name, said in files:
        yield from packing.file(name, said.pieces() if isinstance(said, Growing) else iter((said,)))
    whole = heapq.merge(grown.manifest.lines(), manifest(packing.written), key=_named)
    yield from packing.file("MANIFEST.sha256", iter(whole))


def _named(line: bytes) -> bytes:
    """What a line of a manifest is about."""
    return line.partition(b"  ")[2]


def _grow(found: Gathered, own: Packing, grown: Grown) -> None:
    cycle = found.page.cycle
    ref = cycle.reference
    session = cycle.sessions[-1].starts_at.isoformat() if cycle.sessions else ""
    grown.manifest.put(b"".join(manifest(own.written, _folder(ref))))
    grown.cycles.add(((
        ref, found.say(cycle.title), found.page.stage, cycle.theme, cycle.opened_at.isoformat(),
        cycle.changed_at.isoformat(), session, len(cycle.requests), len(cycle.actions),
    ),))  # fmt: skip
    grown.titles.append((ref, found.say(cycle.title), len(found.steps())))
    grown.requests.add(
        (ref, one.number, found.say(one.draft.title), found.who(one.draft.lead), one.state,
         one.due.at.isoformat() if one.due else "", one.late) for one in cycle.requests
    )  # fmt: skip
    grown.actions.add(
        (ref, one.number, found.say(one.what), found.who(one.owner), one.state, one.due.on, one.missed)
        for one in cycle.actions
    )
    grown.decisions.add((ref, one.number, found.say(one.title), one.basis) for one in cycle.decisions)
    grown.mails.add(
        (ref, one.key, one.template, "; ".join(one.told), one.delivered, one.at.isoformat())
        for one in found.mails
    )
    grown.missing.add((ref, digest, why) for digest, why in found.missing.items())


async def _over_all(taking: Taking, grown: Grown) -> list[File]:
    plan = await taking.knows.plan()
    closed = await taking.knows.closed_before("", None)
    programmes = [await taking.knows.programme(one.reference) for one in await taking.knows.programmes()]
    return [
        ("cycles.csv", grown.cycles),
        ("requests.csv", grown.requests),
        ("actions.csv", grown.actions),
        ("decisions.csv", grown.decisions),
        ("mails.csv", grown.mails),
        ("closed-before.csv", closed_table(closed.rows)),
        ("missing.csv", grown.missing),
        *([("plan.json", (plan.model_dump_json(indent=1) + "\n").encode())] if plan else []),
        ("programme.jsonl", "".join(one.model_dump_json() + "\n" for one in programmes if one).encode()),
        ("index.html", contents(grown.titles, taking.made, MARKINGS[taking.made.full])),
    ]
