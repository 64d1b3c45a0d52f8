"""The board of deadlines: what is late, what falls this week, and what comes later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.clocks import civil
from schemas.rows import DeadlineRow

SUNDAY = 7


@dataclass(frozen=True)
class Sought:
    """Whose deadlines and of which kind somebody wants to see."""

    owner: str = ""
    what: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for at all."""
        return bool(self.owner or self.what)


@dataclass(frozen=True)
class Group:
    """One part of the board."""

    title: str
    rows: tuple[DeadlineRow, ...]


def board(rows: Iterable[DeadlineRow], sought: Sought, now: datetime) -> list[Group]:
    """The board in three parts, soonest first in each; parts with nothing in them are left out."""
    parts: dict[str, list[DeadlineRow]] = {"Late": [], "This week": [], "Later": []}
    today = civil(now)
    sunday = today + timedelta(days=SUNDAY - today.isoweekday())
    for row in rows:
        if _matches(row, sought):
            soon = "This week" if civil(row.due_at) <= sunday else "Later"
            parts["Late" if row.due_at <= now else soon].append(row)
    return [Group(title, tuple(found)) for title, found in parts.items() if found]


def owners(rows: Iterable[DeadlineRow]) -> dict[str, str]:
    """Everybody who owes something, by id, in the order of their titles."""
    found = {row.owner: row.owner_title or row.owner for row in rows if row.owner}
    return dict(sorted(found.items(), key=lambda one: one[1]))


def anchor(row: DeadlineRow) -> str:
    """The place of a row on the page, which calendars point to."""
    return f"{row.cycle}/{row.key}".lower().replace("/", "-")


def _matches(row: DeadlineRow, sought: Sought) -> bool:
    return sought.owner in ("", row.owner) and sought.what in ("", row.what)
