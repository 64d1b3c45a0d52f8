"""Outages: what the engine did late, and the stretches of time in which it did."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from schemas.shape import CycleRef, Instant, Shape


class Reaches(Protocol):
    """What reaches from an instant to another."""

    @property
    def planned_at(self) -> datetime:
        """When it should have been done."""
        ...

    @property
    def done_at(self) -> datetime:
        """When it was."""
        ...


class LateRow(Shape):
    """One duty or one letter that was done late, as it stands in the ledger."""

    cycle: CycleRef
    cycle_title: str
    duty: str
    """Its name in the record, such as `remind/1`, `release/2`, `letter/evidence_requested/1`."""
    planned_at: Instant
    late_by: timedelta

    @property
    def done_at(self) -> Instant:
        """When it was done, or when what it was left out for was done."""
        return self.planned_at + self.late_by


@dataclass(frozen=True, slots=True)
class LateSpan:
    """The same without its words: which entry of which ledger it is, and from when to when it reaches."""

    cycle: str
    version: int
    planned_at: datetime
    late_by: timedelta

    @property
    def done_at(self) -> datetime:
        """When it was done, or when what it was left out for was done."""
        return self.planned_at + self.late_by


class Late(Shape):
    """The same in words."""

    cycle: CycleRef
    cycle_title: str
    duty: str
    what: str
    planned_at: Instant
    done_at: Instant
    late_by: timedelta
    by: str
    """By how much, such as `2 hours 14 minutes`, or `6 days 3 hours (4 working days)`."""


class Outage(Shape):
    """Duties whose lateness overlaps in time: one thing was down."""

    began_at: Instant
    """When the first of them should have been done."""
    ended_at: Instant
    """When the last of them was."""
    lasted: str
    late: tuple[Late, ...]

    @property
    def cycles(self) -> int:
        """How many cycles it touched."""
        return len({one.cycle for one in self.late})


class OutagePart(Shape):
    """An outage as one page of the list shows it: the whole in numbers, and what of it stands there."""

    began_at: Instant
    ended_at: Instant
    lasted: str
    count: int
    """Duties and letters in the whole outage."""
    cycles: int
    first: int
    """The place in it of the first that stands here, from 1."""
    late: tuple[Late, ...]

    @property
    def last(self) -> int:
        """The place of the last that stands here."""
        return self.first + len(self.late) - 1


class OutagesPage(Shape):
    """One page of what was late, newest outage first, and how much there is in all."""

    parts: tuple[OutagePart, ...] = ()
    count: int = 0
    """Duties and letters on all pages."""
    outages: int = 0
    cycles: int = 0
