"""The post after it was handed over: to whom each message went, what became of it, and what is sent again."""

from datetime import date, timedelta
from typing import Literal

from schemas.notices import Notice
from schemas.shape import CycleRef, Instant, Shape, Slug, later

PostState = Literal["sending", "sent", "delivered", "bounced"]
Choice = Literal["each", "daily", "weekly"]
"""How somebody wants to hear of what may wait."""


class Posted(Shape):
    """One message to one person, and what is known of it."""

    reference: str
    """The message's own name and a digest of the address: what a receipt names it by."""
    notice: Notice
    person: Slug
    address: str
    at: Instant
    state: PostState
    state_at: Instant
    why: str | None = None
    again: str | None = later(None)
    """The key of the notice that was sent in its place, once the address was put right."""

    @property
    def cycle(self) -> CycleRef:
        """The cycle that it is about."""
        return self.notice.cycle


class Receipt(Shape):
    """What a mail server or GOV.UK Notify says became of a message."""

    reference: str
    state: Literal["delivered", "bounced"]
    at: Instant
    why: str | None = None


class Again(Shape):
    """A notice that is sent once more to one person, at an address put right."""

    notice: Notice
    was: str
    reference: str
    """Of the message that came back."""
    address_was: str
    address: str
    why: str
    by: Slug
    at: Instant


class Outgoing(Shape):
    """A letter in the out-tray."""

    number: int
    """In the order in which they were left."""
    notice: Notice
    tries: int
    """How often it was tried and did not go."""
    set_back: timedelta
    """How far its cycle's clock is set back: the post reads the true one."""


class Waiting(Shape):
    """A line of somebody's digest: a letter that may wait."""

    notice: str
    person: Slug
    cycle: CycleRef
    subject: str
    path: str
    at: Instant


class Digest(Shape):
    """The lines that go to one person in one mail; its key names that mail for ever."""

    key: str
    person: Slug
    lines: tuple[Waiting, ...]


class Morning(Shape):
    """A day on which digests go out."""

    on: date
    weekly: bool
    """Whether those that are sent once a week go too."""


class Invitation(Shape):
    """A meeting as an attachment that calendar programs take in, and where the same can be fetched."""

    content: bytes
    path: str
    method: Literal["REQUEST", "CANCEL"]


class Edition(Shape):
    """An office's own words for a letter; without a text, the product's words hold again."""

    name: str
    version: int
    text: str | None
    by: Slug
    at: Instant
    why: str
