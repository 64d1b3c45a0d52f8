"""The rules with an office's own numbers in them: as they came, or as the office changed them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError

from reference.catalogue import FOLDER, standards
from reference.places import FileError
from reference.standing import plain
from rules.law.register import RULES as OPEN
from rules.law.register import rule
from rules.windows import BY_THE_HOUR, IN_KIND, OWN, by_standards, by_window, fault, in_force
from schemas.counting import Rule
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.standards import StandardsEdition
from schemas.windows import Window, WindowEdition

NAME = "windows.yaml"
SHIPPED_BY = "the product"
USUAL = "performance"
"""The kind of cycle by whose standards a date is worked out where no kind is named."""


@dataclass(frozen=True)
class OfOffice:
    """What an office has changed since: its editions of windows and of standards, oldest first."""

    windows: tuple[WindowEdition, ...] = ()
    standards: tuple[StandardsEdition, ...] = ()

    def editions(self, name: str) -> tuple[WindowEdition, ...]:
        """Every edition of one rule's window, the shipped one first."""
        first = WindowEdition(window=windows()[name], changed_by=SHIPPED_BY)
        return (first, *(one for one in self.windows if one.window.id == name))

    def titled(self, people: Mapping[str, Person]) -> "OfOffice":
        """The same with the titles of people instead of their ids, as everybody may read them."""

        def told(who: str) -> dict[str, str]:
            return {"changed_by": people[who].title if who in people else who}

        return OfOffice(
            tuple(one.model_copy(update=told(one.changed_by)) for one in self.windows),
            tuple(one.model_copy(update=told(one.changed_by)) for one in self.standards),
        )

    def kinds(self, kind: str) -> tuple[StandardsEdition, ...]:
        """Every edition of one kind's standards, the shipped one first."""
        first = StandardsEdition(standards=standards()[kind], changed_by=SHIPPED_BY)
        return (first, *(one for one in self.standards if one.standards.id == kind))


SHIPPED = OfOffice()


def asks_office(name: str) -> bool:
    """Whether a rule's number is an office's own, so that the office has to be asked for it."""
    return name in OWN or name in IN_KIND or name in BY_THE_HOUR


def rule_of(
    name: str, of: OfOffice = SHIPPED, on: date | None = None, kind: str | None = None
) -> Rule | Refused:
    """A rule with the number in force for a clock that starts on a day; without a day, the newest.

    Where the number stands in the standards of a kind of cycle, `kind` says of which.
    """
    found = rule(name)
    if isinstance(found, Refused):
        return found
    if found.id in OWN:
        return by_window(found, in_force(of.editions(found.id), on))
    if not asks_office(found.id):
        return found
    if (kind or USUAL) not in standards():
        return Refused(
            code="unknown_kind",
            message=f"There is no such kind of cycle. Write one of: {', '.join(standards())}.",
            source="process.wrong-input",
            field="kind",
        )
    return by_standards(found, in_force(of.kinds(kind or USUAL), on))


def law(of: OfOffice = SHIPPED) -> Mapping[str, Rule]:
    """Every rule by its id, with the newest numbers of an office."""
    made = {name: rule_of(name, of) for name in OPEN}
    return MappingProxyType({name: one for name, one in made.items() if isinstance(one, Rule)})


def windows_in(text: str, name: str) -> tuple[Window, ...]:
    """The windows in a file, which has to have one for every rule that needs its own.

    Raises: FileError: something is missing or cannot be meant; the message names file, rule and field.
    """
    try:
        facts: Any = yaml.safe_load(text)
    except yaml.YAMLError:
        raise FileError(f"{name}: this is not YAML. Mind colons and indents.") from None
    if not isinstance(facts, list) or not all(isinstance(one, dict) for one in facts):
        raise FileError(f"{name}: write one window or more, as in reference/{NAME}.")
    found = tuple(_one(one, name) for one in facts)
    ids = [one.id for one in found]
    if len(set(ids)) != len(ids):
        raise FileError(f"{name}: a rule stands here twice: {', '.join(ids)}.")
    if missing := [one for one in OWN if one not in ids]:
        raise FileError(f"{name}: these rules have no window: {', '.join(missing)}.")
    return found


@cache
def windows() -> dict[str, Window]:
    """The windows that came with the product, by the ids of their rules."""
    return {one.id: one for one in windows_in((FOLDER / NAME).read_text("utf8"), NAME)}


def _one(facts: dict[str, Any], name: str) -> Window:
    said = str(facts.get("id", "a window without id"))
    if strange := [str(one) for one in facts if one not in Window.model_fields]:
        raise FileError(f"{name}, {said}, {strange[0]}: this is not a field here.")
    try:
        made = Window.model_validate(facts)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise FileError(f"{name}, {said}, {where}: {plain(first['type'], first['msg'])}.") from None
    if found := fault(made):
        raise FileError(f"{name}, {said}, {found[0]}: {found[1]}.")
    return made


RULES = law()
"""Every rule by its id, with the numbers that came with the product."""
