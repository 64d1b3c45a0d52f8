"""How cycles run: the steps in order, the median working days of each against its target, and the loops."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from web.pictures.drawing import INK, LATE, NAVY, PALE, QUIET, box, hatch, line, svg, text
from web.pictures.frame import Table
from web.showing.words import plural

BOX, GAP, TALL, LEFT, TOP = 110, 26, 76, 6, 78
BARS, BAR, FOOT = 120, 16, 44
"""Pixels for the bars beneath; how tall one is; and for what stands under them."""
TOO_FEW = "too few to say"


@dataclass(frozen=True)
class Box:
    """One step: its median, its target where a standard sets one, and on how many cycles that stands."""

    name: str
    median: int | None
    target: int | None
    count: int

    @property
    def over(self) -> bool:
        """Whether it takes longer than it may."""
        return self.median is not None and self.target is not None and self.median > self.target


@dataclass(frozen=True)
class Loop:
    """A way back from one step to another, and how many cycles went it."""

    words: str
    at: int
    """The box to which it comes back."""
    cycles: int
    times: int


@dataclass(frozen=True)
class Process:
    """Every step with the ways back, over so many cycles."""

    title: str
    boxes: tuple[Box, ...]
    loops: tuple[Loop, ...]
    cycles: int


def process(found: Process, name: str = "process") -> Markup:
    """The picture as SVG; empty where no cycle has run."""
    if not found.cycles:
        return Markup("")
    longest = max([1, *(max(one.median or 0, one.target or 0) for one in found.boxes)])
    parts = [_arrowhead(name), hatch(f"{name}-over")]
    for place, one in enumerate(found.boxes):
        x = LEFT + place * (BOX + GAP)
        if place:
            parts.append(_arrow(name, x - GAP, TOP + TALL / 2, x - 2))
        parts += [*_box(one, x), *_bar(one, x, longest, f"url(#{name}-over)")]
    parts += _loops(name, found.loops)
    width = LEFT * 2 + len(found.boxes) * (BOX + GAP) - GAP
    bottom = TOP + TALL + BARS + FOOT
    parts.append(
        text(LEFT, bottom - 6, "Bars: median working days. Line: target. Hatched: over it.", fill=QUIET)
    )
    return svg(name, (width, bottom), found.title, described(found), parts)


def described(found: Process) -> str:
    """All that the picture shows, in words."""
    said = [f"Over {plural(found.cycles, 'cycle')}."]
    said += [
        f"{one.name}: {_median(one)}{_target(one)}, from {plural(one.count, 'cycle')}." for one in found.boxes
    ]
    said += [
        f"{one.words}: {plural(one.times, 'time')} in {plural(one.cycles, 'cycle')}." for one in found.loops
    ]
    return " ".join(said)


def process_table(found: Process) -> Table:
    """The same as a table."""
    steps = tuple(
        (one.name, TOO_FEW if one.median is None else one.median,
         "none" if one.target is None else one.target, "yes" if one.over else "no", one.count)
        for one in found.boxes
    )  # fmt: skip
    loops = tuple((one.words, plural(one.times, "time"), "none", "", one.cycles) for one in found.loops)
    return Table(
        found.title, ("Step", "Median working days", "Target", "Over it", "Cycles"), (*steps, *loops)
    )


def _median(one: Box) -> str:
    return TOO_FEW if one.median is None else f"median {plural(one.median, 'working day')}"


def _target(one: Box) -> str:
    if one.target is None:
        return ", no target"
    return f", target {one.target}{', over it' if one.over else ''}"


def _box(one: Box, x: float) -> Iterator[str]:
    yield box(x, TOP, (BOX, TALL), PALE, stroke=NAVY)
    middle = x + BOX / 2
    yield text(middle, TOP + 20, one.name, bold=True, anchor="middle")
    if one.median is None:
        yield text(middle, TOP + 44, TOO_FEW, anchor="middle")
    else:
        yield text(middle, TOP + 46, f"{one.median} days", bold=True, anchor="middle", size=18)
    yield text(middle, TOP + 66, plural(one.count, "cycle"), fill=INK, anchor="middle", size=12)


def _bar(one: Box, x: float, longest: int, over: str) -> Iterator[str]:
    y, scale = TOP + TALL + 12, (BARS - 40) / longest
    if one.median is not None:
        tall = one.median * scale
        yield box(x, y, (BOX * 0.45, tall), over if one.over else NAVY, stroke=LATE if one.over else NAVY)
    if one.target is not None:
        at = y + one.target * scale
        yield line(x - 3, at, (x + BOX * 0.6, at), stroke=INK, wide=2.5)
        yield text(x + BOX * 0.62, at + 5, f"target {one.target}", size=12)
    if one.over:
        yield text(x, y + BARS - 24, "over target", fill=LATE, bold=True, size=12)


def _loops(name: str, loops: Sequence[Loop]) -> Iterator[str]:
    for place, one in enumerate(one for one in loops if one.times):
        x, y = LEFT + one.at * (BOX + GAP) + BOX * 0.5, 40 - place * 24
        to = x - BOX * 0.35 if place else x - BOX * 0.15
        start = LEFT + (one.at + 1) * (BOX + GAP) + BOX * 0.3 if not place else x + BOX * 0.25
        yield (
            f'<path d="M{start:.1f} {TOP}V{y}H{to:.1f}V{TOP - 2}" stroke="{LATE}" stroke-width="2" '
            f'fill="none" stroke-dasharray="5 3" marker-end="url(#{name}-head)"/>'
        )
        said = f"{one.words}: {one.times} in {plural(one.cycles, 'cycle')}"
        yield text(start + 6, y + 5, said, fill=LATE)


def _arrowhead(name: str) -> str:
    """Markers keep their size only in the user's own units."""
    return (
        f'<defs><marker id="{name}-head" markerUnits="userSpaceOnUse" markerWidth="10" markerHeight="10" '
        f'refX="8" refY="5" orient="auto"><path d="M0 0l10 5l-10 5z" fill="{INK}"/></marker></defs>'
    )


def _arrow(name: str, x: float, y: float, to: float) -> str:
    return (
        f'<path d="M{x:.1f} {y:.1f}H{to:.1f}" stroke="{INK}" stroke-width="2" fill="none" '
        f'marker-end="url(#{name}-head)"/>'
    )
