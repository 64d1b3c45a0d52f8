"""Two offices with two forces in one database, and what the rules say that each viewer may see of them."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from reference.catalogue import demonstration_people
from rules.acting.seeing import keys_of, opens, parts_open, sees
from rules.acting.seen_parts import part_of, seen
from rules.apply import add_up
from rules.writing import writing_of
from schemas.cycle import Cycle
from schemas.people import Person, Role
from schemas.records import Entry
from schemas.successions import Announced
from schemas.viewing import Opening, Opens, Restriction, Viewer
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from tests import scenario as s
from tests.rules import acts, findings_acts, request_acts
from tests.rules.table import Table, held, opened, signed, working
from tests.store.put import corrected

TODAY = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
TEXT = re.compile(r"text:[0-9a-f]{64}")
THEIRS = {
    "west-mercia-opcc": "elsewhere-opcc",
    "acc-local-policing": "elsewhere-lead",
    "acc-protecting-people": "elsewhere-second-lead",
    "policy-officer": "elsewhere-officer",
}
"""Who stands in the other office for whom of this one."""


def _person(name: str, role: Role, organisation: str, **facts: str) -> Person:
    title = name.replace("-", " ").capitalize()
    return Person(id=name, title=title, role=role, organisation=organisation, **facts)


def everybody() -> dict[str, Person]:
    """The demonstration's people, and those of another office and another force."""
    others = (
        _person("elsewhere-officer", Role.POLICY_OFFICER, "elsewhere-opcc", address="o@elsewhere.example"),
        _person("elsewhere-commissioner", Role.COMMISSIONER, "elsewhere-opcc"),
        _person("elsewhere-lead", Role.THEMATIC_LEAD, "elsewhere-police", address="l@elsewhere.example"),
        _person("elsewhere-second-lead", Role.THEMATIC_LEAD, "elsewhere-police", deputy="elsewhere-lead"),
        _person("elsewhere-coordination", Role.FORCE_COORDINATION, "elsewhere-police"),
        _person("elsewhere-panel", Role.PANEL_SECRETARIAT, "elsewhere-panel"),
        _person("inspector", Role.INSPECTORATE, "inspectorate"),
    )
    return demonstration_people() | {one.id: one for one in others}


def viewers() -> dict[str, Viewer | None]:
    """Nobody, everybody in their own role, and a session for one task."""
    found = {
        one.id: Viewer(person=one.id, role=one.role, organisation=one.organisation, on=TODAY)
        for one in everybody().values()
    }
    task = found["acc-local-policing"].model_copy(update={"task": "HTA-2026-01/1"})
    return {"nobody": None, **found, "by link": task}


def tables() -> dict[str, list[Entry]]:
    """Cycles at every stage, each with words of its own, in both offices."""
    gathering = opened(requests=3)
    gathering.do(
        acts.acknowledge(), request_acts.ask_what(), request_acts.delegate(),
        request_acts.reassign(request=2),
        s.submit(acts.REF, 3), acts.propose(s.date_after(gathering.now, 20)),
    )  # fmt: skip
    checked = held()
    checked.do(s.judge(acts.REF), acts.record_decision(), s.findings(acts.REF), findings_acts.invite())
    made = {
        "HTA-2026-01": gathering.entries,
        "HTA-2026-02": checked.entries,
        "HTA-2026-03": signed().entries,
        "HTA-2026-04": corrected(),
        "HTA-2026-05": corrected(withdrawn=True),
        "HTA-2026-06": _unmet().entries,
    }
    ours = {name: _as_of(entries, name) for name, entries in made.items()}
    theirs = {
        name.replace("-0", "-1"): _as_of(entries, name.replace("-0", "-1"), THEIRS)
        for name, entries in made.items()
    }
    return ours | theirs


def _unmet() -> Table:
    """A cycle without a session, of which the public hears nothing at all."""
    table = Table()
    table.do(s.open_cycle(acts.REF, table.now, session=None).model_copy(update={"requests": (s.draft(),)}))
    return table


def _as_of(entries: Iterable[Entry], cycle: str, names: Mapping[str, str] | None = None) -> list[Entry]:
    made = []
    for one in entries:
        told = TEXT.sub(lambda found: _own(found[0], cycle), one.model_dump_json())
        for was, name in (names or {}).items():
            told = told.replace(f'"{was}"', f'"{name}"')
        made.append(Entry.model_validate_json(told).model_copy(update={"cycle": cycle}))
    return made


def _own(ref: str, cycle: str) -> str:
    return f"text:{hashlib.sha256(f'{cycle} {ref}'.encode()).hexdigest()}"


@dataclass
class Land:
    """What stands in the database, as the rules know it."""

    ledgers: dict[str, list[Entry]] = field(default_factory=tables)
    people: dict[str, Person] = field(default_factory=everybody)
    announced: list[Announced] = field(default_factory=list)
    restricted: dict[str, Restriction] = field(default_factory=dict)
    openings: tuple[Opening, ...] = ()
    stands: dict[str, Cycle] = field(default_factory=dict)
    open_to: dict[str, tuple[Opens, ...]] = field(default_factory=dict)

    def cycle(self, reference: str) -> Cycle:
        """One cycle as it stands."""
        if reference not in self.stands:
            self.stands[reference] = add_up(self.ledgers[reference])
        return self.stands[reference]

    def parts(self, viewer: Viewer | None, reference: str) -> frozenset[str]:
        """The parts of a cycle that are open to somebody."""
        keys = keys_of(viewer, self.people, self.announced)
        if reference not in self.open_to:
            restricted = self.restricted.get(reference)
            self.open_to[reference] = opens(self.cycle(reference), self.people, restricted, self.openings)
        return parts_open(self.open_to[reference], keys, NOW)

    def seen(self, viewer: Viewer | None) -> dict[str, Cycle]:
        """The cycles as somebody sees them."""
        found = {name: seen(self.cycle(name), self.parts(viewer, name)) for name in self.ledgers}
        return {name: cycle for name, cycle in found.items() if cycle}

    def entries(self, viewer: Viewer | None) -> set[tuple[str, int]]:
        """The entries of the ledger that somebody sees."""
        parts = {name: self.parts(viewer, name) for name in self.ledgers}
        return {
            (name, one.version)
            for name, entries in self.ledgers.items()
            for one in entries
            if self._told(parts[name], one)
        }

    def texts(self, viewer: Viewer | None) -> set[str]:
        """The texts that somebody may read."""
        found: set[str] = set()
        for name, entries in self.ledgers.items():
            parts = self.parts(viewer, name)
            for one in entries:
                found |= _texts_of(one, parts, entries)
        return found

    def _told(self, parts: frozenset[str], one: Entry) -> bool:
        published = "published" in parts and one.public and one.marking == "OFFICIAL"
        return published or sees(parts, part_of(one.event))


def _texts_of(one: Entry, parts: frozenset[str], entries: Iterable[Entry]) -> set[str]:
    """The texts of an entry that are read by whoever sees some parts, put together by hand."""
    event = one.event.model_dump(mode="json")
    if "whole" in parts:
        return _in(event)
    found: set[str] = set()
    if sees(parts, part_of(one.event)):
        found |= _in({name: said for name, said in event.items() if name not in ("planned", "moved")})
    if one.event.kind == "CycleOpened" and sees(parts, "any"):
        found |= _in(event["title"]) | _in(event.get("called"))
        found |= _in(event["question"]) if {"asked", "published"} & parts else set()
    if one.event.kind == "FactCheckInvited" and "fact_check" in parts:
        drafts = [other.event for other in entries if other.event.kind == "FindingsDrafted"]
        found |= _in(
            [draft.model_dump(mode="json") for draft in drafts if draft.version == one.event.version]
        )
    if one.event.kind == "ReleaseScheduled":
        found |= _in(event)
    if one.event.kind in ("FindingsPublished", "FindingsCorrected") and "published" in parts:
        upto = add_up([other for other in entries if other.version <= one.version])
        row = writing_of((one,), upto, working()).publication
        found |= _in(row.model_dump(mode="json")) if row else set()
    return found


def _in(facts: object) -> set[str]:
    return set(TEXT.findall(json.dumps(facts)))


async def settle(pool: Pool, land: Land) -> None:
    """Write it all down, as the engine and the office do."""
    keeping, ledger, calendar = Keeping(pool), Ledger(pool), working()
    await keeping.keep_people(land.people.values())
    for entries in land.ledgers.values():
        words = {
            ref: f"the words of {ref}" for one in entries for ref in _in(one.event.model_dump(mode="json"))
        }
        await keeping.keep_words(words)
        start = 0
        for end in range(1, len(entries) + 1):
            if end == len(entries) or entries[end].key != entries[start].key:
                await ledger.record(writing_of(tuple(entries[start:end]), add_up(entries[:end]), calendar))
                start = end


def restriction(cycle: str, *named: str) -> Restriction:
    """A cycle that only these may see."""
    return Restriction(cycle=cycle, named=named, reason="Sensitive", by="chief-executive", at=NOW)


def opening(cycle: str, person: str, role: Role, minutes: int = 60) -> Opening:
    """That somebody opened it for so many minutes."""
    return Opening(
        cycle=cycle, person=person, role=role, reason="It had to be looked at.", at=NOW,
        until=NOW + timedelta(minutes=minutes),
    )  # fmt: skip
