"""A span of days laid across a picture: its months, its bank holidays, and where today is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.timing.spans import along, months_between
from web.pictures.drawing import QUIET, TODAY, line, text

MONTH_ROOM = 44
"""Pixels that a month's name needs."""


@dataclass(frozen=True)
class Axis:
    """Days from the first to the last, between two edges."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day lies; at an edge where it lies outside."""
        return round(self.left + along(self.first, self.last, day) * (self.right - self.left), 1)

    def has(self, day: date) -> bool:
        """Whether a day lies within."""
        return self.first <= day <= self.last

    def months(self, top: float, bottom: float) -> Iterator[str]:
        """A line and a name for each month, as many as there is room for; the year where it begins."""
        firsts = [one for one in months_between(self.first, self.last) if self.has(one)]
        if not firsts or self.x(firsts[0]) - self.left > 2 * MONTH_ROOM:
            yield text(self.left, top + 12, f"{self.first:%-d %b %Y}", fill=QUIET)
        every = max(1, -(-len(firsts) * MONTH_ROOM // max(int(self.right - self.left), 1)))
        for place, one in enumerate(firsts):
            x = self.x(one)
            yield line(x, top, (x, bottom), dashes="2 3")
            if place % every == 0 and x < self.right - MONTH_ROOM / 2:
                yield text(x + 3, top + 12, f"{one:%b}", fill=QUIET)
                if place == 0 or one.month <= every:
                    yield text(x + 3, top + 27, f"{one:%Y}", fill=QUIET)

    def today(self, today: date, top: float, bottom: float) -> Iterator[str]:
        """A line where today is, with its name; nothing where today lies outside."""
        if self.has(today):
            x = self.x(today)
            near = x > self.right - MONTH_ROOM
            yield line(x, top, (x, bottom), stroke=TODAY, wide=2.5)
            yield text(
                x - 5 if near else x + 5, bottom - 3, "Today", fill=TODAY, bold=True,
                anchor="end" if near else "start",
            )  # fmt: skip
