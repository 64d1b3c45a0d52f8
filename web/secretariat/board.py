"""The board of deadlines: what is late, what falls this week, and what comes later."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.clocks import civil, instant
from schemas.board_pages import OwedPage
from schemas.rows import DeadlineRow

SUNDAY = 7
PARTS = ("Late", "This week", "Later")


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
    """One part of the board: what of it is on this page, and how much belongs to it in all."""

    title: str
    rows: tuple[DeadlineRow, ...]
    all: int


def board(page: OwedPage, now: datetime) -> list[Group]:
    """A page of the board in up to three parts, soonest first; parts with nothing here are left out."""
    after, all_of = week_after(now), (page.late, page.soon, page.later)
    parts: tuple[list[DeadlineRow], ...] = ([], [], [])
    for row in page.rows:
        parts[0 if row.due_at <= now else 1 if row.due_at < after else 2].append(row)
    named = zip(PARTS, parts, all_of, strict=True)
    return [Group(title, tuple(rows), count) for title, rows, count in named if rows]


def week_after(now: datetime) -> datetime:
    """The instant at which the week of an instant is over."""
    today = civil(now)
    return instant(today + timedelta(days=SUNDAY - today.isoweekday() + 1), "00:00")


def anchor(row: DeadlineRow) -> str:
    """The place of a row on the page, which calendars point to."""
    return f"{row.cycle}/{row.key}".lower().replace("/", "-")
