"""What-if: what is supposed about a cycle under way, what its fork takes along, and what would come of it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.clocks import Calendar
from schemas.people import Person
from schemas.plans import Plan
from schemas.records import Entry
from schemas.sessions import OfficeForum
from schemas.shape import ActionNumber, CalendarVersion, CycleRef, Instant, Shape, Slug, TextRef
from schemas.windows import WindowEdition

MOST_LATE = 60
"""Working days. Somebody who is later than a quarter of a year is silent."""
FARTHEST_MOVE = 365
"""Calendar days by which a session may be supposed to move."""
MOST_HOLIDAYS = 10

Kept = Literal["met", "late", "never", "none"]
"""How a thing owed ends in one run: in time, late, not at all, or it is not owed in that run."""


class Supposition(Shape):
    """What is supposed. Everything that it does not name goes as it would go anyway."""

    force_late_days: Annotated[int, Field(ge=1, le=MOST_LATE)] | Literal["silent"] | None = None
    """Working days by which every owed return comes after its due day; or the force sends nothing."""
    session_moves_days: Annotated[int, Field(ge=-FARTHEST_MOVE, le=FARTHEST_MOVE)] | None = None
    """Calendar days by which the next session is moved; before it is negative."""
    holidays: Annotated[tuple[date, ...], Field(max_length=MOST_HOLIDAYS)] = ()
    """Days that are proclaimed bank holidays now."""
    office_late_days: Annotated[int, Field(ge=1, le=MOST_LATE)] | None = None
    """Working days by which the office looks at every return later than its own standard."""


class Fork(Shape):
    """Everything recorded that a cycle needs to run on in an engine of its own."""

    entries: Annotated[tuple[Entry, ...], Field(min_length=1)]
    people: tuple[Person, ...]
    plan: Plan | None
    windows: tuple[WindowEdition, ...]
    calendar: Calendar
    forums: tuple[OfficeForum, ...]
    at: Instant
    """The true instant at which it was taken."""


class Supposing(Shape):
    """What is handed to the process that works a what-if out."""

    fork: Fork
    supposition: Supposition


class Mark(Shape):
    """One thing owed in one run: when, and when it would be done."""

    key: str
    what: str
    number: str
    owner: Slug | None
    due_at: Instant
    done_at: Instant | None

    @property
    def kept(self) -> Kept:
        """Whether it would be done, and in time."""
        if self.done_at is None:
            return "never"
        return "met" if self.done_at <= self.due_at or self.what == "session" else "late"


class Row(Shape):
    """One thing owed in both runs, side by side."""

    key: str
    what: str
    number: str
    title: TextRef | None
    owner: Slug | None
    due_before: Instant | None
    due_after: Instant | None
    done_before: Instant | None
    done_after: Instant | None
    before: Kept
    after: Kept
    because: tuple[str, ...] = ()
    """What moved it, one sentence each."""
    why: str = ""
    """The sum of the new day in words, where the day moved."""

    @property
    def moved(self) -> bool:
        """Whether the day on which it is owed, or done, is another."""
        return (self.due_before, self.done_before) != (self.due_after, self.done_after)

    @property
    def newly_missed(self) -> bool:
        """Whether it would be missed, and is not as things stand."""
        return self.after in ("late", "never") and self.before not in ("late", "never")


class Letter(Shape):
    """One letter that would go out and does not as things stand."""

    template: str
    at: Instant
    to: tuple[Slug, ...]
    request: int | None = None
    action: ActionNumber | None = None


class Undone(Shape):
    """An act that somebody would have tried in vain, and why it was refused."""

    kind: str
    at: Instant
    message: str
    supposed: bool
    """Whether it is refused only in the run with the supposition."""


class WhatIf(Shape):
    """The answer: one sentence, then both runs side by side."""

    cycle: CycleRef
    supposition: Supposition
    at: Instant
    """The cycle's own instant from which both runs go on."""
    version: int
    """The version of the cycle's ledger that was taken along."""
    summary: str
    misses: tuple[str, ...]
    """What would miss what, one sentence each."""
    rows: tuple[Row, ...]
    letters: tuple[Letter, ...]
    fewer_letters: int
    undone: tuple[Undone, ...]
    ends_before: Instant
    ends_after: Instant
    calendar: CalendarVersion
    """The edition by which the run with the supposition counts."""
    seconds: float
