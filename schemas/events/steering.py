"""What happened to a cycle as a whole, and what the engine noticed by itself."""

from datetime import date, timedelta
from typing import Literal

from schemas.changes import MovedCheck, MovedDue, PlannedRequest
from schemas.clocks import Due
from schemas.inspections import InspectionReport
from schemas.shape import (
    ActionNumber,
    CalendarVersion,
    CommitmentRef,
    Instant,
    Shape,
    SlotNumber,
    Slug,
    TextRef,
    later,
)
from schemas.standards import Standards
from schemas.successions import Called, Part


class CycleOpened(Shape):
    kind: Literal["CycleOpened"] = "CycleOpened"
    title: TextRef
    theme: Slug
    commitments: tuple[CommitmentRef, ...]
    question: TextRef
    standards: Standards
    calendar: CalendarVersion
    body: Slug
    set_back: timedelta = timedelta(0)
    planned: tuple[PlannedRequest, ...] = ()
    called: tuple[Called, ...] = later(())
    slot: SlotNumber | None = later(None)
    """Its place in the programme, where the programme opened it."""
    report: InspectionReport | None = later(None)
    """The inspection report on which comments are owed, where it was opened for one."""


class CyclePaused(Shape):
    kind: Literal["CyclePaused"] = "CyclePaused"
    reason: TextRef


class CycleResumed(Shape):
    kind: Literal["CycleResumed"] = "CycleResumed"
    moved: tuple[MovedDue, ...] = ()
    fact_checks: tuple[MovedCheck, ...] = later(())


class CycleCancelled(Shape):
    kind: Literal["CycleCancelled"] = "CycleCancelled"
    reason: TextRef


class CycleClosed(Shape):
    kind: Literal["CycleClosed"] = "CycleClosed"


class DutyMissed(Shape):
    """Something owed was not there when it was due: a return, an action's proof, a notice, a publication."""

    kind: Literal["DutyMissed"] = "DutyMissed"
    duty: Literal["return", "action", "notice", "findings", "comments"]
    request: int | None = None
    action: ActionNumber | None = None
    session: int | None = later(None)
    """The session whose notice was owed, or after which the findings were."""
    due: Due


class DutyFiredLate(Shape):
    """Something the engine owed at an instant was done later than that, as after an outage."""

    kind: Literal["DutyFiredLate"] = "DutyFiredLate"
    duty: str
    """Which duty, such as `remind/1` or `release/2`."""
    planned_at: Instant
    late_by: timedelta


class CommentsReminded(Shape):
    """The office was reminded of the comments that it owes on an inspection report."""

    kind: Literal["CommentsReminded"] = "CommentsReminded"
    rung: int
    """Of the ladder: so many working days from the last day."""
    due_on: date
    told: tuple[Slug, ...]


class WakeSet(Shape):
    kind: Literal["WakeSet"] = "WakeSet"
    wake: int
    on: date
    about: TextRef


class WakeDelivered(Shape):
    kind: Literal["WakeDelivered"] = "WakeDelivered"
    wake: int
    told: tuple[Slug, ...]


class BodySucceeded(Shape):
    """Another body, office holder, force or panel has taken over, with effect from a day."""

    kind: Literal["BodySucceeded"] = "BodySucceeded"
    what: Part
    was: Slug | None
    to: Slug
    from_on: date
    reason: TextRef
    was_name: TextRef | None = later(None)
    to_name: TextRef | None = later(None)
    recorded_late: TextRef | None = later(None)
    """Why it was recorded only after its day."""
