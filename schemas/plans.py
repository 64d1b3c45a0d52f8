"""The police and crime plan: objectives and commitments, verbatim."""

from datetime import date
from typing import Literal

from schemas.shape import CommitmentRef, Shape, Slug

CommitmentKind = Literal[
    "hold_to_account",
    "together",
    "as_commissioner",
    "will_deliver",
    "victims_board",
    "resources",
    "collaboration",
    "focus",
]
"""Under which of the plan's headings the statement stands."""


class Commitment(Shape):
    """One statement of the plan. `repaired` says what had to be mended in the text as extracted."""

    ref: CommitmentRef
    kind: CommitmentKind
    text: str
    repaired: str | None = None
    doubt: str | None = None


class Objective(Shape):
    """One priority of the plan, with its commitments in the order in which they are printed."""

    id: Slug
    code: str
    title: str
    commitments: tuple[Commitment, ...]


class Plan(Shape):
    """A police and crime plan (Police Reform and Social Responsibility Act 2011, s.5)."""

    id: Slug
    title: str
    body: Slug
    in_force_from: date | None = None
    objectives: tuple[Objective, ...]

    def commitments(self) -> dict[str, Commitment]:
        """Every commitment by its reference."""
        return {one.ref: one for objective in self.objectives for one in objective.commitments}
