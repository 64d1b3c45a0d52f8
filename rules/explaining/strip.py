"""The month strip: every day of a sum as a small picture, with its words inside."""

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from schemas.counting import CountedDay, Explanation

CELL, GAP, ROW, MARGIN, TOP = 22, 3, 34, 104, 34
MOST_MONTHS = 24
DUE, COUNTED = ("#0b0c0c", "#ffffff", "#0b0c0c"), ("#1d70b8", "#ffffff", "#1d70b8")
SKIPPED = ("#f3f2f1", "#0b0c0c", "#505a5f")
KEY = "Blue: counted. Grey: not counted. Black: the due day."


def strip(explanation: Explanation, name: str = "strip") -> str:
    """The months of a sum, one row each, as SVG; a sum longer than two years shows its last two.

    `name` keeps the picture apart from others on its page.

    Source: process.clocks
    Units: one cell is one civil day.
    """
    months = _months(explanation.due.days)
    shown = months[-MOST_MONTHS:]
    width, height = MARGIN + 31 * (CELL + GAP), TOP + ROW * len(shown)
    body = "".join(_row(n, month, explanation) for n, month in enumerate(shown))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-labelledby="{escape(name)}-title {escape(name)}-desc" '
        f'class="month-strip" viewBox="0 0 {width} {height}">'
        f'<title id="{escape(name)}-title">{escape(explanation.rule.title)}: every day of the sum</title>'
        f'<desc id="{escape(name)}-desc">{escape(describe(explanation))}</desc>'
        f'<text x="0" y="16" font-size="14" fill="#0b0c0c">{KEY}</text>{body}</svg>'
    )


def describe(explanation: Explanation) -> str:
    """The picture in words, for whoever does not see it.

    Source: process.clocks
    """
    due = explanation.due
    skipped = len(due.days) - due.counted
    return (
        f"From {_long(due.days[0].on)} to {_long(due.days[-1].on)}: {due.counted} days counted, "
        f"{skipped} not counted. Due on {_long(due.due_on)}."
    )


def _months(days: Sequence[CountedDay]) -> list[list[CountedDay]]:
    found: dict[tuple[int, int], list[CountedDay]] = {}
    for one in days:
        found.setdefault((one.on.year, one.on.month), []).append(one)
    return list(found.values())


def _row(n: int, days: Sequence[CountedDay], explanation: Explanation) -> str:
    y = TOP + n * ROW
    name = f'<text x="0" y="{y + 16}" font-size="14" fill="#0b0c0c">{days[0].on:%b %Y}</text>'
    return name + "".join(_cell(one, y, due=one.on == explanation.due.due_on) for one in days)


def _cell(one: CountedDay, y: int, *, due: bool) -> str:
    x = MARGIN + (one.on.day - 1) * (CELL + GAP)
    fill, ink, edge = DUE if due else COUNTED if one.counted else SKIPPED
    middle = x + CELL // 2
    said = f"{_long(one.on)}: {one.why}{' (due)' if due else ''}"
    return (
        f'<g><title>{escape(said)}</title><rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" '
        f'fill="{fill}" stroke="{edge}"/><text x="{middle}" y="{y + 16}" font-size="12" text-anchor="middle" '
        f'fill="{ink}">{one.on.day}</text></g>'
    )


def _long(on: date) -> str:
    return f"{on:%A} {on.day} {on:%B %Y}"
