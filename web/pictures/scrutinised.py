"""The coverage map: a lane for each commitment, a dot wherever it was scrutinised, a broken line if never."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from rules.timing.spans import padded
from web.pictures.axis import Axis
from web.pictures.drawing import INK, LATE, NAVY, QUIET, TODAY, diamond, dot, key, line, svg, text
from web.pictures.frame import Cell, Table
from web.showing.dates import day
from web.showing.words import plural

WIDTH, LEFT, RIGHT, LANE, TOP, FOOT, LEAST = 900, 190, 700, 24, 40, 40, 365


@dataclass(frozen=True)
class Scrutinised:
    """One commitment: the days on which it was heard, oldest first, and the day on which it comes next."""

    ref: str
    words: str
    on: tuple[date, ...] = ()
    coming_on: date | None = None
    href: str = ""

    @property
    def last_on(self) -> date | None:
        """When it was heard last."""
        return self.on[-1] if self.on else None


@dataclass(frozen=True)
class Covered:
    """The commitments of one objective, and the days that the picture spans."""

    title: str
    first: date
    today: date
    last: date
    lanes: tuple[Scrutinised, ...]


def scrutinised(found: Covered, name: str) -> Markup:
    """The map as SVG; empty without commitments."""
    if not found.lanes:
        return Markup("")
    axis = Axis(*padded(found.first, found.last, LEAST), LEFT, RIGHT)
    bottom = TOP + LANE * len(found.lanes)
    parts = [*axis.months(4, bottom)]
    for place, one in enumerate(found.lanes):
        parts += _lane(one, TOP + place * LANE, axis)
    parts += axis.today(found.today, TOP - 4, bottom + 16)
    parts += key(LEFT, bottom + FOOT - 8, (
        (dot(9, -5), "Scrutinised"), (diamond(9, -5, TODAY), "Planned next"), (never(0, -5, 22), "Never yet"),
    ))  # fmt: skip
    return svg(name, (WIDTH, bottom + FOOT), found.title, described(found), parts)


def described(found: Covered) -> str:
    """All that the picture shows, in words."""
    said = []
    for one in found.lanes:
        last = f"last on {day(one.last_on)}, {plural(len(one.on), 'time')} in all" if one.on else "never"
        coming = f", next on {day(one.coming_on)}" if one.coming_on else ""
        said.append(f"{one.ref}: {last}{coming}.")
    return " ".join(said)


def scrutinised_table(found: Covered) -> Table:
    """The same as a table."""
    rows = tuple(
        (Cell(one.ref, one.href), one.words, day(one.last_on) if one.on else "Never", len(one.on),
         day(one.coming_on) if one.coming_on else "Not planned")
        for one in found.lanes
    )  # fmt: skip
    return Table(found.title, ("Commitment", "What it says", "Last scrutinised", "Times", "Next"), rows)


def never(x: float, y: float, to: float) -> str:
    """A broken line where nobody ever asked."""
    return line(x, y, (to, y), stroke=LATE, dashes="3 5", wide=2)


def _lane(one: Scrutinised, top: float, axis: Axis) -> Iterator[str]:
    middle = top + LANE / 2
    yield line(4, top + LANE - 1, (RIGHT, top + LANE - 1))
    yield text(4, middle + 5, one.ref, bold=True)
    if not one.on:
        yield never(axis.left, middle, axis.right)
        yield text(RIGHT + 8, middle + 5, "Never yet", fill=LATE)
    for on in one.on:
        yield dot(axis.x(on), middle, NAVY)
    if one.on:
        yield text(RIGHT + 8, middle + 5, f"Last {one.on[-1]:%-d %B %Y}", fill=INK)
    if one.coming_on:
        yield diamond(axis.x(one.coming_on), middle, TODAY)
        yield text(RIGHT + 148, middle + 5, "planned", fill=QUIET, size=12)
