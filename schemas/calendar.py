"""What the calendar and the plan's pages ask of the store."""

from datetime import date
from typing import Literal

from schemas.shape import CommitmentRef, CycleRef, Instant, Shape

Layer = Literal["own", "team", "force", "panel"]


class DueRow(Shape):
    """One thing on a day of the calendar, done or not."""

    cycle: CycleRef
    title: str
    key: str
    what: str
    number: str
    about: str
    owner: str | None
    due_at: Instant
    missed: bool
    done: bool
    layer: Layer
    forum: str | None = None
    meeting: str | None = None
    of_day: int
    """How many things there are on that day in all."""


class HeardRow(Shape):
    """How often published findings asked about a commitment in one quarter, and when last."""

    commitment: CommitmentRef
    quarter_on: date
    times: int
    last_at: Instant
    last: CycleRef


class MeasureFigure(Shape):
    """One figure of a measure, as it was taken in last for its period."""

    measure: str
    period: str
    value: float
    target: float | None = None
    title: str = ""
    unit: str = ""
    source: str = ""
    sure: str = ""
    as_at: str = ""
    received_at: Instant
