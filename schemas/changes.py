"""What a released change does to a cycle under way: another calendar edition, other standards."""

from typing import Literal

from schemas.clocks import Due
from schemas.evidence import RequestDraft
from schemas.shape import CalendarVersion, Instant, Shape, later
from schemas.standards import Standards


class PlannedRequest(Shape):
    """A request that is written but not yet sent: the engine sends it at `ask_at`."""

    request: int
    draft: RequestDraft
    ask_at: Instant | None
    """None while it waits for a session that has a day."""


class MovedDue(Shape):
    """A request whose due instant followed a session, a pause, or a change that a person released."""

    request: int
    due: Due | None
    was: Due | None


class MovedCheck(Shape):
    """A fact check whose window ends at another instant, after a pause or a change that a person released."""

    version: int
    due: Due
    was: Due


class CalendarChanged(Shape):
    """The cycle counts by a newer edition from now on: which one, which before, and what moved."""

    kind: Literal["CalendarChanged"] = "CalendarChanged"
    calendar: CalendarVersion
    was: CalendarVersion
    moved: tuple[MovedDue, ...] = ()
    planned: tuple[PlannedRequest, ...] = ()
    fact_checks: tuple[MovedCheck, ...] = later(())


class StandardsChanged(Shape):
    """The cycle follows a newer edition of its kind's local standards from now on."""

    kind: Literal["StandardsChanged"] = "StandardsChanged"
    standards: Standards
    was_edition: int
    moved: tuple[MovedDue, ...] = ()
    planned: tuple[PlannedRequest, ...] = ()
