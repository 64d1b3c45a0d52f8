"""The picture of how a cycle ran: one lane for each request, who held it when, and what was late."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from rules.clocks import LONDON, civil
from web.pictures.drawing import (
    INK,
    LATE,
    LETTER,
    NAVY,
    PALE,
    PAPER,
    QUIET,
    RULE,
    box,
    diamond,
    hatch,
    line,
    short,
    svg,
    text,
)
from web.public.record import Record
from web.public.spells import Spell, held
from web.showing.dates import day

WIDTH, LEFT, RIGHT = 630, 4, 86
LANE, BAR, TOP, FOOT = 54, 24, 46, 58


@dataclass(frozen=True)
class Lane:
    """One request's spells with its title."""

    title: str
    spells: tuple[Spell, ...]


def picture(record: Record) -> Markup:
    """The picture as SVG, with all that it shows said in its description; empty where nothing was asked."""
    lanes = _lanes(record)
    if not lanes:
        return Markup("")
    starts = min(record.opened_at, *(one.starts_at for one in record.spells))
    span = max(record.published_at - starts, timedelta(days=1))

    def across(at: datetime) -> float:
        return round(LEFT + (at - starts) / span * (WIDTH - LEFT - RIGHT), 1)

    height = TOP + LANE * len(lanes) + FOOT
    parts = [hatch("late"), *_months(starts, record.published_at, across, height)]
    for place, lane in enumerate(lanes):
        parts += _lane(lane, TOP + place * LANE, across)
    parts += _marks(record, across, height)
    parts += _key(height - 14)
    return svg("run", (WIDTH, height), f"How {record.reference} ran", described(record), parts)


def described(record: Record) -> str:
    """All that the picture shows, in words."""
    said = [f"From {day(record.opened_at)} to {day(record.published_at)}."]
    for lane in _lanes(record):
        said.append(f"{lane.title}: {held(lane.spells)}.")
        said += [
            f"Late from {day(one.late_from)} to {day(one.ends_at)}." for one in lane.spells if one.late_from
        ]
    said += [f"{forum} on {day(at)}." for forum, at in record.meetings]
    return " ".join([*said, f"Findings published on {day(record.published_at)}."])


def _lanes(record: Record) -> list[Lane]:
    lay: dict[int, list[Spell]] = {}
    for spell in record.spells:
        lay.setdefault(spell.request, []).append(spell)
    return [
        Lane(f"{one.number}. {one.title}", tuple(lay[one.number]))
        for one in record.looked
        if one.number in lay
    ]


def _lane(lane: Lane, top: float, across: Callable[[datetime], float]) -> Iterable[str]:
    yield text(LEFT, top + 14, short(lane.title, 66), bold=True)
    bar = top + 20
    for spell in lane.spells:
        begin, end = across(spell.starts_at), across(spell.ends_at)
        force = spell.holder == "force"
        yield box(begin, bar, (end - begin, BAR), NAVY if force else PALE, stroke=NAVY)
        if spell.late_from:
            late = across(spell.late_from)
            yield box(late, bar, (end - late, BAR), "url(#late)", stroke=LATE)
            end = late
        for words in (f"{'Force' if force else 'Office'} {spell.days}", str(spell.days)):
            if len(words) * LETTER < end - begin - 4:
                yield text(begin + 5, bar + 17, words, fill=PAPER if force else INK)
                break
    for due in (one.due for one in lane.spells if one.due):
        yield diamond(min(across(due.at), WIDTH - RIGHT), bar + BAR)


def _marks(record: Record, across: Callable[[datetime], float], height: float) -> Iterable[str]:
    for at in (at for _, at in record.meetings):
        yield _upright(across(at), height, LATE, "6 3")
        yield text(across(at) - 4, height - 38, f"Meeting {_brief(at)}", anchor="end")
    end = across(record.published_at)
    yield _upright(end, height, INK, "")
    yield text(end + 6, TOP + 14, "Published", bold=True) + text(
        end + 6, TOP + 32, _brief(record.published_at)
    )


def _months(
    starts: datetime, ends: datetime, across: Callable[[datetime], float], height: float
) -> Iterable[str]:
    first = starts.astimezone(LONDON).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = [_later(first, count) for count in range(1, 1 + (ends.year - first.year) * 12 + 12)]
    shown = [one for one in months if one <= ends]
    every = max(1, len(shown) // 7)
    yield text(LEFT, 18, _brief(starts))
    for month in shown[::every]:
        yield _upright(across(month), height, RULE, "2 3")
        if across(month) > LEFT + 70:
            yield text(across(month) + 3, 18, f"{month:%B}")


def _later(month: datetime, count: int) -> datetime:
    months = month.year * 12 + month.month - 1 + count
    return month.replace(year=months // 12, month=months % 12 + 1)


def _key(y: float) -> Iterable[str]:
    entries = ((NAVY, "With the force"), (PALE, "With the office"), ("url(#late)", "Late"))
    x: float = LEFT
    for fill, words in entries:
        yield box(x, y - 12, (22, 14), fill, stroke=NAVY) + text(x + 28, y, words)
        x += 52 + len(words) * LETTER
    yield (
        diamond(x + 6, y - 5) + text(x + 20, y, "Due") + text(x + 60, y, "Figures: working days", fill=QUIET)
    )


def _upright(x: float, height: float, stroke: str, dashes: str) -> str:
    return line(x, 26, (x, height - FOOT + 6), stroke=stroke, dashes=dashes, wide=1.5)


def _brief(at: datetime) -> str:
    return f"{civil(at):%-d %B}"
