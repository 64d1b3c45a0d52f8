"""Trigger rules and promises from their files; what is wrong is said with its line and what to write."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml

from reference.catalogue import FOLDER, plan, sources, standards
from reference.places import FileError, Place, text_of
from rules.outside.checking import MOST_RULES, MOST_WAIT, TELLS, faults
from schemas.outside import (
    TYPE,
    Condition,
    FeedsCycles,
    MadeCycle,
    Op,
    OpensItself,
    Promise,
    Shares,
    TriggerEdition,
    TriggerRule,
)
from schemas.people import Person
from schemas.plans import Plan
from schemas.sources import Mark

NAME = "triggers.yaml"
PROMISES = "promises.yaml"
SHIPPED_BY = "the product"
OPS = get_args(Op)
MARKS = get_args(Mark)
HOUR = r"([01][0-9]|2[0-3]):[0-5][0-9]"
YES = {"yes": True, "true": True, "no": False, "false": False}
MOST_LETTERS = 1000

OF_RULE = {
    "id": "a name of small letters, digits and dashes",
    "title": "what the rule is about, in a few words",
    "when": "the type of the event, and the conditions",
    "propose": "the cycle that is proposed",
    "open": "the cycle that opens by itself",
    "feed": "the cycles under way that are told",
    "note": "yes, where it is only noted",
    "why": "one sentence",
    "source": "an id of reference/sources.yaml",
    "mark": "verified, partly or not_verified",
}
THEN = ("propose", "open", "feed", "note")
OF_CYCLE = {
    "title": "the title of the cycle",
    "theme": "an objective of the plan, such as reforming",
    "commitments": "one or more commitments such as SWM-REFORM-06",
    "question": "the question that is put",
    "kind": "a kind of cycle, such as thematic",
}
OF_OPENING = {
    **OF_CYCLE,
    "officer": "the id of the policy officer who runs it",
    "opens_after": "after how many working days it opens",
    "session_after": "how many working days later its session is",
    "session_hour": 'the hour of the session in London, such as "10:00"',
}
OF_FEED = {
    "cycles": "commitments or theme: what a cycle under way has to share",
    "theme": "the theme",
    "commitments": "the commitments",
    "tell": "officer, or roles of the office",
}
OF_PROMISE = {
    "id": "a name of small letters, digits and dashes",
    "commitment": "a commitment such as SWM-REFORM-05",
    "title": "what was promised, in a few words",
    "due_on": "the day, such as 2027-03-31",
    "looked_at_before": "how many working days before its day it is taken up",
    "source": "an id of reference/sources.yaml",
    "mark": "verified, partly or not_verified",
}


def triggers_in(
    text: str,
    name: str,
    plan: Plan | None,
    people: Mapping[str, Person],
    kinds: Collection[str] | None = None,
) -> tuple[TriggerRule, ...]:
    """The trigger rules in a file, checked against the plan, the kinds of cycle and the people.

    Raises: FileError: a rule cannot be read or meant; the message says where and what to write.
    """
    places = replace(Place.of(text, name), path="rule").each()
    if not places or len(places) > MOST_RULES:
        raise FileError(f"{name}: write 1 to {MOST_RULES} rules, each beginning with `- id:`.")
    rules = tuple(_rule(one) for one in places)
    wrong = faults(rules, plan, kinds or tuple(standards()), people, sources())
    if wrong:
        rule, field, write = wrong[0]
        at = next(one for one, made in reversed(list(zip(places, rules, strict=True))) if made.id == rule)
        raise _inside(at, field).error(f'rule "{rule}": {write}')
    return rules


@cache
def shipped() -> TriggerEdition:
    """The rules that came with the product."""
    text = (FOLDER / NAME).read_text(encoding="utf8")
    return TriggerEdition(rules=triggers_in(text, NAME, plan(), {}), changed_by=SHIPPED_BY)


def promises_in(text: str, name: str) -> tuple[Promise, ...]:
    """The promises in a file.

    Raises: FileError: one cannot be read; the message says where and what to write.
    """
    return tuple(_promise(one) for one in replace(Place.of(text, name), path="promise").each())


def promises_of(file: Path | None = None) -> tuple[Promise, ...]:
    """The promises of an office's own file, or those that came with the product.

    Raises: FileError: the file cannot be read.
    """
    path = file or FOLDER / PROMISES
    return promises_in(text_of(path), path.name)


def _rule(at: Place) -> TriggerRule:
    fields = at.fields(OF_RULE, optional=THEN)
    said = [one for one in THEN if one in fields]
    if len(said) != 1:
        raise at.error(
            f"write exactly one of {', '.join(THEN)}" + (f", not {' and '.join(said)}" if said else "")
        )
    when = fields["when"].fields({"type": "the event's type", "every": "the conditions"}, optional=("every",))
    then = said[0]
    facts: dict[str, Any] = _THEN[then](fields[then])
    return TriggerRule(
        id=fields["id"].slug(OF_RULE["id"]),
        title=_words(fields["title"], 200),
        type=when["type"].matching(TYPE, "small words joined by dots, such as answerable.measure.observed"),
        every=tuple(_condition(one) for one in when["every"].each()) if "every" in when else (),
        then=then,
        why=_words(fields["why"], 400),
        source=fields["source"].words(),
        mark=fields["mark"].one_of(MARKS),
        **facts,
    )


def _condition(at: Place) -> Condition:
    known = {"field": "the field of the event", "before": "the field that holds the value before"}
    fields = at.fields({**known, **dict.fromkeys(OPS, "what it is compared with")}, optional=("before", *OPS))
    ops = [one for one in OPS if one in fields]
    if len(ops) != 1:
        raise at.error(f"write one comparison: {', '.join(OPS)}")
    before = fields["before"].words() if "before" in fields else "previous"
    value = _value(fields[ops[0]])
    if ops[0] == "one_of" and not isinstance(value, tuple):
        value = (str(value),)
    return Condition(field=fields["field"].words(), op=ops[0], value=value, before=before)


def _value(at: Place) -> str | bool | int | float | tuple[str, ...]:
    """What is written, as YAML means it: a text, a number, yes or no, or a list of texts."""
    if isinstance(at.node, yaml.SequenceNode):
        return tuple(one.words() for one in at.each())
    said = at.words()
    kind = str(at.node.tag).rpartition(":")[2]
    if kind == "bool" and said.lower() in YES:
        return YES[said.lower()]
    try:
        number = {"int": int, "float": float}.get(kind)
        return said if number is None else number(said)
    except ValueError:
        raise at.error(f'"{said}" is no number; write one such as 90 or 12.5') from None


def _cycle(fields: Mapping[str, Place]) -> MadeCycle:
    found = fields["commitments"].each()
    if not found:
        raise fields["commitments"].error(f"write {OF_CYCLE['commitments']}")
    return MadeCycle(
        title=_words(fields["title"], 200),
        theme=fields["theme"].words(),
        commitments=tuple(one.words() for one in found),
        question=_words(fields["question"], MOST_LETTERS),
        cycle_kind=fields["kind"].slug(OF_CYCLE["kind"]),
    )


def _propose(at: Place) -> dict[str, Any]:
    return {"makes": _cycle(at.fields(OF_CYCLE))}


def _open(at: Place) -> dict[str, Any]:
    fields = at.fields(OF_OPENING, optional=("session_after", "session_hour"))
    hour = (
        {"session_hour": fields["session_hour"].matching(HOUR, 'an hour such as "10:00"')}
        if ("session_hour" in fields)
        else {}
    )
    opens = OpensItself(
        officer=fields["officer"].slug(OF_OPENING["officer"]),
        opens_after=fields["opens_after"].whole(MOST_WAIT),
        session_after=fields["session_after"].whole(MOST_WAIT) if "session_after" in fields else None,
        **hour,
    )
    return {"makes": _cycle(fields), "opens": opens}


def _feed(at: Place) -> dict[str, Any]:
    fields = at.fields(OF_FEED, optional=("theme", "commitments", "tell"))
    shares = fields["cycles"].one_of(get_args(Shares))
    if shares not in fields:
        raise at.error(f"{shares} is missing; write {OF_FEED[shares]}, or a field such as {{{shares}}}")
    made = FeedsCycles(
        shares=shares,
        theme=fields["theme"].words() if "theme" in fields else None,
        commitments=tuple(one.words() for one in fields["commitments"].each())
        if "commitments" in fields
        else (),
        tell=tuple(one.one_of(TELLS) for one in fields["tell"].each()) if "tell" in fields else ("officer",),
    )
    return {"feeds": made}


def _note(at: Place) -> dict[str, Any]:
    if not at.yes():
        raise at.error("write yes, or propose, open or feed instead")
    return {}


_THEN: Mapping[str, Callable[[Place], dict[str, Any]]] = {
    "propose": _propose,
    "open": _open,
    "feed": _feed,
    "note": _note,
}


def _promise(at: Place) -> Promise:
    fields = at.fields(OF_PROMISE, optional=("looked_at_before",))
    days = (
        {"looked_at_before": fields["looked_at_before"].whole(MOST_WAIT)}
        if "looked_at_before" in fields
        else {}
    )
    source = fields["source"].words()
    if source not in sources():
        raise fields["source"].error(f"{source} is not in the register of sources")
    return Promise(
        id=fields["id"].slug(OF_PROMISE["id"]),
        commitment=fields["commitment"].commitment(),
        title=_words(fields["title"], 200),
        due_on=fields["due_on"].day(),
        source=source,
        mark=fields["mark"].one_of(MARKS),
        **days,
    )


def _words(at: Place, most: int) -> str:
    said = " ".join(at.words().split())
    if len(said) > most:
        raise at.error(f"this has {len(said)} letters; write at most {most}")
    return said


def _inside(at: Place, field: str) -> Place:
    """The place of a field somewhere within a rule; the rule itself where it is not written."""
    fields = at.entries()
    within = [one.entries() for one in fields.values() if isinstance(one.node, yaml.MappingNode)]
    return next((one[field] for one in (*within, fields) if field in one), at)
