"""A line chart as inline SVG: logarithmic both ways, each line with its numbers, dashed not coloured."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bench.hta.results import shown

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 860, 420, 40, 400, 40, 50
DASHES = ("", "8 4", "2 4", "12 4 2 4", "4 2", "16 6")
LEAST = 18.0
"""Pixels between the names of two lines."""


@dataclass(frozen=True)
class Line:
    """One line: its name, and its value at each size."""

    name: str
    points: tuple[tuple[float, float], ...]
    floor: bool = False


def chart(title: str, across: str, lines: Sequence[Line]) -> str:
    """All lines in one chart; a line that is not above zero everywhere is left out."""
    drawn = [one for one in lines if one.points and all(x > 0 and y > 0 for x, y in one.points)]
    if not drawn:
        return ""
    scale = _Scale(drawn)
    label = escape(f"{title}; both scales are logarithmic", quote=True)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">',
        f'<text x="0" y="16" class="title">{escape(title)} (both scales are logarithmic)</text>',
        *_axes(across, scale),
    ]
    named = _apart([scale.y(one.points[-1][1]) for one in drawn])
    for place, (one, height) in enumerate(zip(drawn, named, strict=True)):
        parts += _line(one, scale, DASHES[place % len(DASHES)], height)
    return "\n".join([*parts, "</svg>"])


class _Scale:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.sizes = sorted({x for one in lines for x, _ in one.points})
        values = [y for one in lines for _, y in one.points]
        self._across = _span(self.sizes)
        self._up = _span(values)

    def x(self, size: float) -> float:
        """Pixels from the left."""
        return LEFT + (WIDTH - LEFT - RIGHT) * _share(size, *self._across)

    def y(self, value: float) -> float:
        """Pixels from above."""
        return TOP + (HEIGHT - TOP - FOOT) * (1 - _share(value, *self._up))


def _span(values: Sequence[float]) -> tuple[float, float]:
    least, most = min(values), max(values)
    return (least, most) if least < most else (least / 2, most * 2)


def _share(value: float, least: float, most: float) -> float:
    return math.log(value / least) / math.log(most / least)


def _axes(across: str, scale: _Scale) -> list[str]:
    foot = HEIGHT - FOOT
    parts = [
        f'<line x1="{LEFT}" y1="{foot + 8}" x2="{WIDTH - RIGHT}" y2="{foot + 8}" class="axis"/>',
        f'<text x="{LEFT}" y="{HEIGHT - 6}">{escape(across)}</text>',
    ]
    return parts + [
        f'<text x="{scale.x(size):.1f}" y="{foot + 26}" text-anchor="middle">{size:,.0f}</text>'
        for size in scale.sizes
    ]


def _line(one: Line, scale: _Scale, dashes: str, name_at: float) -> list[str]:
    kind = "floor" if one.floor else "measured"
    where = " ".join(f"{scale.x(x):.1f},{scale.y(y):.1f}" for x, y in one.points)
    stroke = f' stroke-dasharray="{dashes}"' if dashes else ""
    parts = [f'<polyline points="{where}" class="line {kind}"{stroke}/>']
    for x, y in one.points:
        parts.append(f'<circle cx="{scale.x(x):.1f}" cy="{scale.y(y):.1f}" r="3" class="dot {kind}"/>')
    numbers = ", ".join(shown(y) for _, y in one.points)
    last = scale.x(one.points[-1][0]) + 24
    return [*parts, f'<text x="{last:.1f}" y="{name_at + 4:.1f}">{escape(one.name)}: {numbers}</text>']


def _apart(heights: Sequence[float]) -> list[float]:
    """The same heights, moved down where two names would lie on each other."""
    found = dict[int, float]()
    under = -math.inf
    for place in sorted(range(len(heights)), key=lambda one: heights[one]):
        under = max(heights[place], under + LEAST)
        found[place] = under
    return [found[place] for place in range(len(heights))]
