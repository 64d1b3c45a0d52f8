"""Searching findings: what somebody looks for, and what was found."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.rows import PublicationRow
from schemas.shape import CycleRef, Instant, Shape

MARK_FROM, MARK_TO = "\x02", "\x03"
"""What stands round a matched word in a snippet until a page marks it: no text of ours can hold it."""


class Wanted(Shape):
    """What somebody looks for among the newest versions; everything where nothing is said."""

    words: str = ""
    objective: str = ""
    judgement: str = ""
    year: Annotated[int, Field(ge=0, le=9999)] = 0
    """The year of publication in London; 0 for every year."""
    open: bool = False
    """Only those with a promise that is not yet done and checked."""

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for at all."""
        return self != Wanted()


class Hit(Shape):
    """One set of findings that was found, and where its words stand."""

    row: PublicationRow
    snippet: str = ""


class Hits(Shape):
    """One part of what was found: how much in all, how much is published, and in which years."""

    hits: tuple[Hit, ...] = ()
    count: int = 0
    published: int = 0
    years: tuple[int, ...] = ()
    common: bool = False
    """Whether the words are all too common to be looked for."""


class LateRow(Shape):
    """One thing that was promised in public and is late."""

    cycle: CycleRef
    cycle_title: str
    key: str
    what: Literal["action", "findings", "answer", "release"]
    number: str
    title: str
    """What was promised, where its words were published."""
    owner: str | None
    """Whose it is, by title; None where it is the office's."""
    due_at: Instant
    version: int
    forum: str


class LatePage(Shape):
    """One page of what is late, the longest first, and how much there is of each kind in all."""

    rows: tuple[LateRow, ...] = ()
    counts: dict[str, int] = Field(default_factory=dict)

    @property
    def all(self) -> int:
        """How much there is on all pages, each kind counted up to MOST_COUNTED."""
        return sum(self.counts.values())
