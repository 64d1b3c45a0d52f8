"""A cycle's timeline: each step and each request as a bar, what was late hatched, what is to come dashed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from rules.timing.spans import padded
from web.pictures.axis import Axis
from web.pictures.drawing import (
    INK,
    LATE,
    NAVY,
    PALE,
    PAPER,
    box,
    diamond,
    fits,
    hatch,
    key,
    line,
    short,
    svg,
    text,
)
from web.pictures.frame import Cell, Table
from web.showing.dates import day
from web.showing.words import plural

WIDTH, LEFT, RIGHT = 940, 236, 820
LANE, BAR, TOP, FOOT = 32, 18, 40, 54
LABEL = 31
"""Letters of a lane's name that have room."""
LEAST = 28
"""Days that a picture spans at least."""
Kind = str
FILLS = {"office": PALE, "force": NAVY, "panel": PALE, "commissioner": PALE, "coming": PAPER}


@dataclass(frozen=True)
class Bar:
    """A stretch of time in a lane: from a day to a day, whose it was, and the days it took."""

    first: date
    last: date
    holder: str = "office"
    days: int | None = None
    late_from: date | None = None
    late_days: int = 0
    going_on: bool = False
    coming: bool = False


@dataclass(frozen=True)
class Lane:
    """One step or one request with its bars, and the day by which it is owed."""

    name: str
    bars: tuple[Bar, ...] = ()
    due: date | None = None
    href: str = ""
    inner: bool = False
    """Whether it belongs to the lane above it."""


@dataclass(frozen=True)
class Timeline:
    """A cycle from its opening to the last day that is known of it."""

    title: str
    first: date
    last: date
    today: date
    lanes: tuple[Lane, ...]


def gantt(timeline: Timeline, name: str = "timeline") -> Markup:
    """The timeline as SVG; empty where nothing has a day."""
    lanes = [one for one in timeline.lanes if one.bars or one.due]
    if not lanes:
        return Markup("")
    axis = Axis(*padded(timeline.first, timeline.last, LEAST), LEFT, RIGHT)
    bottom = TOP + LANE * len(lanes)
    parts = [hatch(f"{name}-late"), *axis.months(4, bottom)]
    for place, lane in enumerate(lanes):
        parts += _lane(lane, TOP + place * LANE, axis, f"url(#{name}-late)", timeline.today)
    parts += axis.today(timeline.today, TOP - 6, bottom + 18)
    parts += _key(bottom + FOOT - 14, f"url(#{name}-late)")
    return svg(name, (WIDTH, bottom + FOOT), timeline.title, described(timeline), parts)


def described(timeline: Timeline) -> str:
    """All that the picture shows, in words."""
    said = [f"From {day(timeline.first)} to {day(timeline.last)}; today is {day(timeline.today)}."]
    for lane in timeline.lanes:
        spells = "; ".join(_said(one) for one in lane.bars)
        owed = f"due by {day(lane.due)}" if lane.due else ""
        idle = _beside(lane, timeline.today) if not lane.bars else ""
        found = "; ".join(one for one in (spells, owed, idle) if one)
        said += [f"{lane.name}: {found}."] if found else []
    return " ".join(said)


def gantt_table(timeline: Timeline) -> Table:
    """The same as a table: a row for each bar, and for each lane that has only its day."""
    return Table(timeline.title, ("What", "From", "To", "With", "Working days", "Due by", "Late"),
                 tuple(_rows(timeline.lanes)))  # fmt: skip


def _rows(lanes: Iterable[Lane]) -> Iterator[tuple[str | int | Cell, ...]]:
    for lane in lanes:
        named, due = Cell(lane.name, lane.href), day(lane.due) if lane.due else ""
        for one in lane.bars:
            yield (
                named, day(one.first), "goes on" if one.going_on else day(one.last),
                "to come" if one.coming else WITH[one.holder], "" if one.days is None else one.days, due,
                plural(one.late_days, "working day") if one.late_from else "no",
            )  # fmt: skip
        if not lane.bars and lane.due:
            yield named, "", "", "to come", "", due, "no"


WITH = {
    "office": "the office",
    "force": "the force",
    "panel": "the panel",
    "commissioner": "the Commissioner",
}


def _said(bar: Bar) -> str:
    if bar.coming:
        return f"to come, from {day(bar.first)} to {day(bar.last)}"
    ends = "and goes on" if bar.going_on else f"to {day(bar.last)}"
    took = f", {plural(bar.days, 'working day')}" if bar.days is not None else ""
    late = f", late by {plural(bar.late_days, 'working day')}" if bar.late_from else ""
    return f"with {WITH[bar.holder]} from {day(bar.first)} {ends}{took}{late}"


def _lane(lane: Lane, top: float, axis: Axis, late: str, today: date) -> Iterator[str]:
    x = 18 if lane.inner else 4
    yield line(4, top + LANE - 4, (RIGHT, top + LANE - 4))
    yield text(x, top + 18, short(lane.name, LABEL - lane.inner * 2), bold=not lane.inner)
    ends = 0.0
    for one in lane.bars:
        yield from _bar(one, top + 4, axis, late)
        ends = max(ends, axis.x(one.last))
    said = _beside(lane, today)
    if lane.due:
        yield diamond(axis.x(lane.due), top + 4 + BAR / 2)
        ends = max(ends, axis.x(lane.due) + 6)
    if said:
        yield text(ends + 6, top + 18, said, fill=LATE if any(b.late_from for b in lane.bars) else INK)


def _bar(bar: Bar, y: float, axis: Axis, late: str) -> Iterator[str]:
    begin, end = axis.x(bar.first), axis.x(bar.last)
    if bar.coming:
        yield box(begin, y, (end - begin, BAR), PAPER, stroke=NAVY, dashed=True)
        return
    yield box(begin, y, (end - begin, BAR), FILLS[bar.holder], stroke=NAVY)
    if bar.late_from:
        start = axis.x(bar.late_from)
        yield box(start, y, (end - start, BAR), late, stroke=LATE)
        end = start
    words = f"{bar.days}" if bar.days else ""
    if words and fits(words, end - begin):
        yield text(begin + 5, y + 14, words, fill=PAPER if bar.holder == "force" else INK)


def _beside(lane: Lane, today: date) -> str:
    """What stands to the right of a lane: how late it is, that it goes on, or that it was never begun."""
    if not lane.bars and lane.due and lane.due < today:
        return "not begun"
    late = sum(one.late_days for one in lane.bars if one.late_from)
    if any(one.late_from for one in lane.bars):
        return f"{plural(late, 'day')} late" if late else "late"
    return "now" if any(one.going_on for one in lane.bars) else ""


def _key(y: float, late: str) -> Iterable[str]:
    sign = (20, 14)
    return key(4, y, (
        (box(0, -12, sign, NAVY, stroke=NAVY), "With the force"),
        (box(0, -12, sign, PALE, stroke=NAVY), "With the office"),
        (box(0, -12, sign, late, stroke=LATE), "Late"),
        (box(0, -12, sign, PAPER, stroke=NAVY, dashed=True), "To come"),
        (diamond(9, -5), "Due by"),
        ("", "Figures: working days"),
    ))  # fmt: skip
