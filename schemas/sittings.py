"""A session while it sits: which item is under way, and what was jotted down beside the record."""

from schemas.shape import CycleRef, Instant, Shape, Slug


class UnderWay(Shape):
    """The item that the room is at, and who said so."""

    item: int
    by: Slug
    at: Instant


class Jotting(Shape):
    """Words jotted down to write the notes from. They are working papers, not part of the record."""

    cycle: CycleRef
    item: int
    by: Slug
    at: Instant
    words: str
