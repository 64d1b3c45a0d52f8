"""Who held the ball: the working days of each side, as shares of a bar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from rules.timing.summing import shares
from web.pictures.drawing import (
    INK,
    LETTER,
    NAVY,
    PALE,
    PAPER,
    box,
    dot,
    fits,
    hatch,
    key,
    short,
    svg,
    text,
)
from web.pictures.frame import Table
from web.showing.words import plural

WIDTH, LEFT, LANE, TALL, TOP, FOOT = 760, 190, 40, 26, 8, 34
SIDES = {
    "office": "The office",
    "force": "The force",
    "commissioner": "The Commissioner",
    "panel": "The panel",
}


@dataclass(frozen=True)
class Held:
    """One bar: a cycle or many, and the working days that each side held it."""

    name: str
    days: Mapping[str, int]


def ball(bars: tuple[Held, ...], title: str, name: str = "ball") -> Markup:
    """The bars as SVG; empty where nobody held anything for a day."""
    shown = [one for one in bars if sum(one.days.values())]
    if not shown:
        return Markup("")
    fills = {
        "office": PALE, "force": NAVY, "commissioner": f"url(#{name}-signs)", "panel": f"url(#{name}-dots)",
    }  # fmt: skip
    parts = [hatch(f"{name}-signs", NAVY), _dots(name)]
    for place, one in enumerate(shown):
        parts += _bar(one, TOP + place * LANE, fills)
    bottom = TOP + LANE * len(shown) + FOOT
    signs = ((box(0, -12, (20, 14), fills[side], stroke=NAVY), words) for side, words in SIDES.items())
    parts += key(4, bottom - 12, signs)
    return svg(name, (WIDTH, bottom), title, described(tuple(shown)), parts)


def described(bars: tuple[Held, ...]) -> str:
    """All that the picture shows, in words."""
    return " ".join(f"{one.name}: {', '.join(_said(one))}." for one in bars)


def ball_table(bars: tuple[Held, ...], title: str) -> Table:
    """The same as a table, with the days."""
    rows = tuple(
        (one.name, *(f"{one.days.get(side, 0)} ({part}%)" for side, part in _parts(one).items()))
        for one in bars
    )
    return Table(f"{title}, in working days", ("", *SIDES.values()), rows)


def _parts(one: Held) -> dict[str, int]:
    return shares({side: one.days.get(side, 0) for side in SIDES})


def _said(one: Held) -> Iterator[str]:
    for side, part in _parts(one).items():
        if one.days.get(side):
            yield f"{SIDES[side].lower()} {plural(one.days[side], 'working day')}, {part} per cent"


def _bar(one: Held, top: float, fills: dict[str, str]) -> Iterator[str]:
    yield text(4, top + 18, short(one.name, 25), bold=True)
    x, whole = float(LEFT), sum(one.days.values())
    for side, part in _parts(one).items():
        wide = (WIDTH - LEFT - 10) * one.days.get(side, 0) / whole
        if not wide:
            continue
        yield box(x, top, (wide, TALL), fills[side], stroke=NAVY)
        words = f"{part}%"
        if fits(words, wide):
            plain = side in ("office", "force")
            if not plain:
                yield box(x + 4, top + 4, (len(words) * LETTER + 8, 18), PAPER, stroke=PAPER)
            yield text(x + 7, top + 18, words, fill=PAPER if side == "force" else INK)
        x += wide


def _dots(name: str) -> str:
    return (
        f'<defs><pattern id="{name}-dots" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{PAPER}"/>{dot(4, 4, NAVY, 2)}</pattern></defs>'
    )
