"""What goes into the pack of one cycle, gathered from the store: rows, words, people, mails, publications."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from reference.explaining import table
from reference.working import working_calendar
from rules.explaining.reasons import reason
from rules.handing_over import LeftOut, Step, left_out, next_steps, open_duties
from schemas.counting import Explanation
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.records import Deadline
from schemas.rows import CyclePage, MailRow, PublicationRow, TimelineRow
from schemas.shape import Digest, TextRef
from store.texts import TEXT

EVERY = 1_000_000


class Knows(Protocol):
    """What is asked of the store."""

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle with its words."""
        ...

    async def timeline(
        self, reference: str, *, public: bool = False, most: int | None = None
    ) -> list[TimelineRow]:
        """Its ledger with its words, newest first."""
        ...

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...

    async def mails(self, cycle: str | None = None, most: int | None = None) -> list[MailRow]:
        """What was sent."""
        ...

    async def publication(self, reference: str, version: int | None = None) -> PublicationRow | None:
        """One published version."""
        ...


@dataclass(frozen=True)
class Made:
    """For whom a pack is made, on which day, and whether everything is in it."""

    by: str
    on: date
    full: bool
    office: str


@dataclass(frozen=True)
class Evidence:
    """One file of evidence and where it stands in the pack."""

    digest: Digest
    size: int
    media_type: str
    name: str
    path: str
    entries: tuple[int, ...]
    """The lines of the ledger that name it."""


@dataclass
class Gathered:
    """Everything of one cycle."""

    page: CyclePage
    rows: list[TimelineRow]
    people: dict[str, Person]
    mails: list[MailRow]
    published: list[PublicationRow]
    made: Made
    hidden: LeftOut
    evidence: list[Evidence] = field(default_factory=list)
    missing: dict[Digest, str] = field(default_factory=dict)
    """Files that are not on the shelf, or not as they were: why, by digest."""

    def say(self, ref: str | None) -> str:
        """The words of a text; what was left out says so."""
        if ref is None:
            return ""
        if ref in self.hidden.texts:
            return f"[left out: {self.hidden.texts[ref]}]"
        return self.page.words.get(ref) or next((row.words[ref] for row in self.rows if ref in row.words), "")

    def who(self, person: str | None) -> str:
        """How somebody is shown."""
        if person is None:
            return ""
        return self.people[person].title if person in self.people else person.replace("-", " ")

    def steps(self) -> tuple[Step, ...]:
        """What the successor does next."""
        counted = working_calendar(self.page.cycle.calendar)
        return () if isinstance(counted, Refused) else next_steps(self.page.cycle, counted)

    def duties(self) -> list[tuple[Deadline, str]]:
        """Everything owed, each with why its day is that day."""
        counted = working_calendar(self.page.cycle.calendar)
        if isinstance(counted, Refused):
            return []
        return [(one, self.why(one.key)) for one in open_duties(self.page.cycle, counted)]

    def why(self, key: str) -> str:
        """Why a deadline is that day, in words."""
        found = reason(self.page.cycle, key, table)
        if isinstance(found, Explanation):
            return getattr(found.due, "words", "")
        return found.message if isinstance(found, Refused) else ""

    def in_place(self, value: Any) -> Any:
        """A value of an event with the words in place of every reference."""
        if isinstance(value, str) and TEXT.fullmatch(value):
            return self.say(value)
        if isinstance(value, dict):
            return {name: self.in_place(one) for name, one in value.items()}
        return [self.in_place(one) for one in value] if isinstance(value, list) else value


async def gather(
    knows: Knows, reference: str, made: Made, people: dict[str, Person] | None = None
) -> Gathered | None:
    """Everything of one cycle; None where there is none. Who gathers many asks for the people once."""
    page = await knows.cycle(reference)
    if page is None:
        return None
    rows = list(reversed(await knows.timeline(reference)))
    named = {row.entry.version: frozenset(TEXT.findall(row.entry.event.model_dump_json())) for row in rows}
    hidden = LeftOut({}, {})
    if not made.full:
        hidden = left_out(page.cycle, tuple(row.entry for row in rows), named)
    shown = [one.version for one in page.cycle.findings if one.published_at]
    published = [row for one in shown if (row := await knows.publication(reference, one))]
    mails = sorted(await knows.mails(reference, EVERY), key=lambda one: (one.at, one.key))
    known = await knows.people() if people is None else people
    found = Gathered(page, rows, known, mails, published, made, hidden)
    found.evidence = list(_evidence(found))
    return found


def _evidence(found: Gathered) -> Iterator[Evidence]:
    named: dict[Digest, tuple[dict[str, Any], list[int]]] = {}
    for row in found.rows:
        for item in _files(row.entry.event.model_dump(mode="json")):
            named.setdefault(item["digest"], (item, []))[1].append(row.entry.version)
    for digest, (item, entries) in named.items():
        if digest in found.hidden.files or item["name"] in found.hidden.texts:
            continue
        name = found.say(item["name"]) or "file"
        path = f"evidence/{digest[:12]}-{safe(name)}"
        yield Evidence(digest, item["size"], item["media_type"], name, path, tuple(entries))


def _files(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("kind") == "file" and "digest" in value:
            yield value
        for one in value.values():
            yield from _files(one)
    elif isinstance(value, list):
        for one in value:
            yield from _files(one)


def safe(name: str) -> str:
    """A file name that every system can hold: letters, digits, dots, dashes; its end kept."""
    kept = "".join(one if one.isalnum() or one in "._-" else "_" for one in name)
    stem, dot, end = kept.rpartition(".")
    return f"{stem[:60]}.{end[:10]}" if dot and stem else kept[:60] or "file"


def refs_left_out(found: Gathered) -> list[tuple[str, str]]:
    """What was left out and why: each text by its digest, each file by its own."""
    texts: list[tuple[TextRef, str]] = sorted(found.hidden.texts.items())
    return [*texts, *((f"file:{digest}", why) for digest, why in sorted(found.hidden.files.items()))]
