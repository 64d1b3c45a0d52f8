"""Fields of a form: what each asks, and how what was typed is read."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Literal

Kind = Literal[
    "line", "text", "day", "hour", "one", "choose", "many", "due", "tick", "items", "hidden", "number"
]
Values = dict[str, Any]
HOUR = re.compile(r"^([01]?[0-9]|2[0-3])[:.]([0-5][0-9])$")
NUMBER = re.compile(r"[0-9]{1,4}")
PARTS = ("day", "month", "year")
MOST_DAYS = 120
MOST_AFTER = 60
"""Working days after the session, as the shape of a budget has it."""
UNKEPT = ("csrf", "seen", "change", "more", "preview")


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen."""

    value: str
    text: str
    hint: str = ""
    group: str = ""


@dataclass(frozen=True)
class Field:
    """One question of a form. `missing` is what to say when it is left out."""

    name: str
    label: str
    kind: Kind = "line"
    hint: str = ""
    missing: str = ""
    options: tuple[Option, ...] = ()
    optional: bool = False
    start: str = ""
    rows: int = 4
    chosen: tuple[str, ...] = ()
    """What is ticked of several before anything was typed."""
    starts: Mapping[str, str] = field(default_factory=dict)
    """What the boxes of a due day start with, by the kind of the budget."""

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """The options under their headings, in the order in which they are given."""
        return [(name, list(some)) for name, some in groupby(self.options, key=lambda one: one.group)]

    @property
    def unanswerable(self) -> bool:
        """Whether one thing has to be chosen and there is none."""
        return self.kind in ("one", "choose", "many") and not self.options and not self.optional

    @property
    def first_input(self) -> str:
        """The id of the input that an error's link goes to."""
        suffix = {"day": "-day", "due": "-kind", "items": "-files"}
        return self.name + suffix.get(self.kind, "")


@dataclass(frozen=True)
class Typed:
    """What was typed, by the names of the inputs; empty when the form is first shown."""

    said: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def one(self, name: str, start: str = "") -> str:
        """What was typed into one input; before anything was typed, what the form starts with."""
        if not self.said:
            return start
        found = self.said.get(name)
        return found[0] if found else ""

    def all(self, name: str, start: Sequence[str] = ()) -> Sequence[str]:
        """What was chosen of several; before anything was typed, what the form starts with."""
        return self.said.get(name, ()) if self.said else start

    def pairs(self) -> list[tuple[str, str]]:
        """Every input with what was typed, for a form that sends the same again."""
        return [(name, value) for name, values in self.said.items() if name not in UNKEPT for value in values]


class FieldWrongError(Exception):
    """What was typed cannot be used; the words say what to do."""


@dataclass(frozen=True)
class Reading:
    """What a form's fields were read as, and what is wrong with them by field."""

    values: Values
    errors: dict[str, str]


def read(fields: Iterable[Field], typed: Typed) -> Reading:
    """The values of all fields, each wrong one with its sentence."""
    values: Values = {}
    errors: dict[str, str] = {}
    for one in fields:
        try:
            values[one.name] = READERS[one.kind](one, typed)
        except FieldWrongError as wrong:
            errors[one.name] = str(wrong)
    return Reading(values, errors)


def read_day(name: str, typed: Typed, missing: str, *, optional: bool = False) -> date | None:
    """A day from its three boxes."""
    parts = {part: typed.one(f"{name}-{part}").strip() for part in PARTS}
    left_out = [part for part, said in parts.items() if not said]
    if len(left_out) == len(PARTS):
        if optional:
            return None
        raise FieldWrongError(missing or "Enter the day, the month and the year")
    if left_out:
        raise FieldWrongError(f"The date must include a {' and a '.join(left_out)}")
    if not re.fullmatch(r"20\d\d", parts["year"]):
        raise FieldWrongError("The year must have four numbers, such as 2027")
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise FieldWrongError("The date must be a real date, such as 27 3 2027") from None


def _day(one: Field, typed: Typed) -> date | None:
    return read_day(one.name, typed, one.missing, optional=one.optional)


def _line(one: Field, typed: Typed) -> str:
    said = typed.one(one.name).strip()
    if not said and not one.optional:
        raise FieldWrongError(one.missing or f"Enter {one.label[:1].lower()}{one.label[1:]}")
    return said


def _hour(one: Field, typed: Typed) -> str:
    said = typed.one(one.name).strip()
    if not said and one.optional:
        return ""
    found = HOUR.match(said)
    if not found:
        raise FieldWrongError("Enter a time such as 14:00")
    return f"{int(found[1]):02d}:{found[2]}"


def _number(one: Field, typed: Typed) -> int:
    said = typed.one(one.name).strip()
    if not NUMBER.fullmatch(said):
        raise FieldWrongError(one.missing or "Enter a whole number, such as 10")
    return int(said)


def _one(one: Field, typed: Typed) -> str:
    said = typed.one(one.name)
    if said in {option.value for option in one.options}:
        return said
    if one.optional and not said:
        return ""
    raise FieldWrongError(one.missing or "Choose one of the list")


def _many(one: Field, typed: Typed) -> tuple[str, ...]:
    known = {option.value for option in one.options}
    chosen = tuple(value for value in typed.all(one.name) if value in known)
    if not chosen and not one.optional:
        raise FieldWrongError(one.missing or "Choose at least one")
    return chosen


def _tick(one: Field, typed: Typed) -> bool:
    ticked = typed.one(one.name) == "yes"
    if not ticked and not one.optional:
        raise FieldWrongError(one.missing or "Tick the box to go on")
    return ticked


def _due(one: Field, typed: Typed) -> Values:
    kind = typed.one(f"{one.name}-kind")
    if kind in ("working_days", "before_session", "after_session"):
        most = MOST_AFTER if kind == "after_session" else MOST_DAYS
        said = typed.one(f"{one.name}-{kind}").strip()
        if not said.isdecimal() or int(said) > most:
            raise FieldWrongError(f"Enter a number of working days, 0 to {most}")
        return {"kind": kind, "days": int(said)}
    if kind == "on_date":
        return {"kind": kind, "on": read_day(f"{one.name}-on", typed, "Enter the day on which it is due")}
    if kind == "at_session":
        return {"kind": kind}
    raise FieldWrongError(one.missing or "Choose when it is due")


def _hidden(one: Field, typed: Typed) -> str:
    return typed.one(one.name, one.start)


READERS: dict[Kind, Callable[[Field, Typed], Any]] = {
    "line": _line,
    "text": _line,
    "day": _day,
    "hour": _hour,
    "one": _one,
    "choose": _one,
    "many": _many,
    "number": _number,
    "due": _due,
    "tick": _tick,
    "items": lambda _one, _typed: (),
    "hidden": _hidden,
}
