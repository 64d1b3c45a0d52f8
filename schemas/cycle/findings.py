"""Findings as they stand: versions, what was checked, withheld, signed, released, corrected, withdrawn."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.clocks import Clock, Due
from schemas.evidence import Ground
from schemas.people import Actor
from schemas.shape import Digest, Instant, Shape, TextRef, later


class Span(Shape):
    """A stretch of a text that is taken out: characters from `start` to before `end`, on a ground."""

    of: Literal["answer", "body"]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    ground: Ground
    paragraph: Annotated[str, Field(max_length=80)] | None = None


class WithheldItem(Shape):
    """An item of a return that is not published, on a ground."""

    request: int
    version: int
    item: int
    ground: Ground
    paragraph: Annotated[str, Field(max_length=80)] | None = None


class Approval(Shape):
    """One signature with its statement."""

    by: Actor
    at: Instant
    statement: TextRef
    name: TextRef | None = later(None)
    """The name that was typed as the signature."""


class SentBack(Shape):
    """A version that whoever would have signed it sent back, and the note on what is wrong."""

    by: Actor
    at: Instant
    note: TextRef


class FactCheck(Shape):
    """What the force was asked to check, and what it said; or that its silence was taken as no comment."""

    invited_at: Instant
    by: Actor
    clock: Clock
    due: Due
    comments: TextRef | None = None
    received_at: Instant | None = None
    received_from: Actor | None = None
    deemed_at: Instant | None = None

    @property
    def open(self) -> bool:
        """Whether the window is still open."""
        return self.received_at is None and self.deemed_at is None


class Redaction(Shape):
    """The copy that is published: what was taken out, by whom, and who has compared it."""

    spans: tuple[Span, ...] = ()
    items: tuple[WithheldItem, ...] = ()
    answer: TextRef
    body: TextRef
    by: Actor
    at: Instant
    checked_by: Actor | None = None
    checked_at: Instant | None = None
    refused_because: TextRef | None = None
    """What the second person found wrong; the copy has to be made anew."""


class Release(Shape):
    """A release that waits: for an instant, or for a condition that somebody has to see met."""

    at: Instant | None = None
    condition: TextRef | None = None
    placeholder: TextRef
    by: Actor
    scheduled_at: Instant
    held_back_because: TextRef | None = None
    despite_election: TextRef | None = None
    """The reason to release it in the period before an election, where it cannot wait."""

    @property
    def waits(self) -> bool:
        """Whether it is still to come: nobody has held it back."""
        return self.held_back_because is None


class FindingsVersion(Shape):
    """One version of the findings and who has signed it."""

    version: int
    answer: TextRef
    body: TextRef
    author: Actor
    drafted_at: Instant
    approvals: tuple[Approval, ...] = ()
    published_at: Instant | None = None
    fingerprint: Digest | None = None
    correction: TextRef | None = later(None)
    """What it puts right and why, where it corrects a published version."""
    fact_check: FactCheck | None = later(None)
    redaction: Redaction | None = later(None)
    release: Release | None = later(None)
    sent_back: SentBack | None = later(None)
    withdrawn_at: Instant | None = later(None)
    withdrawn_because: TextRef | None = later(None)
