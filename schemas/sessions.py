"""Sessions: when the Commissioner puts the questions, in which forum, and how assured they are."""

from typing import Literal

from schemas.shape import Instant, Shape, TextRef

Forum = Literal["holding_to_account", "panel", "governance_board", "victims_board", "audit_committee"]

Assurance = Literal["assured", "partly_assured", "not_assured"]
"""How assured the Commissioner is by what was given and said."""


class SessionDraft(Shape):
    """A session as it is being fixed. `confirmed` allows a day on which nobody usually works."""

    forum: Forum = "holding_to_account"
    starts_at: Instant
    place: TextRef | None = None
    confirmed: bool = False
