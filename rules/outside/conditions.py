"""Whether an event is as a condition wants it, and in a sentence why not."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from schemas.outside import Condition, Op, OutsideEvent, Value

MOST_SAID = 60
"""Letters of an event's own words within our sentences."""
ATTRIBUTES = ("id", "source", "type", "subject")
"""What a rule may name of an event beside its data."""
NUMBERED = frozenset({"at_least", "at_most", "crosses_below", "crosses_above"})
"""Comparisons that need numbers."""
CROSSINGS = frozenset({"crosses_below", "crosses_above"})

OPS: Mapping[Op, str] = MappingProxyType(
    {
        "equals": "is",
        "one_of": "is one of",
        "at_least": "is at least",
        "at_most": "is at most",
        "crosses_below": "falls below",
        "crosses_above": "rises above",
        "contains": "contains",
        "present": "is named",
    }
)
"""How each comparison is read out."""


def fields_of(event: OutsideEvent) -> dict[str, Value]:
    """What a rule may name of an event: its data, and its own id, source, type and subject.

    Source: local.outside
    """
    own: dict[str, Value] = {name: getattr(event, name) for name in ATTRIBUTES}
    return {**own, **event.data}


def fails(condition: Condition, fields: Mapping[str, Value]) -> str | None:
    """Why an event is not as a condition wants it; None where it is.

    Source: local.outside
    """
    there = fields.get(condition.field)
    if condition.op == "present":
        wanted = bool(condition.value)
        if (there is not None) == wanted:
            return None
        return f"{condition.field} {'is missing' if wanted else 'is given'}"
    if there is None:
        return f"{condition.field} is missing"
    if condition.op in CROSSINGS:
        return _not_crossed(condition, there, fields.get(condition.before))
    if condition.op in NUMBERED and _number(there) is None:
        return f"{condition.field} is no number"
    if _MET[condition.op](there, condition.value):
        return None
    return f"{condition.field} is {said(there)}, and the rule wants: {in_words(condition)}"


def in_words(condition: Condition) -> str:
    """A condition as a sentence's part, such as `value rises above 300`.

    Source: local.outside
    """
    if condition.op == "present":
        return f"it {'names' if condition.value else 'does not name'} its {condition.field}"
    return f"{condition.field} {OPS[condition.op]} {said(condition.value)}"


def said(value: object) -> str:
    """A value as our sentences print it, shortened, on one line.

    Source: local.outside
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, tuple | list):
        return ", ".join(said(one) for one in value) or "an empty list"
    words = " ".join(str(value).split())
    return words if len(words) <= MOST_SAID else words[: MOST_SAID - 2].rstrip() + " …"


def _not_crossed(condition: Condition, there: Value, before: Value) -> str | None:
    now, was, line = _number(there), _number(before), _number(condition.value)
    if now is None:
        return f"{condition.field} is no number"
    if was is None:
        return f"{condition.before} is {'missing' if before is None else 'no number'}"
    if line is None:
        return "the rule names no number"
    if condition.op == "crosses_below":
        crossed = was >= line > now
        side, other = "below", "above"
    else:
        crossed = was <= line < now
        side, other = "above", "below"
    if crossed:
        return None
    if (now < line) if side == "below" else (now > line):
        return f"{condition.field} was {side} {said(line)} before"
    return f"{condition.field} is {said(now)}, which is not {side} {said(line)} ({other} it or on it)"


def _number(value: object) -> float | int | None:
    """A number, also one that was written as a text; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return value
    try:
        found = float(str(value)) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and abs(found) < float("inf") else None


def _same(there: Value, wanted: object) -> bool:
    if isinstance(there, tuple) or isinstance(wanted, tuple):
        return there == wanted
    if isinstance(there, bool) or isinstance(wanted, bool):
        return there is wanted
    numbers = (_number(there), _number(wanted))
    if None not in numbers:
        return numbers[0] == numbers[1]
    return str(there).strip().casefold() == str(wanted).strip().casefold()


def _one_of(there: Value, wanted: object) -> bool:
    choices = wanted if isinstance(wanted, tuple) else (wanted,)
    return any(_same(there, one) for one in choices)


def _contains(there: Value, wanted: object) -> bool:
    if isinstance(there, tuple):
        return any(_same(one, wanted) for one in there)
    return str(wanted).casefold() in str(there).casefold()


def _at_least(there: Value, wanted: object) -> bool:
    return (_number(there) or 0) >= (_number(wanted) or 0)


def _at_most(there: Value, wanted: object) -> bool:
    return (_number(there) or 0) <= (_number(wanted) or 0)


_MET: Mapping[str, Callable[[Value, Any], bool]] = MappingProxyType(
    {
        "equals": _same,
        "one_of": _one_of,
        "contains": _contains,
        "at_least": _at_least,
        "at_most": _at_most,
    }
)
