"""Places in a YAML file: every value knows its line, so that what is wrong can be said where it stands."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import yaml

from rules.clocks import instant
from schemas.clocks import AfterSession, AtSession, BeforeSession, Budget, OnDate, WorkingDays
from schemas.shape import Instant

MOST_LETTERS = 1_000_000
T = TypeVar("T")
YES = {"yes": True, "true": True, "no": False, "false": False}
DAYS = re.compile(r"(\d{1,3}) working days?(?: (before|after) (?:the )?session)?")
MOST_DAYS = {None: 260, "before": 120, "after": 60}
A_DUE = (
    'write "5 working days before session", "3 working days after session", "10 working days", '
    '"at session" or a day such as 2026-12-10'
)
A_DAY = "write a day such as 2026-12-10"
AN_INSTANT = "write a day and an hour in London, such as 2026-12-10 14:00"


class FileError(Exception):
    """Something in a file cannot be used; the message says where and what to write instead."""


@dataclass(frozen=True)
class Place:
    """One value of a file: where it stands and what is written there."""

    file: str
    path: str
    node: yaml.Node

    @classmethod
    def of(cls, text: str, name: str) -> "Place":
        """The whole of a file.

        Raises: FileError: it is empty, too long or not YAML.
        """
        if len(text) > MOST_LETTERS:
            raise FileError(f"{name}: the file is too long to be read. Write one cycle in it.")
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as wrong:
            mark = getattr(wrong, "problem_mark", None)
            line = f", line {mark.line + 1}" if mark else ""
            problem = getattr(wrong, "problem", None) or "it cannot be read"
            raise FileError(f"{name}{line}: this is not YAML ({problem}). Mind colons and indents.") from None
        if node is None:
            raise FileError(f"{name}: the file is empty.")
        return cls(name, "", node)

    @property
    def line(self) -> int:
        """The line on which the value begins."""
        return int(self.node.start_mark.line) + 1

    def error(self, write: str) -> FileError:
        """What is wrong here, as an exception to raise: where it stands, and what to write."""
        where = f", {self.path}" if self.path else ""
        return FileError(f"{self.file}, line {self.line}{where}: {write}.")

    def fields(self, known: Mapping[str, str], optional: Collection[str] = ()) -> dict[str, "Place"]:
        """The fields written here. `known` says what each is for; those not optional have to be there."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error(f"write fields here: {', '.join(known)}")
        found: dict[str, Place] = {}
        for key, value in self.node.value:
            name = str(key.value)
            at = Place(self.file, self._inside(name), value)
            if name not in known:
                near = get_close_matches(name, known, 1, 0.6)
                raise Place(self.file, self._inside(name), key).error(
                    f'"{name}" is not a field here; ' + (f"write {near[0]}" if near else f"use {_or(known)}")
                )
            if name in found:
                raise at.error("this field is written twice; keep one")
            found[name] = at
        for name, purpose in known.items():
            if name not in found and name not in optional:
                raise self.error(f"{name} is missing; write {purpose}")
        return {name: at for name, at in found.items() if name not in optional or not at.blank}

    def entries(self) -> dict[str, "Place"]:
        """Every name written here with its value, whatever the names are.

        Raises: FileError: this is not a list of names and values.
        """
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("write names and values here, such as acc-local-policing: on time")
        names = [(str(key.value), value) for key, value in self.node.value]
        return {name: Place(self.file, self._inside(name), value) for name, value in names}

    def each(self) -> list["Place"]:
        """The entries of the list written here; one value alone counts as a list of one."""
        if isinstance(self.node, yaml.SequenceNode):
            return [
                Place(self.file, f"{self.path} {n}", node) for n, node in enumerate(self.node.value, start=1)
            ]
        return [] if self.blank else [self]

    @cached_property
    def blank(self) -> bool:
        """Whether nothing is written here."""
        return isinstance(self.node, yaml.ScalarNode) and (
            self.node.tag == "tag:yaml.org,2002:null" or not str(self.node.value).strip()
        )

    def words(self) -> str:
        """The text written here."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.error("write a text; put it in quotes if it holds a colon")
        if self.blank:
            raise self.error("nothing is written here; write a text")
        return str(self.node.value).strip()

    def one_of(self, choices: Collection[str]) -> str:
        """One of some words."""
        said = self.words()
        if said in choices:
            return said
        raise self.error(f'"{said}" is not known; write {_or(choices)}')

    def matching(self, pattern: str, write: str) -> str:
        """A text of a certain form."""
        said = self.words()
        if not re.fullmatch(pattern, said):
            raise self.error(f'"{said}" cannot be used; write {write}')
        return said

    def slug(self, write: str) -> str:
        """An id: small letters, digits and dashes."""
        return self.matching(r"[a-z0-9][a-z0-9_-]{0,63}", write)

    def commitment(self) -> str:
        """The reference of a commitment."""
        return self.matching(r"[A-Z]{2,5}-[A-Z]{2,12}-[0-9]{2,3}", "a commitment such as SWM-REASSURE-03")

    def yes(self) -> bool:
        """Yes or no."""
        return YES[self.one_of(YES)]

    def whole(self, most: int = 260) -> int:
        """A whole number of days."""
        said = self.words()
        if not said.isdecimal() or int(said) > most:
            raise self.error(f'"{said}" cannot be used; write a whole number up to {most}')
        return int(said)

    def day(self) -> date:
        """A civil day."""
        return self._or(day_in(self.words()), A_DAY)

    def instant(self) -> Instant:
        """A day and an hour in London."""
        return self._or(instant_in(self.words()), AN_INSTANT)

    def budget(self) -> Budget:
        """When something is due."""
        found = budget_in(self.words())
        if found is None:
            raise self.error(f'"{self.words()}" is not a due date; {A_DUE}')
        return found

    def _or(self, found: T | None, write: str) -> T:
        if found is None:
            raise self.error(f'"{self.words()}" cannot be used; {write}')
        return found

    def _inside(self, name: str) -> str:
        return f"{self.path}, {name}" if self.path else name


def text_of(file: Path) -> str:
    """What a file of the office holds.

    Raises: FileError: it cannot be read.
    """
    try:
        return file.read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError):
        raise FileError(
            f"{file}: this file cannot be read. Is it there, in UTF-8, and ours to read?"
        ) from None


def day_in(words: str) -> date | None:
    """The day that words such as `2026-12-10` mean; None where they mean none."""
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        return None


def instant_in(words: str) -> Instant | None:
    """The instant that words such as `2026-12-10 14:00` mean in London; None where they mean none."""
    try:
        at = datetime.fromisoformat(words.strip())
    except ValueError:
        return None
    hour_is_given = ":" in words
    return instant(at.date(), f"{at:%H:%M}") if hour_is_given and at.tzinfo is None else None


def budget_in(words: str) -> Budget | None:
    """The budget that words such as `5 working days before session` mean; None where they mean none."""
    said = " ".join(words.lower().split())
    if said in ("at session", "at the session"):
        return AtSession()
    if on := day_in(said):
        return OnDate(on=on)
    found = DAYS.fullmatch(said)
    if found is None or int(found[1]) > MOST_DAYS[found[2]]:
        return None
    days = int(found[1])
    if found[2] is None:
        return WorkingDays(days=days)
    return BeforeSession(days=days) if found[2] == "before" else AfterSession(days=days)


def _or(choices: Collection[str]) -> str:
    *others, last = choices
    return f"{', '.join(others)} or {last}" if others else last
