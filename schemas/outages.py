"""Outages: what the engine did late, and the stretches of time in which it did."""

from datetime import timedelta

from schemas.shape import CycleRef, Instant, Shape


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
