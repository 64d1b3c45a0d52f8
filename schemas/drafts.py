"""Drafts: what somebody has begun on a form of several steps and not handed in yet."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.shape import CycleRef, Instant, Shape, Slug

DraftKind = Literal["cycle", "findings", "notes"]
DraftId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class Draft(Shape):
    """One draft as it stands: what was typed, by the names of the inputs, whether it is right or not."""

    id: DraftId
    kind: DraftKind
    about: str = ""
    """The cycle that it is about, where there is one already."""
    person: Slug
    """Who began it."""
    facts: dict[str, tuple[str, ...]]
    version: int
    begun_at: Instant
    changed_by: Slug
    changed_at: Instant
    sent_as: CycleRef | None = None
    """The cycle that came of it; None while it is a draft."""

    def first(self, name: str) -> str:
        """What was typed into one input; nothing where nothing was."""
        return next(iter(self.facts.get(name, ())), "")
