"""Emailed links: each leads one person to one task; what is kept is a digest, never the link itself."""

from datetime import timedelta
from typing import Literal

from schemas.shape import CycleRef, Digest, Instant, Shape, Slug

Why = Literal["wrong_person", "not_theirs_now", "may_be_known"]
"""Why a link was revoked, from a list: nobody's words are kept beside a secret."""


class TaskLink(Shape):
    """A link that was made for a letter: it leads this person to this request, once a code was typed."""

    digest: Digest
    cycle: CycleRef
    request: int
    person: Slug
    letter: str
    """The key of the letter that carries it; a letter carries one link to each person."""
    made_at: Instant
    made_by: Slug | None = None
    """Who sent it by hand; nobody where the engine's own letters did."""
    sent_at: Instant | None = None
    opened_at: Instant | None = None
    """When a code was last typed behind it. Looking at it is not noted: mail scanners look too."""
    revoked_at: Instant | None = None
    revoked_by: Slug | None = None
    why: Why | None = None


class Code(Shape):
    """The newest code of a link, as it is kept: a digest, when it was made, and what became of it."""

    digest: Digest
    made_at: Instant
    tries: int = 0
    used_at: Instant | None = None


class Limit(Shape):
    """How often something may be asked for: `most` times within a span, counted under a name."""

    counted: str
    most: int
    within: timedelta
