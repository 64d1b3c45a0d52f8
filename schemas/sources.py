"""The register of sources: every rule cites one entry."""

from datetime import date
from typing import Literal

from schemas.shape import Shape


class Source(Shape):
    """One instrument, guidance, local standard or part of the process, and how sure we are of it."""

    id: str
    title: str
    kind: Literal["statute", "regulation", "guidance", "local", "process"]
    section: str | None = None
    link: str | None = None
    mark: Literal["verified", "partly", "not_verified"]
    by: str | None = None
    in_force_on: date | None = None
    """The first day in force, where that has been read."""
    until_on: date | None = None
    """The last day in force, where it has ended."""
    note: str | None = None
