"""Successions: who stands for a cycle under which name, who takes over from whom, and from which day."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from schemas.shape import Instant, Shape, Slug, TextRef, later
from schemas.sources import Mark

Part = Literal["body", "office_holder", "force", "panel"]
"""What can be followed by another: the governing body, its office holder, the force, the panel."""


LABELS: dict[Part, str] = {
    "body": "Held to account by",
    "office_holder": "Office holder",
    "force": "Force",
    "panel": "Panel",
}
"""What papers write before the names of each part."""


class Called(Shape):
    """Who stands for one part of a cycle from its opening, under which name."""

    what: Part
    id: Slug
    name: TextRef


class TakesOver(Shape):
    """Somebody who takes over from a day; the names are texts, as every word is."""

    what: Part
    was: Slug | None = None
    was_name: TextRef | None = None
    to: Slug
    to_name: TextRef | None = None
    from_on: date
    reason: TextRef
    recorded_late: TextRef | None = later(None)
    """Why it was recorded after its day; None where it was in time."""


class Registered(Shape):
    """A body, force or panel as the register has it; its days are as sure as its mark."""

    what: Part
    id: Slug
    name: str
    from_on: date | None = None
    until_on: date | None = None
    """Its last day, where one is known."""
    source: str
    mark: Mark
    note: str = ""


class Announced(Shape):
    """What an office announced: who takes over from whom, from which day, why, and who said so when."""

    office: Slug
    what: Part
    was: Slug
    was_name: str
    to: Slug
    to_name: str
    from_on: date
    reason: str
    source: str | None = None
    """What it rests on, by the register of sources."""
    recorded_late: str | None = None
    announced_by: Slug
    announced_at: Instant | None = None
    """None until it is kept."""


class BothNames(Shape):
    """A name as papers show it: the one of the day, and those before it with the day on which each ended."""

    name: str
    before: tuple[tuple[date, str], ...] = ()
    """Newest first: the first day of its successor, and its name."""

    @classmethod
    def of(cls, steps: Iterable[tuple[date, str, str]], day: date, first: str = "") -> "BothNames | None":
        """Who stands on a day after steps of (day, name before, name after), in the order of their days.

        `first` is who stands before any of them; None where nobody is known.
        """
        taken = [(on, was or first, to) for on, was, to in steps if on <= day]
        name = taken[-1][2] if taken else first
        before = tuple((on, was) for on, was, _ in reversed(taken) if was)
        return cls(name=name, before=before) if name else None

    def __str__(self) -> str:
        """Both in words, such as `Mayor of Mercia (before 8 May 2028: Commissioner for Mercia)`."""
        said = "; ".join(f"before {day:%-d %B %Y}: {name}" for day, name in self.before)
        return f"{self.name} ({said})" if said else self.name
