"""Plots as inline SVG: bars beside the floor, with the number written at each, readable without colour."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bench.hta.results import FLOOR, shown

WIDTH, LEFT, RIGHT, ROW = 720, 110, 150, 26
DECADES = 30.0
"""Where the largest bar is longer than the smallest by this, lengths are of logarithms."""


@dataclass(frozen=True)
class Bar:
    """One system's figure."""

    name: str
    value: float
    ratio: float | None = None


def bars(title: str, given: Sequence[Bar]) -> str:
    """One bar for each system; where they differ a lot the scale is logarithmic, and says so."""
    logarithmic = _far_apart(given)
    scale = " (logarithmic scale)" if logarithmic else ""
    height = ROW * len(given) + 34
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title + scale, quote=True)}">',
        f'<text x="0" y="16" class="title">{escape(title + scale)}</text>',
    ]
    for place, one in enumerate(given):
        parts += _bar(one, 30 + ROW * place, _length(one.value, given, logarithmic=logarithmic))
    return "\n".join([*parts, "</svg>"])


def _bar(one: Bar, y: int, length: float) -> list[str]:
    kind = "floor" if one.name == FLOOR else "product" if one.name == "product" else "peer"
    ratio = f" ({one.ratio:.2f})" if one.ratio is not None and one.name != FLOOR else ""
    return [
        f'<text x="{LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(one.name)}</text>',
        f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="{ROW - 8}" class="{kind}"/>',
        f'<text x="{LEFT + length + 6:.1f}" y="{y + 14}">{shown(one.value)}{ratio}</text>',
    ]


def _far_apart(given: Sequence[Bar]) -> bool:
    positive = [one.value for one in given if one.value > 0]
    return len(positive) == len(given) and max(positive) > DECADES * min(positive)


def _length(value: float, given: Sequence[Bar], *, logarithmic: bool) -> float:
    room = WIDTH - LEFT - RIGHT
    largest = max((one.value for one in given), default=0.0)
    if value <= 0 or largest <= 0:
        return 0.0
    if not logarithmic:
        return room * value / largest
    least = min(one.value for one in given) / 2
    return room * math.log(value / least) / math.log(largest / least)
