"""What some findings say beyond the plain account: what was put right, asked, voted on, and withheld."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rules.publishing.redaction import GROUNDS
from schemas.rows import PublicationRow
from web.public.sources import in_words
from web.showing.dates import day

ASKERS = {"commissioner": "The Commissioner", "member": "A member", "public": "Somebody from the public"}
ITEMS = {"file": "A file", "written": "A written answer", "link": "A link", "shown": "Something shown"}
TEXTS = {"answer": "the answer in a sentence", "body": "what was found"}


@dataclass(frozen=True)
class Asked:
    """One question and what was answered."""

    by: str
    question: str
    answer: str
    note: str


@dataclass(frozen=True)
class Voted:
    """One vote with its count."""

    question: str
    result: str
    count: str


@dataclass(frozen=True)
class Withheld:
    """Something that is not published: what kind, where it stood, and on which ground."""

    what: str
    where: str
    ground: str
    source: str


@dataclass(frozen=True)
class Disclosed:
    """All of it; each is empty where there is none."""

    correction: str = ""
    replaces: int | None = None
    questions: tuple[Asked, ...] = ()
    votes: tuple[Voted, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    notices: tuple[str, ...] = ()


def disclosed(row: PublicationRow) -> Disclosed:
    """What this published version says of it."""
    facts = row.facts
    return Disclosed(
        correction=row.say(facts.get("correction")),
        replaces=facts.get("replaces"),
        questions=tuple(_asked(row, one) for one in facts.get("questions", ())),
        votes=tuple(_voted(row, one) for one in facts.get("votes", ())),
        withheld=tuple(_withheld(row, one) for one in facts.get("withheld", ())),
        notices=tuple(said for one in facts["sessions"] for said in _notices(one)),
    )


def _asked(row: PublicationRow, one: dict[str, Any]) -> Asked:
    by = one.get("in_writing_by")
    note = f"To be answered in writing by {day(date.fromisoformat(by))}" if by else ""
    return Asked(
        ASKERS.get(one["asked_by"], "Somebody"),
        row.say(one["question"]),
        row.say(one["answer"]),
        note if not one["answer"] else "",
    )


def _voted(row: PublicationRow, one: dict[str, Any]) -> Voted:
    count = f"{one['for']} for, {one['against']} against, {one['abstained']} abstained"
    result = "Carried" if one["carried"] else "Not carried"
    return Voted(row.say(one["question"]), result, f"{count}; {one['required']} were needed")


def _withheld(row: PublicationRow, one: dict[str, Any]) -> Withheld:
    if one["what"] == "passage":
        what, where = "Words", f"In {TEXTS[one['of']]}"
    else:
        titles = {it["request"]: row.say(it["title"]) for it in row.facts["evidence"]}
        what = ITEMS.get(one["what"], "An item")
        named = titles.get(one["request"])
        where = f"From the evidence for request {one['request']}" + (f", {named}" if named else "")
    ground = GROUNDS.get(one["ground"], one["ground"].replace("_", " "))
    return Withheld(
        what, where, ground[:1].upper() + ground[1:], one.get("paragraph") or in_words(one["source"])
    )


def _notices(session: dict[str, Any]) -> list[str]:
    said = []
    for what, name in (("agenda", "The agenda was"), ("papers", "The papers were")):
        for one in session.get(what, ())[:1]:
            late = ", later than it was due" if one["late"] else ""
            said.append(f"{name} published on {day(datetime.fromisoformat(one['at']))}{late}.")
    return said
