"""Finding findings: the newest version of each cycle, searched, filtered and paged."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from schemas.plans import Plan
from schemas.rows import PublicationRow
from web.public.record import TONES, objective_title
from web.showing import words

A_PAGE = 20


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

    @property
    def changed_at(self) -> datetime:
        """When what everybody reads here changed last."""
        return self.withdrawn_at or self.published_at


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: words, an objective of the plan, a judgement, and the page of the answer."""

    words: str = ""
    objective: str = ""
    judgement: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for at all."""
        return bool(self.words or self.objective or self.judgement)

    def address(self, **changes: str | int) -> str:
        """The list's address with these changes; back on the first page unless a page is named."""
        facts = {"words": self.words, "objective": self.objective, "judgement": self.judgement, **changes}
        kept = {name: value for name, value in facts.items() if value and (name, value) != ("page", 1)}
        return f"/findings?{urlencode(kept)}" if kept else "/findings"


@dataclass(frozen=True)
class Found:
    """One page of the answer, and how much there is in all."""

    lines: tuple[Line, ...]
    count: int
    published: int
    pages: int


def newest(rows: Iterable[PublicationRow]) -> list[PublicationRow]:
    """The newest version of each cycle, newest first."""
    latest: dict[str, PublicationRow] = {}
    for row in rows:
        if row.cycle not in latest or row.version > latest[row.cycle].version:
            latest[row.cycle] = row
    return sorted(latest.values(), key=lambda row: (row.published_at, row.cycle), reverse=True)


def find(rows: Iterable[PublicationRow], sought: Sought, plan: Plan | None) -> Found:
    """What was looked for, newest first."""
    all_of_them = newest(rows)
    matching = [row for row in all_of_them if _matches(row, sought)]
    pages = max(1, -(-len(matching) // A_PAGE))
    start = (min(sought.page, pages) - 1) * A_PAGE
    lines = tuple(line(row, plan) for row in matching[start : start + A_PAGE])
    return Found(lines, len(matching), len(all_of_them), pages)


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


def _matches(row: PublicationRow, sought: Sought) -> bool:
    if row.withdrawn_at:
        title = f"{row.cycle} {row.say(row.facts['title'])}".casefold()
        narrowed = sought.judgement or (sought.objective and row.theme != sought.objective)
        return not narrowed and all(word in title for word in sought.words.casefold().split())
    if sought.objective and row.theme != sought.objective:
        return False
    if sought.judgement and all(one["judgement"] != sought.judgement for one in row.facts["judgements"]):
        return False
    text = " ".join([row.cycle, *row.facts["commitments"], *row.words.values()]).casefold()
    return all(word in text for word in sought.words.casefold().split())
