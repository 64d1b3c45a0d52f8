"""How the plan is delivered: what the office says of each commitment each quarter, and what it froze."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.people import Actor
from schemas.shape import CommitmentRef, Digest, Instant, Shape, TextRef

Rating = Literal["red", "amber", "green", "none"]
"""`none`: nothing is known by which it could be rated."""


class Assessment(Shape):
    """What the office says of one commitment in one quarter; what it said before stays in the ledger."""

    commitment: CommitmentRef
    quarter_on: date
    """The first day of the quarter."""
    by_rule: Rating
    """What the rule said when this was written."""
    rating: Rating
    """What holds: the rule's, or an officer's where they gave a reason."""
    because: TextRef | None = None
    """Why it is not the rule's."""
    narrative: TextRef
    by: Actor
    at: Instant

    @property
    def overridden(self) -> bool:
        """Whether an officer set another rating than the rule."""
        return self.rating != self.by_rule


class Snapshot(Shape):
    """The delivery plan as it was frozen for the panel: kept by its digest, it never changes."""

    number: Annotated[int, Field(ge=1)]
    quarter_on: date
    table: Digest
    """The digest of the whole table, a text that only its own address needs."""
    lines: int
    by: Actor
    at: Instant
