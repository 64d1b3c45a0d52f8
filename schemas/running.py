"""What a running cycle takes with it when it continues afresh."""

from pydantic import Field

from schemas.cycle import Cycle
from schemas.notices import Notice
from schemas.outcomes import Receipt
from schemas.shape import CycleRef, Shape, later

WHOLE, BY_TRAY = 1, 2
"""Editions of the process. From the first a run has no later duty or letter left to learn; from the second
what only tells leaves by the out-tray, and the run itself sends reminders alone (ADR 0038)."""
NEWEST = BY_TRAY
"""The edition that a run begins with today."""


class Answered(Shape):
    """A key that has been answered, what it was for, and the answer."""

    content: str
    receipt: Receipt


class CycleStart(Shape):
    """The start of a run: only a reference at first, the whole state when it continues."""

    reference: CycleRef
    cycle: Cycle | None = None
    answered: dict[str, Answered] = Field(default_factory=dict)
    to_tell: tuple[Notice, ...] = ()
    whole: bool = later(default=False)
    """Whether this run does the duties that came with the whole process, from its first instant."""
    edition: int = later(default=0)
    """What this run knows from its first instant. What came later it learns, and its history marks where."""
    woken: bool = later(default=False)
    """Whether the cycle had closed and this run is started for one act."""
