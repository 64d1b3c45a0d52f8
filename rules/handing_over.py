"""Handing over: what a successor has to do next in a cycle, in order, and what only the entitled may read."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.acting.authority import CHIEF_EXECUTIVE, COMMISSIONERS, OFFICERS, PUBLISHERS
from rules.calendars import WorkingCalendar
from rules.deadlines import deadlines
from rules.publishing.publishable import unsigned
from rules.publishing.withholding import withheld_items
from schemas.cycle import Action, Cycle, Request, WithheldItem
from schemas.evidence import Item
from schemas.people import Role
from schemas.records import Deadline, Entry
from schemas.shape import Digest, Instant, Slug, TextRef

ENTITLED = OFFICERS | CHIEF_EXECUTIVE | COMMISSIONERS | PUBLISHERS | {Role.DEPUTY_COMMISSIONER}
"""Who may take away a pack with everything in it; others get one without what is sensitive."""
OWED = {
    "return": "Evidence is owed",
    "session": "A session is to be held",
    "notice": "Notice and papers of a session are owed",
    "action": "An action is to be proved done",
    "fact_check": "The force may say what is wrong in fact",
    "findings": "The findings are to be published",
    "answer": "An answer in writing is owed",
    "comments": "Comments on an inspection report are owed by law",
}


@dataclass(frozen=True)
class Step:
    """One thing to do: since or until when, what, about which text, and whose it is.

    Source: process.successions
    """

    at: Instant
    what: str
    due: bool = False
    """Whether `at` is when it is due; otherwise it waits since then."""
    about: TextRef | None = None
    who: Slug | None = None
    key: str = ""
    """The deadline that it is, where it is one."""


def next_steps(cycle: Cycle, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """What the successor has to do next: what waits for the office, and what is owed, the oldest first.

    Source: process.successions
    """
    if cycle.over:
        return ()
    found = (
        *_steering(cycle),
        *(step for one in cycle.requests for step in _of_request(one)),
        *_planned(cycle),
        *(step for one in cycle.actions for step in _of_action(one)),
        *_of_findings(cycle),
        *(_owed(one) for one in deadlines(cycle, calendar) if not one.done),
    )
    return tuple(sorted(found, key=lambda one: (one.at, one.due, one.what, one.key)))


def open_duties(cycle: Cycle, calendar: WorkingCalendar) -> tuple[Deadline, ...]:
    """Everything that is still owed, soonest first.

    Source: process.clocks
    """
    owed = (one for one in deadlines(cycle, calendar) if not one.done)
    return tuple(sorted(owed, key=lambda one: (one.due_at, one.key)))


@dataclass(frozen=True)
class LeftOut:
    """What is not in a pack for those who are not entitled: texts and files, each with its ground.

    Source: local.redaction
    """

    texts: dict[TextRef, str]
    files: dict[Digest, str]


def left_out(cycle: Cycle, entries: tuple[Entry, ...], named_in: dict[int, frozenset[TextRef]]) -> LeftOut:
    """What only the entitled may read of a cycle: claimed, withheld, redacted, restricted, or marked.

    `named_in` are the texts that each entry names, by its version.

    Source: local.redaction
    """
    texts: dict[TextRef, str] = {}
    files: dict[Digest, str] = {}
    for one in (
        *withheld_items(cycle),
        *(it for v in cycle.findings if v.redaction for it in v.redaction.items),
    ):
        ground = f"withheld: {one.ground.replace('_', ' ')}"
        for item in _items(cycle, one):
            texts |= dict.fromkeys(_texts(item), ground)
            files |= {item.digest: ground} if item.kind == "file" else {}
    for request in cycle.requests:
        texts |= dict.fromkeys(
            (claim.why for claim in request.claims if claim.withholds), "why it is withheld"
        )
    for decision in cycle.decisions:
        if decision.restricted and decision.reasons:
            texts[decision.reasons] = "the reasons of a restricted decision"
    texts |= dict.fromkeys(_redacted(cycle), "redacted: only the copy that may be read is here")
    for entry in entries:
        if entry.marking != "OFFICIAL":
            texts |= dict.fromkeys(named_in.get(entry.version, frozenset()), f"marked {entry.marking}")
    return LeftOut(texts, files)


def _redacted(cycle: Cycle) -> set[TextRef]:
    """Once words were taken out of some version, the drafts of all; not what was published or copied."""
    if not any(one.redaction for one in cycle.findings):
        return set()
    drafts = {ref for one in cycle.findings for ref in (one.answer, one.body)}
    copies = [one.redaction or one for one in cycle.findings if one.redaction or one.published_at]
    return drafts - {ref for one in copies for ref in (one.answer, one.body)}


def _items(cycle: Cycle, one: WithheldItem) -> Iterator[Item]:
    request = cycle.request(one.request)
    for version in request.returns if request else ():
        if version.version == one.version and 1 <= one.item <= len(version.items):
            yield version.items[one.item - 1]


def _texts(item: Item) -> tuple[TextRef, ...]:
    if item.kind == "file":
        return (item.name,)
    if item.kind == "written":
        return (item.text,)
    return (item.address,) if item.kind == "link" else (item.what,)


def _owed(one: Deadline) -> Step:
    what = OWED[one.what] + (f" (number {one.number})" if one.what in ("return", "action") else "")
    return Step(
        one.due_at, what + (", and was missed" if one.missed else ""), True, one.title, one.owner, one.key
    )


def _steering(cycle: Cycle) -> Iterator[Step]:
    if cycle.paused_at:
        yield Step(
            cycle.paused_at, "The cycle is paused: resume it when it can go on", about=cycle.pause_reason
        )
    if not cycle.sessions:
        yield Step(cycle.opened_at, "No session has a day: fix one", who=cycle.opened_by.person)
    held = [one.held_at for one in cycle.sessions if one.held_at]
    if held and not cycle.judgements and not cycle.findings:
        yield Step(held[-1], "A session was held: say how assured the Commissioner is")
    for one in cycle.judgements:
        if not one.confirmed_by and not cycle.findings:
            yield Step(
                one.at, f"The judgement on request {one.request} is to be confirmed", about=one.reasons
            )


def _of_request(one: Request) -> Iterator[Step]:
    named, title = f"request {one.number}", one.draft.title
    if one.unanswered and one.state not in ("accepted", "withdrawn"):
        asked = one.unanswered
        yield Step(asked.asked_at, f"The lead asks what is meant by {named}: answer", about=asked.question)
    if one.extension:
        yield Step(one.extension.at, f"More time is asked for {named}: decide", about=one.extension.reason)
    for claim in one.claims:
        if claim.upheld is None and claim.lapsed_at is None:
            yield Step(claim.at, f"An item of {named} is claimed sensitive: decide", about=title)
    if one.state == "returned":
        at = one.returns[-1].received_at
        yield Step(at, f"The return to {named} is to be accepted or sent back", about=title)


def _planned(cycle: Cycle) -> Iterator[Step]:
    for one in cycle.planned:
        at, what = one.ask_at or cycle.opened_at, f"Request {one.request} is written and not yet sent"
        waits = ": it goes out by itself" if one.ask_at else ": it waits until a session has its day"
        waits = ": it goes out once the cycle is resumed" if cycle.paused_at else waits
        yield Step(at, what + waits, one.ask_at is not None, one.draft.title, one.draft.lead)


def _of_action(one: Action) -> Iterator[Step]:
    named = f"Action {one.number}"
    waiting = {
        "proposed": f"{named} was proposed and not agreed yet: the other side confirms or disputes it",
        "disputed": f"{named} is disputed: settle it",
        "claimed_done": f"{named} is said to be done: check the proof",
    }
    if one.state in waiting:
        yield Step(one.claimed_at or one.clock.starts_at, waiting[one.state], about=one.what, who=one.owner)
    if one.date_asked:
        yield Step(one.date_asked.at, f"A later day is asked for {named.lower()}: decide", about=one.what)


def _of_findings(cycle: Cycle) -> Iterator[Step]:
    newest = cycle.findings[-1] if cycle.findings else None
    if newest is None or newest.published_at:
        return
    what = "is signed and not published" if not unsigned(newest) else "is drafted and not signed by everybody"
    yield Step(
        newest.drafted_at, f"Version {newest.version} of the findings {what}", who=newest.author.person
    )
