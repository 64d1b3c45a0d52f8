"""One thing that needs somebody, with the button that does it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from schemas.rows import CyclePage


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


def need_of(page: CyclePage, kind: str, what: str, button: str, at: datetime, **ask: object) -> Need:
    """A need that one form answers."""
    query = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in ask.items())
    reference = page.cycle.reference
    href = f"/cycles/{reference}/act/{kind}" + (f"?{query}" if query else "")
    return Need(what, reference, page.say(page.cycle.title), button, href, at)
