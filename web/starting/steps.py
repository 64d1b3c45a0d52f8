"""The steps of starting a cycle, and which of the form's inputs stands on which of them."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from schemas.standards import Standards
from schemas.starts import Start
from web.forms import opening
from web.forms.fields import Field, Typed
from web.forms.form import Scene

Facts = dict[str, tuple[str, ...]]
STEPS = {
    "kind": "Which kind of cycle?",
    "question": "The question",
    "requests": "Who is asked for what",
    "dates": "The dates",
    "check": "Check before you send",
}
ORDER = tuple(STEPS)
IN_A_ROW = re.compile(r"r(\d+)_(.+)")
OF_STEP = {"kind_of_cycle": "kind", "title": "question", "question": "question", "commitments": "question",
           "rows": "requests"}  # fmt: skip
OURS = frozenset({"csrf", "base", "key", "more", "remove", "find", "looked_for", "show", "later", "anyway"})
"""Inputs that steer a page and say nothing of the cycle."""


def step_of(name: str) -> str:
    """The step on which an input stands."""
    if row := IN_A_ROW.fullmatch(name):
        return "dates" if row[2].startswith("due") else "requests"
    return OF_STEP.get(name, "dates")


def of_step(facts: Mapping[str, Sequence[str]], step: str) -> Facts:
    """What was typed on one step."""
    return {name: tuple(said) for name, said in facts.items() if step_of(name) == step and name not in OURS}


def with_step(facts: Mapping[str, Sequence[str]], step: str, typed: Mapping[str, Sequence[str]]) -> Facts:
    """A draft's facts with what was typed on one step in place of what stood there."""
    kept = {name: tuple(said) for name, said in facts.items() if step_of(name) != step}
    return {**kept, **of_step(typed, step)}


def base_of(facts: Mapping[str, Sequence[str]], step: str) -> str:
    """A mark of what stood on a step when its page was made, by which a change by somebody else is seen."""
    said = json.dumps(sorted((name, list(one)) for name, one in of_step(facts, step).items()))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def start_of(facts: Mapping[str, Sequence[str]], starts: Mapping[str, Start]) -> Start | None:
    """What the draft's kind begins with."""
    return starts.get(next(iter(facts.get("kind_of_cycle", ())), ""))


def fields_of(step: str, scene: Scene, typed: Typed) -> tuple[Field, ...]:
    """The fields of one step."""
    kind, *others = opening.head_fields(scene)
    if step == "kind":
        return (replace(kind, kind="one", start=""),)
    if step == "question":
        return tuple(others)
    numbers = range(1, opening.rows(typed) + 1)
    rows = {number: opening.row_fields(scene, number) for number in numbers}
    if step == "requests":
        return tuple(one for row in rows.values() for one in row if step_of(one.name) == "requests")
    due = tuple(
        one for number in opening.filled(typed) for one in rows[number] if step_of(one.name) == "dates"
    )
    return (*opening.report_fields(typed), *opening.session_fields(), *due, *opening.ask_fields())


def begun_with(start: Start, scene: Scene, standards: Standards) -> Facts:
    """What a kind fills in: its question, its requests with their leads, its forum, and its usual days."""
    facts: Facts = {
        "kind_of_cycle": (start.kind,),
        "title": (start.title,),
        "question": (start.question,),
        "forum": (start.forum,),
        "starts_hour": ("14:00",),
        "ask": ("planned",),
        "rows": (str(len(start.requests)),),
    }
    known = {one.value for one in scene.named("force")}
    for number, one in enumerate(start.requests, start=1):
        row = f"r{number}_"
        facts |= {
            f"{row}title": (one.title,),
            f"{row}asked": ("\n".join(one.asked),),
            f"{row}lead": (one.lead if one.lead in known else "",),
            f"{row}form": (one.form,),
            **({f"{row}certify": ("yes",)} if one.certify else {}),
        }
    return with_days(facts, standards)


def with_days(facts: Facts, standards: Standards) -> Facts:
    """The same with the usual due day for every request that has none yet."""
    said = Typed(facts)
    usual = {
        f"r{number}_due-kind": ("before_session",)
        for number in range(1, opening.rows(said) + 1)
        if f"r{number}_due-kind" not in facts
    }
    days = {
        name.replace("-kind", "-before_session"): (str(standards.returns_due_before_session),)
        for name in usual
    }
    return {**facts, **days, **usual}


def another_kind(
    facts: Facts, before: Start | None, start: Start, scene: Scene, standards: Standards
) -> Facts:
    """The draft as another kind: what was not touched is the new kind's, what was typed is kept."""
    fresh = begun_with(start, scene, standards)
    if before is None:
        return {**fresh, **facts, "kind_of_cycle": (start.kind,)}
    old = begun_with(before, scene, standards)
    touched_rows = of_step(facts, "requests") != of_step(old, "requests")
    kept = {
        name: said
        for name, said in facts.items()
        if (touched_rows and IN_A_ROW.fullmatch(name)) or (name == "rows" and touched_rows)
        or (not IN_A_ROW.fullmatch(name) and name != "rows" and said != old.get(name))
    }  # fmt: skip
    own = {name: said for name, said in fresh.items() if not (touched_rows and _of_rows(name))}
    return {**own, **kept, "kind_of_cycle": (start.kind,)}


def without_row(facts: Facts, number: int) -> Facts:
    """The draft without one of its requests; those below move up."""
    count = opening.rows(Typed({"rows": facts.get("rows", ("1",))}))
    found: Facts = {}
    for name, said in facts.items():
        row = IN_A_ROW.fullmatch(name)
        if row is None or int(row[1]) < number:
            found[name] = said
        elif int(row[1]) > number:
            found[f"r{int(row[1]) - 1}_{row[2]}"] = said
    return {**found, "rows": (str(max(count - 1, 1)),)}


def _of_rows(name: str) -> bool:
    return name == "rows" or bool(IN_A_ROW.fullmatch(name))
