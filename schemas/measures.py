"""Measures of how the force does: what is counted, what is aimed at, and how sure that is."""

from typing import Literal

from schemas.counting import Mark
from schemas.shape import CommitmentRef, Shape, Slug


class Measure(Shape):
    """One measure that the office follows in public."""

    id: Slug
    """The name under which its figures come in."""
    title: str
    unit: str = ""
    """What stands after a figure, such as `%`."""
    target: float | None = None
    target_source: str = ""
    """Who set the target, and where that was read."""
    better: Literal["higher", "lower"] = "higher"
    warn_within: float = 0
    """How far from the target, on the wrong side, is still amber."""
    commitments: tuple[CommitmentRef, ...] = ()
    named_in: str
    """Where the office asks for it."""
    mark: Mark
    """How sure the target is: read, read in part, or not read."""
