"""Every command at every stage: what is decided is a refusal, or events that apply and can be written."""

import json
from functools import cache
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from reference.catalogue import demonstration_people, plan
from rules import duties
from rules.acting.authority import MAY
from rules.apply import add_up
from rules.decide import DECISIONS, decide
from rules.deciding.moment import Moment
from rules.doorway import check_command, check_words
from rules.telling.notices import notices
from rules.writing import act_of, entries_of, writing_of
from schemas.commands import AnyCommand
from schemas.cycle import Cycle, Stage
from schemas.outcomes import Allowed, Refused
from schemas.people import Role
from schemas.records import Entry
from tests import scenario as s
from tests.fuzz.shapes import Strategy, Values, spoil
from tests.rules.acting import REF
from tests.rules.acts import one_of_each
from tests.rules.staged import AT
from tests.rules.table import MONDAY, Table

ANY: TypeAdapter[AnyCommand] = TypeAdapter(AnyCommand)
SCHEMA = ANY.json_schema()
VALUES = Values(SCHEMA)
KINDS = ("OpenCycle", *DECISIONS)
STAGES = tuple(AT)
PEOPLE = demonstration_people()
PLAN = plan()
NAMING = ("kind", "cycle", "key", "actor")
HELD = {role: [one.id for one in PEOPLE.values() if one.role == role] for role in Role}


class NotAnAnswerError(AssertionError):
    """What came is neither a refusal with its sentence nor events that apply."""


@cache
def at(stage: Stage) -> tuple[Table, Cycle]:
    """The table of a cycle at a stage, and the cycle; nobody changes either."""
    table = AT[stage]()
    return table, table.cycle


def lawful_actor(kind: str) -> Strategy:
    """Mostly somebody who may; now and then the right person in the wrong role, or nobody at all."""
    pairs = [{"person": one, "role": role.value} for role in sorted(MAY[kind]) for one in HELD.get(role, ())]
    wrong = [{"person": "nobody", "role": "policy_officer"}, {"person": "commissioner", "role": "public"}]
    return st.sampled_from([*pairs * 4, *wrong] or wrong)


@st.composite
def shaped(draw: st.DrawFn) -> tuple[Stage, bytes]:
    """A stage, and a command as its shape allows it."""
    kind = draw(st.sampled_from(KINDS))
    facts = draw(VALUES.of({"$ref": f"#/$defs/{kind}"}))
    own = {"kind": kind, "cycle": REF, "key": "fuzz-key-0001", "actor": draw(lawful_actor(kind))}
    return draw(st.sampled_from(STAGES)), json.dumps({**facts, **own}).encode()


@cache
def examples() -> tuple[dict[str, Any], ...]:
    """One command of every kind as a program would write it."""
    return tuple(one.model_dump(mode="json") for one in one_of_each(MONDAY).values())


@st.composite
def mutated(draw: st.DrawFn) -> tuple[Stage, bytes]:
    """A stage, and an ordinary command of which some places hold something else."""
    facts = json.loads(json.dumps(draw(st.sampled_from(examples()))))
    for _ in range(draw(st.integers(1, 3))):
        spoil(draw, facts, NAMING)
    return draw(st.sampled_from(STAGES)), json.dumps(facts).encode()


def command_of(content: bytes) -> AnyCommand | None:
    """The command, as every door reads it; None where it is refused for its shape."""
    try:
        return ANY.validate_json(content)
    except ValidationError:
        return None


def decided(given: tuple[Stage, bytes]) -> str:
    """Decide, apply and write down; what it came to."""
    stage, content = given
    command = command_of(content)
    if command is None:
        return "not a command"
    table, cycle = at(stage)
    _doorway(command)
    before = None if command.kind == "OpenCycle" else cycle
    decision = decide(before, command, Moment(now=table.now, calendar=table.calendar))
    if isinstance(decision, Refused):
        return _refusal(decision)
    if not isinstance(decision, Allowed):
        raise NotAnAnswerError(f"{decision!r}")
    entries = entries_of(act_of(command), decision.events, table.now, before)
    if not entries:
        return "changed nothing"
    _written(entries, before, table)
    return "events"


def _doorway(command: AnyCommand) -> None:
    for refused in (check_words(s.WORDS.kept), check_command(command, PEOPLE, PLAN, demonstration=True)):
        if refused is not None:
            _refusal(refused)


def _refusal(refused: Refused) -> str:
    if not (refused.code and refused.message.strip() and refused.source):
        raise NotAnAnswerError(f"a refusal that says nothing: {refused!r}")
    return "refused"


def _written(entries: tuple[Entry, ...], before: Cycle | None, table: Table) -> None:
    """What the engine does with events: adds them up, writes rows, tells people, looks ahead."""
    after = add_up(entries, before)
    if after.version != (before.version if before else 0) + len(entries):
        raise NotAnAnswerError("the entries do not follow from the cycle")
    for one in entries:
        if Entry.model_validate_json(one.model_dump_json()) != one:
            raise NotAnAnswerError(f"an entry that reads otherwise than it was written: {one!r}")
    writing_of(entries, after, table.calendar).model_dump_json()
    if Cycle.model_validate_json(after.model_dump_json()) != after:
        raise NotAnAnswerError("a cycle that reads otherwise than it was written")
    duties.duties(after, table.calendar)
    for one in entries:
        notices(one, after)


__all__ = ["NotAnAnswerError", "decided", "mutated", "shaped"]
