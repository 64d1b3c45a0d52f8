"""The year as a picture: its months, its bank holidays, and each cycle from opening to session."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from markupsafe import Markup, escape

from rules.clocks import civil
from rules.programme.years import first_day, label, last_day
from schemas.programme import Slot
from web.programme.board import Board
from web.programme.wording import STATES, standing
from web.showing.dates import day

WIDTH, LEFT, TOP, LANE, BAR, FOOT = 920, 6, 58, 30, 20, 34
LETTER = 7.6
INK, RULE, PAPER, HOLIDAY, TODAY = "#0b0c0c", "#b1b4b6", "#ffffff", "#a3280f", "#1d70b8"
FILLS = {
    "proposed": ("#ffffff", INK, "#1d3461"),
    "adopted": ("#1d3461", "#ffffff", "#1d3461"),
    "opened": ("#cce2d8", INK, "#005a30"),
}
"""Paper, ink and edge of a bar, by the state of its cycle."""
REFUSED = ("#f6d7d2", INK, "#a3280f")
KEY = (("proposed", "Proposed"), ("adopted", "Adopted"), ("opened", "Opened"))

Across = Callable[[date], float]


def year_strip(board: Board, year: int) -> Markup:
    """The picture as SVG, with all that it shows said in its description; empty for an empty year."""
    slots = standing(board.programme, year) if board.programme else ()
    if not slots:
        return Markup("")
    starts, ends = _starts(slots, year), last_day(year)
    width = WIDTH - 2 * LEFT

    def across(on: date) -> float:
        return round(LEFT + (min(max(on, starts), ends) - starts) / (ends - starts) * width, 1)

    lanes = _lanes(slots, across)
    height = TOP + LANE * len(lanes) + FOOT
    parts = [*_months(starts, ends, across, height), *_holidays(board, starts, ends, across, height)]
    for place, lane in enumerate(lanes):
        for slot in lane:
            parts += _bar(board, slot, TOP + place * LANE, across)
    if starts <= board.today <= ends:
        parts.append(_today(across(board.today), height))
    parts += _key(height - 10)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="month-strip" role="img" '
        f'viewBox="0 0 {WIDTH} {height}" font-size="14" aria-labelledby="year-title year-words">'
        f'<title id="year-title">The programme of {label(year)}</title>'
        f'<desc id="year-words">{escape(described(board, slots))}</desc>'
    )
    return Markup(head + "".join(parts) + "</svg>")  # noqa: S704 - every word in it was escaped


def described(board: Board, slots: Sequence[Slot]) -> str:
    """All that the picture shows, in words."""
    said = []
    for one in slots:
        held = f", session on {day(one.draft.session_at)}" if one.draft.session_at else ""
        state = "could not be opened" if one.refused else STATES[one.state].lower()
        title = board.say(one.draft.title)
        said.append(f"{one.number}, {title}: opens on {day(one.draft.opens_on)}{held}; {state}.")
    return " ".join(said)


def holidays(board: Board, year: int) -> list[tuple[date, str]]:
    """The bank holidays of a year with their names."""
    found = board.calendar.holidays if board.calendar else {}
    return sorted((on, name) for on, name in found.items() if first_day(year) <= on <= last_day(year))


def _starts(slots: Sequence[Slot], year: int) -> date:
    """The first of the month in which the first cycle opens, which may lie before the year."""
    first = min(first_day(year), *(one.draft.opens_on for one in slots))
    return date(first.year, first.month, 1)


def _ends(slot: Slot) -> date:
    return civil(slot.draft.session_at) if slot.draft.session_at else slot.draft.opens_on


def _lanes(slots: Sequence[Slot], across: Across) -> list[list[Slot]]:
    """The bars in as few lanes as they fit into without touching."""
    lanes: list[list[Slot]] = []
    ends: list[float] = []
    for one in slots:
        begin = across(one.draft.opens_on)
        end = max(across(_ends(one)) + 8, begin + len(one.number) * LETTER + 22)
        free = next((place for place, last in enumerate(ends) if last < begin), None)
        if free is None:
            lanes.append([one])
            ends.append(end)
        else:
            lanes[free].append(one)
            ends[free] = end
    return lanes


def _bar(board: Board, slot: Slot, top: float, across: Across) -> Iterator[str]:
    begin, end = across(slot.draft.opens_on), across(_ends(slot))
    paper, ink, edge = REFUSED if slot.refused else FILLS[slot.state]
    dashes = ' stroke-dasharray="4 3"' if slot.state == "proposed" else ""
    needed = len(slot.number) * LETTER + 8
    inside = end - begin >= needed
    said = described(board, [slot])
    mark = "! " if slot.refused or board.on_holiday(slot) else ""
    yield (
        f'<g><title>{escape(said)}</title><rect x="{begin}" y="{top}" width="{max(end - begin, 4):.1f}" '
        f'height="{BAR}" fill="{paper}" stroke="{edge}" stroke-width="1.5"{dashes}/>'
    )
    x = begin + 5 if inside else end + 9
    yield f'<text x="{x:.1f}" y="{top + 15}" fill="{ink if inside else INK}">{mark}{slot.number}</text>'
    if slot.draft.session_at:
        yield (f'<path d="M{end} {top + 3}l7 7l-7 7l-7-7z" fill="#f2a900" stroke="{INK}" stroke-width="1"/>')
    yield "</g>"


def _months(starts: date, ends: date, across: Across, height: float) -> Iterator[str]:
    for month in months(starts, ends):
        x = across(month)
        yield f'<path d="M{x} 6V{height - FOOT + 4}" stroke="{RULE}" fill="none"/>'
        yield f'<text x="{x + 4}" y="20" fill="{INK}" font-weight="bold">{month:%b}</text>'
        if month.month in (1, 4) or month == starts:
            yield f'<text x="{x + 4}" y="37" fill="#484949">{month:%Y}</text>'


def months(starts: date, ends: date) -> list[date]:
    """The first days of the months from one day to another."""
    first, last = starts.year * 12 + starts.month - 1, ends.year * 12 + ends.month - 1
    return [date(count // 12, count % 12 + 1, 1) for count in range(first, last + 1)]


def _holidays(board: Board, starts: date, ends: date, across: Across, height: float) -> Iterator[str]:
    for on, name in sorted(board.calendar.holidays.items()) if board.calendar else ():
        if starts <= on <= ends:
            x = across(on)
            yield (
                f'<g><title>{escape(name)}, {day(on)}</title><path d="M{x} 44V{height - FOOT + 4}" '
                f'stroke="{HOLIDAY}" stroke-width="1.5" stroke-dasharray="1 4" fill="none"/>'
                f'<circle cx="{x}" cy="46" r="3.5" fill="{HOLIDAY}"/></g>'
            )


def _today(x: float, height: float) -> str:
    return (
        f'<path d="M{x} 40V{height - FOOT + 4}" stroke="{TODAY}" stroke-width="2.5" fill="none"/>'
        f'<text x="{x + 4}" y="{TOP - 6}" fill="{TODAY}" font-weight="bold">Today</text>'
    )


def _key(y: float) -> Iterator[str]:
    x: float = LEFT
    for state, words in KEY:
        paper, _, edge = FILLS[state]
        dashes = ' stroke-dasharray="4 3"' if state == "proposed" else ""
        yield (
            f'<rect x="{x:.1f}" y="{y - 12}" width="22" height="14" fill="{paper}" stroke="{edge}"{dashes}/>'
            f'<text x="{x + 28:.1f}" y="{y}" fill="{INK}">{words}</text>'
        )
        x += 46 + len(words) * LETTER
    yield (
        f'<path d="M{x + 7:.1f} {y - 12}l7 7l-7 7l-7-7z" fill="#f2a900" stroke="{INK}"/>'
        f'<text x="{x + 20:.1f}" y="{y}" fill="{INK}">Session</text>'
        f'<circle cx="{x + 96:.1f}" cy="{y - 5}" r="3.5" fill="{HOLIDAY}"/>'
        f'<text x="{x + 106:.1f}" y="{y}" fill="{INK}">Bank holiday</text>'
        f'<text x="{x + 210:.1f}" y="{y}" fill="{INK}">! Needs somebody</text>'
    )
