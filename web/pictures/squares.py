"""The map of a plan: a square for each promise of the plan, by theme, with its number and a sign inside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

CELL, TALL, GAP, LEFT, HEAD, FOOT, ACROSS = 29, 38, 3, 2, 26, 30, 29
LETTER = 7.6
INK = "#0b0c0c"


@dataclass(frozen=True)
class Tone:
    """How a state of a promise looks: a sign, its words, and paper, ink and edge."""

    sign: str
    words: str
    paper: str
    ink: str = INK
    edge: str = INK


@dataclass(frozen=True)
class Square:
    """One promise: its number, its state, and all that is known of it in words."""

    number: str
    tone: str
    said: str
    planned: bool = False


@dataclass(frozen=True)
class Theme:
    """One objective of the plan with its promises."""

    title: str
    squares: tuple[Square, ...]


def squares(themes: Iterable[Theme], tones: dict[str, Tone], title: str, *, planned: bool = False) -> Markup:
    """The map as SVG, with all that it shows said in its description; empty where there is no promise."""
    rows = [one for one in themes if one.squares]
    if not rows:
        return Markup("")
    parts, y = [], 4
    for row in rows:
        parts.append(
            f'<text x="{LEFT}" y="{y + 16}" fill="{INK}" font-weight="bold">{escape(row.title)}</text>'
        )
        y += HEAD
        for place, one in enumerate(row.squares):
            x = LEFT + place % ACROSS * (CELL + GAP)
            parts.append(_square(one, tones[one.tone], x, y + place // ACROSS * (TALL + GAP)))
        y += -(-len(row.squares) // ACROSS) * (TALL + GAP) + 8
    used = [one for one in tones if any(square.tone == one for row in rows for square in row.squares)]
    parts += _key([tones[one] for one in used], y + 16, planned=planned)
    width, height = LEFT + ACROSS * (CELL + GAP), y + FOOT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="month-strip" role="img" '
        f'viewBox="0 0 {width} {height}" font-size="14" aria-labelledby="map-title map-words">'
        f'<title id="map-title">{escape(title)}</title>'
        f'<desc id="map-words">{escape(described(rows, tones))}</desc>'
    )
    return Markup(head + "".join(parts) + "</svg>")  # noqa: S704 - every word in it was escaped


def described(rows: Sequence[Theme], tones: dict[str, Tone]) -> str:
    """How many promises of each theme are in each state, in words."""
    said = []
    for row in rows:
        counts = {name: sum(one.tone == name for one in row.squares) for name in tones}
        found = ", ".join(f"{count} {tones[name].words.lower()}" for name, count in counts.items() if count)
        said.append(f"{row.title}: {found}.")
    return " ".join(said)


def _square(one: Square, tone: Tone, x: float, y: float) -> str:
    middle = x + CELL / 2
    corner = f'<path d="M{x + CELL} {y}v11l-11 -11z" fill="#1d70b8" stroke="#fff"/>' if one.planned else ""
    return (
        f'<g><title>{escape(one.said)}</title><rect x="{x}" y="{y}" width="{CELL}" height="{TALL}" '
        f'fill="{tone.paper}" stroke="{tone.edge}"/><text x="{middle}" y="{y + 16}" fill="{tone.ink}" '
        f'text-anchor="middle">{escape(one.number)}</text><text x="{middle}" y="{y + 32}" '
        f'fill="{tone.ink}" font-weight="bold" text-anchor="middle">{escape(tone.sign)}</text>{corner}</g>'
    )


def _key(tones: Sequence[Tone], y: float, *, planned: bool) -> Iterable[str]:
    x: float = LEFT
    for tone in tones:
        yield (
            f'<rect x="{x:.1f}" y="{y - 14}" width="20" height="18" fill="{tone.paper}" '
            f'stroke="{tone.edge}"/><text x="{x + 10:.1f}" y="{y}" fill="{tone.ink}" font-weight="bold" '
            f'text-anchor="middle">{escape(tone.sign)}</text>'
            f'<text x="{x + 26:.1f}" y="{y}" fill="{INK}">{escape(tone.words)}</text>'
        )
        x += 42 + len(tone.words) * LETTER
    if planned:
        yield (
            f'<path d="M{x + 14:.1f} {y - 13}v13l-13 -13z" fill="#1d70b8"/>'
            f'<text x="{x + 20:.1f}" y="{y}" fill="{INK}">Planned</text>'
        )
