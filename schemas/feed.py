"""The feed: everything that was recorded, in one order, and the CloudEvent that each entry becomes."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field

from schemas.programme.records import ProgrammeEntry
from schemas.records import Entry
from schemas.shape import CycleRef, Instant, Marking, Shape

Scope = Literal["public", "office"]
"""Who may hear: everybody, what is public once it is published; the office, everything."""

Source = Literal["cycles", "programmes"]
"""The ledgers that can be followed, each with positions of its own."""

Place = Annotated[int, Field(ge=0)]
"""A position in the feed; 0 is before everything."""


class Cursor(Shape):
    """How far a reader has got: the last entry seen, and the position at which it came out.

    The two differ where findings were published: then their earlier entries come out with them.
    """

    shown: Place = 0
    position: Place = 0

    @property
    def text(self) -> str:
        """As it is written in an address: one number where both are the same, such as `812` or `812.640`."""
        return f"{self.shown}" if self.shown == self.position else f"{self.shown}.{self.position}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The cursor that was written so.

        Raises: ValueError: it is not one.
        """
        shown, _, position = text.strip().partition(".")
        if not (shown.isascii() and shown.isdecimal() and len(shown) < MOST_DIGITS):
            raise ValueError("not a cursor")
        if position and not (position.isascii() and position.isdecimal() and len(position) < MOST_DIGITS):
            raise ValueError("not a cursor")
        return cls(shown=int(shown), position=int(position or shown))


MOST_DIGITS = 19
"""A position is a number of eighteen digits at the most."""


class FeedEntry(Shape):
    """An entry with its place in the feed."""

    entry: Entry | ProgrammeEntry
    cursor: Cursor


class Wanted(Shape):
    """What a reader wants to hear: a scope, and only some kinds or one cycle where they say so."""

    scope: Scope
    kinds: tuple[str, ...] = ()
    cycle: CycleRef | None = None


class Passage(Shape):
    """A stretch of the feed: its entries in order, and how far it reaches even where nothing was wanted."""

    entries: tuple[FeedEntry, ...]
    through: Cursor
    more: bool
    """Whether there may be more already."""


class CloudEvent(Shape):
    """One entry as the outside hears of it, after CloudEvents 1.0 (https://cloudevents.io)."""

    specversion: Literal["1.0"] = "1.0"
    id: str
    source: str
    type: str
    subject: str
    time: Instant
    datacontenttype: Literal["application/json"] = "application/json"
    marking: Marking
    sequence: str
    """The entry's number within its cycle, written so that its order as text is its order."""
    scope: Scope
    data: dict[str, Any]
