"""What somebody has read of the findings that they may sign."""

from datetime import date

from schemas.shape import CycleRef, Instant, Shape


class Seen(Shape):
    """A version that somebody has read, when first, and until when they put it off."""

    cycle: CycleRef
    version: int
    at: Instant
    until_on: date | None = None
