"""Polls: the days on which an area votes, and from which day on publication is held back before them."""

from datetime import date

from schemas.counting import Mark
from schemas.shape import Shape, Slug


class Poll(Shape):
    """One day of voting."""

    id: Slug
    title: str
    polls_on: date
    from_on: date | None = None
    """The first day of the period before it, where the notice of election gave one; else it is counted."""
    source: str
    mark: Mark
