"""Everything that somebody may see, in one file that is sent while it is made: tables, lines, pages.

A cycle stands as in its handover pack; beside them are tables over all cycles, the plan and the programme.
One cycle is in memory at a time.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from handover import tables
from handover.archive import Archive, Packing
from handover.gathering import Gathered, Knows, Made, gather
from handover.pack import MARKINGS, Shelf, manifest, put_cycle
from handover.page import contents
from schemas.plans import Plan
from schemas.programme import Programme
from schemas.programme.rows import ProgrammePage
from schemas.rows import CycleRow

AT_ONCE = 100
CYCLES = ("cycle", "title", "stage", "theme", "opened_at", "changed_at", "session_at", "requests", "actions")
REQUESTS = ("cycle", "request", "title", "lead", "state", "due_at", "late")
ACTIONS = ("cycle", "action", "what", "owner", "state", "due_on", "late")
DECISIONS = ("cycle", "decision", "title", "basis")
MAILS = ("cycle", "key", "template", "told", "delivered", "at")


class KnowsAll(Knows, Protocol):
    """What is asked of the record."""

    async def cycles(
        self, stage: str | None = None, search: str | None = None, most: int = 100, skip: int = 0
    ) -> list[CycleRow]:
        """Cycles, newest change first."""
        ...

    async def plan(self) -> Plan | None:
        """The plan in force."""
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
    cycles: list[tuple[object, ...]] = field(default_factory=list)
    requests: list[tuple[object, ...]] = field(default_factory=list)
    actions: list[tuple[object, ...]] = field(default_factory=list)
    decisions: list[tuple[object, ...]] = field(default_factory=list)
    mails: list[tuple[object, ...]] = field(default_factory=list)
    missing: list[tuple[object, ...]] = field(default_factory=list)


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
    for reference in await references(taking.knows):
        found = await gather(taking.knows, reference, taking.made)
        if found is None:
            continue
        own = Packing(archive, f"{reference}/")
        async for piece in put_cycle(found, taking.shelf, own, evidence=taking.files):
            yield piece
        packing.written += [replace(one, name=f"{reference}/{one.name}") for one in own.written]
        _grow(found, grown)
    for name, said in await _over_all(taking, grown):
        for piece in packing.file(name, (said,)):
            yield piece
    for piece in packing.file("MANIFEST.sha256", manifest(packing)):
        yield piece
    yield archive.close()


async def references(knows: KnowsAll) -> list[str]:
    """Every cycle that is seen, by its reference; one that changes meanwhile is not missed."""
    found: set[str] = set()
    skip = 0
    while rows := await knows.cycles(None, None, AT_ONCE, skip):
        found.update(one.reference for one in rows)
        skip += AT_ONCE - 1
        if len(rows) < AT_ONCE:
            break
    return sorted(found)


def _grow(found: Gathered, grown: Grown) -> None:
    cycle = found.page.cycle
    ref = cycle.reference
    session = cycle.sessions[-1].starts_at.isoformat() if cycle.sessions else ""
    grown.cycles.append((
        ref, found.say(cycle.title), found.page.stage, cycle.theme, cycle.opened_at.isoformat(),
        cycle.changed_at.isoformat(), session, len(cycle.requests), len(cycle.actions),
    ))  # fmt: skip
    grown.titles.append((ref, found.say(cycle.title), len(found.steps())))
    grown.requests += [
        (ref, one.number, found.say(one.draft.title), found.who(one.draft.lead), one.state,
         one.due.at.isoformat() if one.due else "", one.late) for one in cycle.requests
    ]  # fmt: skip
    grown.actions += [
        (ref, one.number, found.say(one.what), found.who(one.owner), one.state, one.due.on, one.missed)
        for one in cycle.actions
    ]
    grown.decisions += [(ref, one.number, found.say(one.title), one.basis) for one in cycle.decisions]
    grown.mails += [
        (ref, one.key, one.template, "; ".join(one.told), one.delivered, one.at.isoformat())
        for one in found.mails
    ]
    grown.missing += [(ref, digest, why) for digest, why in found.missing.items()]


async def _over_all(taking: Taking, grown: Grown) -> list[tuple[str, bytes]]:
    plan = await taking.knows.plan()
    programmes = [await taking.knows.programme(one.reference) for one in await taking.knows.programmes()]
    return [
        ("cycles.csv", _table(CYCLES, grown.cycles)),
        ("requests.csv", _table(REQUESTS, grown.requests)),
        ("actions.csv", _table(ACTIONS, grown.actions)),
        ("decisions.csv", _table(DECISIONS, grown.decisions)),
        ("mails.csv", _table(MAILS, grown.mails)),
        ("missing.csv", _table(("cycle", "file", "why"), grown.missing)),
        *([("plan.json", (plan.model_dump_json(indent=1) + "\n").encode())] if plan else []),
        ("programme.jsonl", "".join(one.model_dump_json() + "\n" for one in programmes if one).encode()),
        ("index.html", contents(grown.titles, taking.made, MARKINGS[taking.made.full])),
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return b"".join(
        tables.table(head, [[str(one) if one is not None else "" for one in row] for row in rows])
    )
