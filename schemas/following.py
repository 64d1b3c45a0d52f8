"""Followers: who wants to hear of what by mail, what they are told, and what the public asks."""

from typing import Literal

from schemas.shape import CycleRef, Instant, Shape, Slug

What = Literal["published", "corrected", "withdrawn", "late", "checkpoint"]


class Follower(Shape):
    """One address and one thing that it follows."""

    id: int
    address: str
    what: str
    """`all`, `late`, `ledger`, or `objective:`, `commitment:` or `cycle:` with its name."""
    token: str
    """The secret of its links: whoever has it can confirm and stop, and nothing else."""
    asked_at: Instant
    confirmed_at: Instant | None = None


class News(Shape):
    """Something late that everybody may know of, by what it is about."""

    cycle: CycleRef
    version: int
    about: str


class Due(Shape):
    """One mail to one follower about one piece of news."""

    follower: int
    address: str
    follows: str
    token: str
    news: int
    cycle: CycleRef | Literal[""]
    """Of a checkpoint, nothing: it is over all of them."""
    version: int
    what: What
    about: str
    at: Instant
    title: str
    answer: str
    notice: str


class PublicQuestion(Shape):
    """A question that somebody from the public sent in for a meeting."""

    key: str
    meeting: str
    """The meeting as its public address names it."""
    held_at: Instant
    question: str
    name: str = ""
    """The asker's name, where they gave one."""
    asked_at: Instant | None = None


class Unanswered(Shape):
    """Questions for one meeting that nobody has dealt with, and whose cycles it is about."""

    meeting: str
    held_at: Instant
    questions: int
    since: Instant
    """When the oldest came in."""
    officers: tuple[Slug, ...] = ()
    """Who opened the cycles that it is about."""
