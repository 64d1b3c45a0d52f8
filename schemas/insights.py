"""What many runs come to together, as the store counts it."""

from datetime import date

from pydantic import Field

from schemas.shape import Shape, Slug
from schemas.timing import Holder, Step


class StepSum(Shape):
    """How long a step took: the median of all cycles that have left it, and how many those are."""

    step: Step
    median: int | None
    cycles: int


class LeadSum(Shape):
    """How many requests somebody was asked, and how many came late."""

    lead: Slug
    asked: int
    late: int
    late_days: dict[int, int] = Field(default_factory=dict)
    """How many of the late ones that came at all were so many working days late."""


class KindSum(Shape):
    """Cycles of one kind: how many, how many were published, how many of those late."""

    kind: Slug
    cycles: int
    published: int
    late: int
    median: int | None
    """Working days from opening to publication."""


class QuarterSum(Shape):
    """A quarter: requests due in it and how many late; cycles published in it and how long they took."""

    first_on: date
    due: int
    late: int
    published: int
    days: dict[int, int] = Field(default_factory=dict)
    """How many of them took so many working days."""


class Insights(Shape):
    """How cycles run, of one kind and year or of all."""

    cycles: int
    sent_back_cycles: int
    sent_back: int
    more_time_cycles: int
    more_time: int
    behind: int
    """Cycles that have moved on since they were counted."""
    steps: tuple[StepSum, ...]
    held: dict[Holder, int]
    """Working days by side."""
    leads: tuple[LeadSum, ...]
    kinds: tuple[KindSum, ...]
    quarters: tuple[QuarterSum, ...]
    years: tuple[int, ...]
    """The programme years in which any cycle was opened, newest first."""
    all_kinds: tuple[Slug, ...]
