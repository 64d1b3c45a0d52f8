"""The register of sources: every rule cites one entry."""

from datetime import date
from typing import Literal

from schemas.shape import Shape

Mark = Literal["verified", "partly", "not_verified"]
"""Read; read in part or in somebody's account of it; known and not read."""


class Source(Shape):
    """One instrument, guidance, local standard or part of the process, and how sure we are of it."""

    id: str
    title: str
    kind: Literal["statute", "regulation", "guidance", "local", "process"]
    section: str | None = None
    link: str | None = None
    mark: Mark
    """How sure we are of its words."""
    by: str | None = None
    """Who read the words, and in what."""
    in_force_on: date | None = None
    """The first day on which the words cited here were in force outside London; None where it is not known.

    An amendment that brought the words has its own day, and the note says that the rest is older.
    """
    until_on: date | None = None
    """The last day in force, where it has ended."""
    dates: Mark | None = None
    """How sure we are of those days, apart from the words; every statute and regulation has this."""
    dates_by: str | None = None
    """Who read the days, and in what."""
    note: str | None = None
