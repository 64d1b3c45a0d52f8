"""What every picture is drawn with: one palette, boxes, lines, signs, and words that say it all."""

from collections.abc import Iterable

from markupsafe import Markup, escape

INK, QUIET, RULE, PAPER = "#0b0c0c", "#484949", "#b1b4b6", "#ffffff"
NAVY, PALE, LATE, TODAY, GREEN = "#1d3461", "#dbe5f2", "#a3280f", "#1d70b8", "#0f5c3d"
PAIRS = {
    "ink on paper": (INK, PAPER),
    "quiet on paper": (QUIET, PAPER),
    "ink on pale": (INK, PALE),
    "paper on navy": (PAPER, NAVY),
    "late on paper": (LATE, PAPER),
    "today on paper": (TODAY, PAPER),
    "green on paper": (GREEN, PAPER),
    "paper on green": (PAPER, GREEN),
    "paper on late": (PAPER, LATE),
    "good": ("#083d29", "#cce2d8"),
    "watch": ("#513100", "#fff7bf"),
    "bad": ("#651b1b", "#f4cdc6"),
}
"""Every pair of words and paper that pictures use."""
FONT = "Atkinson Hyperlegible, Helvetica, Arial, sans-serif"
LETTER = 7.4
"""About how wide a letter is at 14 pixels."""


def svg(name: str, size: tuple[float, float], title: str, words: str, parts: Iterable[str]) -> Markup:
    """A picture with its title and all that it shows in words; `name` sets its ids apart on a page.

    What `parts` holds must be escaped already: the functions of this file see to it.
    """
    width, height = size
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="pic" role="img" width="{width:.0f}" '
        f'height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" font-family="{FONT}" font-size="14" '
        f'aria-labelledby="{escape(name)}-title {escape(name)}-words">'
        f'<title id="{escape(name)}-title">{escape(title)}</title>'
        f'<desc id="{escape(name)}-words">{escape(words)}</desc>'
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="{PAPER}"/>'
    )
    return Markup(head + "".join(parts) + "</svg>")  # noqa: S704 - every word in it was escaped


def hatch(name: str, ink: str = LATE) -> str:
    """Slanting lines by which something late is known without its colour; filled with `url(#name)`."""
    return (
        f'<defs><pattern id="{escape(name)}" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="7" height="7" fill="{PAPER}"/>'
        f'<rect width="3.5" height="7" fill="{ink}"/></pattern></defs>'
    )


def box(
    x: float, y: float, size: tuple[float, float], fill: str, *, stroke: str = INK, dashed: bool = False
) -> str:
    """A rectangle, never too thin to be seen."""
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(size[0], 1.5):.1f}" height="{size[1]:.1f}" '
        f'fill="{fill}" stroke="{stroke}"{dashes}/>'
    )


def text(
    x: float, y: float, words: str, *, fill: str = INK, bold: bool = False, anchor: str = "start",
    size: int = 14,
) -> str:  # fmt: skip
    """Words; they stay words."""
    weight = ' font-weight="bold"' if bold else ""
    big = f' font-size="{size}"' if size != 14 else ""  # noqa: PLR2004 - the frame's own size
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" text-anchor="{anchor}"{weight}{big}>'
        f"{escape(words)}</text>"
    )


def line(x: float, y: float, to: tuple[float, float], *, stroke: str = RULE, dashes: str = "",
         wide: float = 1) -> str:  # fmt: skip
    """A straight line."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path d="M{x:.1f} {y:.1f}L{to[0]:.1f} {to[1]:.1f}" stroke="{stroke}" stroke-width="{wide}" '
        f'fill="none"{dashed}/>'
    )


def diamond(x: float, y: float, fill: str = INK) -> str:
    """A day by which something is owed."""
    return (
        f'<path d="M{x:.1f} {y - 7:.1f}l6 7l-6 7l-6-7z" fill="{fill}" stroke="{PAPER}" stroke-width="1.5"/>'
    )


def dot(x: float, y: float, fill: str = NAVY, radius: float = 5) -> str:
    """A single happening."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{PAPER}"/>'


def key(x: float, y: float, entries: Iterable[tuple[str, str]]) -> Iterable[str]:
    """What the signs mean: each sign drawn at the origin, beside its words."""
    for sign, words in entries:
        yield f'<g transform="translate({x:.1f} {y:.1f})">{sign}</g>' + text(x + 28, y, words)
        x += 46 + len(words) * LETTER


def short(words: str, most: int) -> str:
    """Words cut to a length, with a sign that they were."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def fits(words: str, wide: float) -> bool:
    """Whether words have room in a box that is so wide."""
    return len(words) * LETTER < wide - 8
