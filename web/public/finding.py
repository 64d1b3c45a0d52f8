"""Finding findings: the newest version of each cycle, searched, filtered and paged."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlencode

from markupsafe import Markup, escape

from schemas.plans import Plan
from schemas.rows import PublicationRow
from schemas.searching import MARK_FROM, MARK_TO, Hits, Wanted
from store.reads import Reads
from web.public.record import TONES, objective_title
from web.showing import words

A_PAGE = 20
ONE_MORE = 2
"""Something can be taken away where at least so much was asked for."""


@dataclass(frozen=True)
class Line:
    """One set of findings in a list."""

    reference: str
    slug: str
    title: str
    question: str
    answer: str
    objective: str
    version: int
    published_at: datetime
    judgements: tuple[tuple[str, str], ...]
    withdrawn_at: datetime | None = None
    notice: str = ""
    """What stands in place of withdrawn findings."""
    correction: str = ""
    snippet: Markup | str = ""
    """Where the words that were looked for stand, each of them marked."""

    @property
    def changed_at(self) -> datetime:
        """When what everybody reads here changed last."""
        return self.withdrawn_at or self.published_at


@dataclass(frozen=True)
class Tag:
    """One thing that narrows the list, and the address without it."""

    kind: str
    value: str
    without: str


@dataclass(frozen=True)
class Sought:
    """What somebody looks for, and the page of the answer."""

    wanted: Wanted = field(default_factory=Wanted)
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for at all."""
        return self.wanted.narrowed

    def address(self, path: str = "/findings", **changes: str | int) -> str:
        """The list's address with these changes; back on the first page unless a page is named."""
        facts = {**self.wanted.model_dump(), **changes}
        said = {name: "yes" if value is True else value for name, value in facts.items() if value}
        said = {name: value for name, value in said.items() if (name, value) != ("page", 1)}
        return f"{path}?{urlencode(said)}" if said else path

    def tags(self, objectives: dict[str, str]) -> tuple[Tag, ...]:
        """What narrows the list, in words."""
        w = self.wanted
        said = (
            ("words", "Words", w.words),
            ("objective", "Objective", objectives.get(w.objective, w.objective)),
            ("judgement", "Judgement", words.ASSURANCE.get(w.judgement, w.judgement)),
            ("year", "Year", str(w.year or "")),
            ("open", "Promises", "still open" if w.open else ""),
        )
        return tuple(Tag(kind, value, self.address(**{name: ""})) for name, kind, value in said if value)


@dataclass(frozen=True)
class Found:
    """One page of the answer, and how much there is in all."""

    lines: tuple[Line, ...]
    count: int
    published: int
    pages: int
    years: tuple[int, ...] = ()
    common: bool = False
    """Whether the words are all too common to be looked for."""
    drop: tuple[tuple[Tag, int], ...] = ()
    """Where nothing was found: what to take away, and how many there are then."""


async def find(reads: Reads, sought: Sought, plan: Plan | None) -> Found:
    """One page of what was looked for; an address beyond the last page gives the last one."""
    skip = (sought.page - 1) * A_PAGE
    hits = await reads.search(sought.wanted, A_PAGE, skip)
    if not hits.hits and hits.count:
        skip = (hits.count - 1) // A_PAGE * A_PAGE
        hits = await reads.search(sought.wanted, A_PAGE, skip)
    pages = max(1, -(-hits.count // A_PAGE))
    drop = () if hits.count else await _drop(reads, sought, plan)
    return Found(lines_of(hits, plan), hits.count, hits.published, pages, hits.years, hits.common, drop)


def lines_of(hits: Hits, plan: Plan | None) -> tuple[Line, ...]:
    """What was found, as a list shows it."""
    return tuple(replace(line(one.row, plan), snippet=marked(one.snippet)) for one in hits.hits)


def marked(snippet: str) -> Markup:
    """A snippet with its matched words marked; whatever else stands in it is only text."""
    safe = str(escape(" ".join(snippet.split())))
    return Markup(safe.replace(MARK_FROM, "<mark>").replace(MARK_TO, "</mark>"))  # noqa: S704 - escaped above


async def _drop(reads: Reads, sought: Sought, plan: Plan | None) -> tuple[tuple[Tag, int], ...]:
    tags = sought.tags({one.id: one.title for one in plan.objectives} if plan else {})
    names = [name for name, value in sought.wanted.model_dump().items() if value]
    if len(names) < ONE_MORE:
        return ()
    found = []
    for name, tag in zip(names, tags, strict=True):
        without = Wanted.model_validate(
            {**sought.wanted.model_dump(), name: Wanted.model_fields[name].default}
        )
        if count := (await reads.search(without, 0)).count:
            found.append((tag, count))
    return tuple(found)


def newest(rows: Iterable[PublicationRow]) -> list[PublicationRow]:
    """The newest version of each cycle, newest first."""
    latest: dict[str, PublicationRow] = {}
    for row in rows:
        if row.cycle not in latest or row.version > latest[row.cycle].version:
            latest[row.cycle] = row
    return sorted(latest.values(), key=lambda row: (row.published_at, row.cycle), reverse=True)


def line(row: PublicationRow, plan: Plan | None) -> Line:
    """One set of findings as a list shows it."""
    facts = row.facts
    if row.withdrawn_at:
        return _taken_back(row, plan)
    counts = Counter(one["judgement"] for one in facts["judgements"])
    return Line(
        reference=row.cycle,
        slug=row.cycle.lower(),
        title=row.say(facts["title"]),
        question=row.say(facts["question"]),
        answer=row.say(facts["answer"]),
        objective=objective_title(plan, row.theme),
        version=row.version,
        published_at=row.published_at,
        judgements=tuple(
            (
                f"{words.ASSURANCE[kind]}: {counts[kind]}" if len(facts["judgements"]) > 1 else label,
                TONES[kind],
            )
            for kind, label in words.ASSURANCE.items()
            if counts[kind]
        ),
        correction=row.say(facts.get("correction")),
    )


def _taken_back(row: PublicationRow, plan: Plan | None) -> Line:
    """Withdrawn findings: that they were there, and the notice; nothing of what they said."""
    return Line(
        reference=row.cycle,
        slug=row.cycle.lower(),
        title=row.say(row.facts["title"]),
        question="",
        answer="",
        objective=objective_title(plan, row.theme),
        version=row.version,
        published_at=row.published_at,
        judgements=(),
        withdrawn_at=row.withdrawn_at,
        notice=row.withdrawal or "",
    )
