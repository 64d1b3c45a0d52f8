"""One thing that needs somebody, with the button that does it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Need:
    """One thing to do, why, since or by when, and where its button leads."""

    what: str
    cycle: str
    cycle_title: str
    button: str
    href: str
    at: datetime
    state: str = "today"
    """`late`, `today` or `later`."""
    place: str = ""
    """The page of what it is about, where that is no cycle."""

    @property
    def page(self) -> str:
        """The page of what it is about."""
        return self.place or f"/cycles/{self.cycle}"
