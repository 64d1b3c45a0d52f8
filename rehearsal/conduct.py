"""How people keep their dates: who is early, late or silent, and what the office takes its time over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Manner = Literal["early", "on time", "late", "silent"]
AFTER_DRAFT = 3
"""Working days from the draft to its publication, where nothing else is said: two signatures and a day."""


@dataclass(frozen=True)
class Answering:
    """How somebody keeps a date: so many working days before or after it, or not at all."""

    manner: Manner = "on time"
    days: int = 0

    @property
    def offset(self) -> int | None:
        """Working days from the due day; None for somebody who says nothing."""
        return {"early": -self.days, "on time": 0, "late": self.days}.get(self.manner)


@dataclass(frozen=True)
class ScriptedAction:
    """One action that the session agrees on."""

    what: str
    owner: str
    due_after: int
    done: Answering


@dataclass(frozen=True)
class Conduct:
    """What the people of one run do: each lead in their own manner, the rest in that of everybody."""

    leads: Mapping[str, Answering] = field(default_factory=dict)
    everybody: Answering = field(default_factory=Answering)
    acknowledges: bool = True
    """Whether a lead says that a request was seen, on the next working day."""
    reviews_after: int = 2
    sends_back: frozenset[int] = frozenset()
    judges: bool = True
    """Whether the Commissioner's judgements are recorded at the session; no day hangs on them."""
    drafted_after: int = 5
    published_after: int | None = None
    """Working days from the session to the publication; three after the draft where nothing is said."""
    actions: tuple[ScriptedAction, ...] = ()
    """What the session agrees on, in this order."""

    def lead(self, person: str) -> Answering:
        """How a lead answers."""
        return self.leads.get(person, self.everybody)

    def owner(self, place: int) -> Answering:
        """How the owner of a cycle's action, by its place, keeps its day."""
        return self.actions[place].done if place < len(self.actions) else Answering()

    @property
    def publishes_after(self) -> int:
        """Working days from the session to the publication."""
        return self.drafted_after + AFTER_DRAFT if self.published_after is None else self.published_after
