"""What is known of a file on the shelf: what a scanner found in it, and who let it go."""

from typing import Literal

from schemas.shape import Digest, Instant, Shape, Slug

ScanState = Literal["waiting", "clean", "infected", "not_scanned", "too_large", "encrypted"]
"""Waits for the scanner; clean; with a virus; no scanner there is; too large for it; it cannot look in."""


class Verdict(Shape):
    """What a scanner says of one file."""

    state: Literal["clean", "infected", "too_large", "encrypted"]
    found: str | None = None
    """The name of what was found."""


class Scan(Shape):
    """What is known of one file."""

    digest: Digest
    state: ScanState = "waiting"
    found: str | None = None
    scanned_at: Instant | None = None
    trouble: str | None = None
    """Why the scanner could not look at it when it last tried."""
    released_by: Slug | None = None
    released_role: str | None = None
    released_at: Instant | None = None
    released_because: str | None = None


class Release(Shape):
    """That somebody lets a file go which no scanner found clean, on record."""

    digest: Digest
    cycle: str
    by: Slug
    role: str
    reason: str
    at: Instant


class InfectedIn(Shape):
    """Where a file stands in which something was found: the cycles that name it."""

    digest: Digest
    cycle: str | None = None


class Scanned(Shape):
    """What one round came to."""

    clean: int = 0
    infected: int = 0
    held: int = 0
    """Not scanned, too large or encrypted."""
    failed: int = 0
    told: int = 0
    removed: int = 0
