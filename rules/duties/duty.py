"""What a duty is, and which duties came later than the first running cycles."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from schemas.notices import Notice

Kind = Literal[
    "ask",
    "remind",
    "miss",
    "non_response",
    "fact_check",
    "release",
    "wake",
    "progress",
    "lapse",
    "notice",
    "findings",
    "comments",
    "comments_reminder",
]
LATER = frozenset({"non_response", "progress", "notice", "findings"})
"""Kinds that fall in cycles which were under way before the engine knew them."""


@dataclass(frozen=True)
class Duty:
    """Something that falls to the engine at an instant.

    Source: process.clocks
    """

    kind: Kind
    at: datetime
    request: int | None = None
    action: str | None = None
    rung: int | None = None
    version: int | None = None
    wake: int | None = None
    claim: int | None = None
    session: int | None = None

    @property
    def about(self) -> str:
        """What it is about, such as `1` for a request, `2026/015` for an action, `2` for a version."""
        parts = (self.request, self.action, self.version, self.wake, self.claim, self.session)
        return "/".join(str(one) for one in parts if one is not None)

    @property
    def name(self) -> str:
        """The duty in the record, such as `remind/1`."""
        return f"{self.kind}/{self.about}".rstrip("/")


def is_later(duty: Duty) -> bool:
    """Whether a run of before the whole process would not have known this duty.

    Source: process.clocks
    """
    return duty.kind in LATER


def as_before(notice: Notice) -> Notice:
    """A reminder as it was written before what bounces was put to others: runs of then go on so.

    Source: process.clocks
    """
    return notice.model_copy(update={"route": None, "reach": ()})
