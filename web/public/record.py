"""One set of published findings, put together for people: the frozen facts, and what has become of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from schemas.cycle import Action, Cycle
from schemas.people import Person
from schemas.plans import Plan
from schemas.rows import CyclePage, PublicationRow, TimelineRow
from web.public.disclosed import Disclosed, disclosed
from web.public.history import Happened, history, is_for_all
from web.public.sources import in_words
from web.public.spells import Spell, held, spells
from web.public.succession import (
    names_today,
    published_by,
    published_names,
    published_takeovers,
    taken_over,
)
from web.showing import words
from web.showing.dates import day

TONES = {"assured": "green", "partly_assured": "yellow", "not_assured": "red"}


@dataclass(frozen=True)
class Judged:
    """How assured the Commissioner was on one item, and why."""

    request: int
    title: str
    label: str
    tone: str
    reasons: str


@dataclass(frozen=True)
class Looked:
    """One item that was asked for, and what came."""

    number: int
    title: str
    asked: tuple[str, ...]
    due_on: date | None
    received_at: datetime | None
    came: str
    late: bool
    versions: int
    files: tuple[str, ...]
    held: str


@dataclass(frozen=True)
class Decided:
    """One formal decision."""

    number: int
    title: str
    reasons: str
    basis: str


@dataclass(frozen=True)
class Promised:
    """One action: what was promised, and how it stands today."""

    number: str
    what: str
    promised_on: date
    owner: str = ""
    state: str = "Promised"
    tone: str = "blue"
    note: str = ""


@dataclass(frozen=True)
class Version:
    """One published version of the findings."""

    number: int
    published_at: datetime
    withdrawn: bool = False


@dataclass(frozen=True)
class Record:
    """Everything that the page of one set of findings shows."""

    reference: str
    slug: str
    version: int
    published_at: datetime
    fingerprint: str
    title: str
    question: str
    answer: str
    findings: str
    objective: str
    commitments: tuple[tuple[str, str], ...]
    opened_at: datetime
    meetings: tuple[tuple[str, datetime], ...]
    judgements: tuple[Judged, ...]
    looked: tuple[Looked, ...]
    decisions: tuple[Decided, ...]
    actions: tuple[Promised, ...]
    spells: tuple[Spell, ...]
    history: tuple[Happened, ...]
    versions: tuple[Version, ...]
    more: Disclosed = field(default_factory=Disclosed)
    succession: tuple[str, ...] = ()
    """Who takes over from whom, as it was known when this was published or since: a sentence each."""
    names: tuple[tuple[str, str], ...] = ()
    """Who stands today with those before, part by part, where that was ever recorded."""
    printed: tuple[str, ...] = ()
    """The same as it was published, for paper that never changes."""
    published_by: str = ""
    """The full name of the body that stood on the day of publication, where that was recorded."""

    @property
    def newest(self) -> bool:
        """Whether no later version has replaced this one."""
        return not self.versions or self.version == self.versions[-1].number


def record(
    row: PublicationRow,
    page: CyclePage | None,
    rows: list[TimelineRow],
    *,
    plan: Plan | None,
    people: Mapping[str, Person],
    now: datetime,
) -> Record:
    """One published version for a page, with the state of its actions as the ledger has it now."""
    facts = row.facts
    oldest_first = [one.entry for one in reversed(rows) if is_for_all(one)]
    lay = spells(oldest_first, row.published_at)
    titles = {one["request"]: row.say(one["title"]) for one in facts["evidence"]}
    return Record(
        reference=row.cycle,
        slug=row.cycle.lower(),
        version=row.version,
        published_at=row.published_at,
        fingerprint=row.fingerprint,
        title=row.say(facts["title"]),
        question=row.say(facts["question"]),
        answer=row.say(facts["answer"]),
        findings=row.say(facts["findings"]),
        objective=objective_title(plan, row.theme),
        commitments=_commitments(facts["commitments"], plan),
        opened_at=datetime.fromisoformat(facts["opened_at"]),
        meetings=tuple(
            (words.FORUMS.get(one["forum"], "Meeting"), datetime.fromisoformat(one["held_at"]))
            for one in facts["sessions"]
        ),
        judgements=_judgements(row, titles),
        looked=_looked(row, lay),
        decisions=_decisions(row),
        actions=_actions(row, page.cycle if page else None, people, now),
        spells=tuple(one for one in lay if one.request in titles),
        history=tuple(history(rows, titles)),
        versions=_versions(page.cycle) if page else (),
        more=disclosed(row),
        succession=taken_over(row, page),
        names=names_today(page, now),
        published_by=published_by(row),
        printed=(*(f"{label}: {said}" for label, said in published_names(row)), *published_takeovers(row)),
    )


def objective_title(plan: Plan | None, theme: str) -> str:
    """The plan's own title for an objective; the theme itself where no plan names it."""
    titles = {one.id: one.title for one in plan.objectives} if plan else {}
    return titles.get(theme, theme.replace("-", " ").capitalize())


def _commitments(refs: list[str], plan: Plan | None) -> tuple[tuple[str, str], ...]:
    known = plan.commitments() if plan else {}
    return tuple((ref, known[ref].text if ref in known else "") for ref in refs)


def _judgements(row: PublicationRow, titles: Mapping[int, str]) -> tuple[Judged, ...]:
    return tuple(
        Judged(
            request=one["request"],
            title=titles.get(one["request"], f"Item {one['request']}"),
            label=words.ASSURANCE[one["judgement"]],
            tone=TONES[one["judgement"]],
            reasons=row.say(one["reasons"]),
        )
        for one in row.facts["judgements"]
    )


def _looked(row: PublicationRow, lay: tuple[Spell, ...]) -> tuple[Looked, ...]:
    return tuple(
        Looked(
            number=one["request"],
            title=row.say(one["title"]),
            asked=tuple(row.say(part) for part in one["asked"]),
            due_on=date.fromisoformat(one["due_on"]) if one["due_on"] else None,
            received_at=datetime.fromisoformat(one["received_at"]) if one["received_at"] else None,
            came=words.ANSWERS.get(one["answer"], "Nothing came") if one["answer"] else "Nothing came",
            late=one["late"],
            versions=one["versions"],
            files=tuple(one["files"]),
            held=held(spell for spell in lay if spell.request == one["request"]),
        )
        for one in row.facts["evidence"]
    )


def _decisions(row: PublicationRow) -> tuple[Decided, ...]:
    return tuple(
        Decided(one["number"], row.say(one["title"]), _why(row, one), in_words(one["basis"]))
        for one in row.facts["decisions"]
    )


def _why(row: PublicationRow, one: Mapping[str, Any]) -> str:
    """The reasons of a decision with its conditions, or that they are withheld and on which ground."""
    if one.get("restricted"):
        return f"The reasons are withheld. The ground: {row.say(one['ground'])}"
    conditions = row.say(one.get("conditions"))
    return row.say(one["reasons"]) + (f"\n\nConditions: {conditions}" if conditions else "")


def _actions(
    row: PublicationRow, cycle: Cycle | None, people: Mapping[str, Person], now: datetime
) -> tuple[Promised, ...]:
    made = []
    for one in row.facts["actions"]:
        promised = Promised(one["number"], row.say(one["what"]), date.fromisoformat(one["due_on"]))
        action = cycle.action(one["number"]) if cycle else None
        made.append(_today(promised, action, people, now) if action else promised)
    return tuple(made)


def _today(promised: Promised, action: Action, people: Mapping[str, Person], now: datetime) -> Promised:
    """The promise with how it stands in the ledger now."""
    owner = people[action.owner].title if action.owner in people else "The force"
    state, tone, note = _stands(action, now)
    if action.due.on != promised.promised_on and not note:
        note = f"The day was moved to {day(action.due.on)}"
    return replace(promised, owner=owner, state=state, tone=tone, note=note)


def _stands(action: Action, now: datetime) -> tuple[str, str, str]:
    """The state of an action in a word, its colour, and the day that goes with it."""
    if action.state == "verified":
        return "Done and checked", "green", f"Checked on {day(action.verified_at)}"
    if action.state == "claimed_done":
        note = f"Reported on {day(action.claimed_at)}. The office has still to check it"
        return "Reported done", "yellow", note
    if action.state == "disputed":
        return "Disputed", "red", "The other side says that this was not undertaken, or not so"
    if action.state == "withdrawn":
        return "Taken back", "grey", "It was taken back by those who proposed it"
    if action.slips:
        again = words.plural(len(action.slips), "time")
        return "Slipped", "red", f"A later day was asked for {again} more after it was moved. The day stays"
    if action.missed or action.due.at < now:
        return "Late", "red", f"It was due on {day(action.due.on)}"
    return "Not yet due", "blue", ""


def _versions(cycle: Cycle) -> tuple[Version, ...]:
    return tuple(
        Version(one.version, one.published_at, one.withdrawn_at is not None)
        for one in cycle.findings
        if one.published_at is not None
    )
