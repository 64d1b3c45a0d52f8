"""A year of the programme as its page shows it: one line for each cycle, and what needs somebody."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rules.clocks import civil
from rules.programme.years import label, opens_at
from schemas.people import Role
from schemas.programme import Slot, SlotState
from web.programme.board import DROPPERS, PLANNERS, Board
from web.programme.wording import COLOURS, STATES, address, ground, standing
from web.showing.dates import moment
from web.showing.words import plural

ORDER: tuple[SlotState, ...] = ("opened", "adopted", "proposed")
Tag = tuple[str, str]
"""Words and the colour that goes with them."""


@dataclass(frozen=True)
class Line:
    """One cycle to come, or one that was opened, in the words of a page."""

    slot: Slot
    href: str
    title: str
    theme: str
    officer: str
    opens_at: datetime
    ground: str
    because: str
    tags: tuple[Tag, ...]
    ways: tuple[tuple[str, str], ...]
    """What somebody may do with it, and where."""


@dataclass(frozen=True)
class Trouble:
    """Something that needs somebody, and where it is put right."""

    what: str
    href: str


def line(board: Board, slot: Slot, role: Role | None = None) -> Line:
    """One slot in words, with what the role may do with it."""
    return Line(
        slot=slot,
        href=address(slot.number),
        title=board.say(slot.draft.title),
        theme=board.theme(slot.draft.theme),
        officer=board.titled(slot.draft.officer),
        opens_at=opens_at(slot),
        ground=ground(slot.draft.ground),
        because=board.say(slot.draft.because),
        tags=tuple(_tags(board, slot)),
        ways=tuple(_ways(slot, role)),
    )


def lines(board: Board, year: int, role: Role) -> list[Line]:
    """The cycles of a year by the day on which they open; those taken out are left out."""
    return [line(board, one, role) for one in standing(board.programme, year)] if board.programme else []


def sentence(board: Board, year: int) -> str:
    """A year in one sentence or two: how many cycles, in which state, and which opens next."""
    slots = standing(board.programme, year) if board.programme else ()
    counts = Counter(one.state for one in slots)
    states = ", ".join(f"{counts[one]} {STATES[one].lower()}" for one in ORDER if counts[one])
    said = f"{label(year)} has {plural(len(slots), 'cycle')}: {states}."
    coming = next((one for one in slots if one.state == "adopted" and opens_at(one) > board.now), None)
    if coming:
        return f"{said} Next to open: {coming.number}, {moment(opens_at(coming))}."
    if counts["proposed"]:
        return f"{said} None opens before the year is adopted."
    return f"{said} No opening is to come."


def troubles(board: Board) -> list[Trouble]:
    """What needs somebody, the most pressing first."""
    found = [
        Trouble(f"{one.number} could not be opened: {board.say(one.refused)}", address(one.number))
        for one in board.not_opened
    ]
    found += [
        Trouble(
            f"{one.number} is planned on a day on which nobody works: {why_not(board, one)}",
            f"/programme/move?how=holidays&slots={one.number}",
        )
        for one in board.on_holidays
    ]
    if waiting := len(board.waiting):
        wait = "waits" if waiting == 1 else "wait"
        found.append(Trouble(f"{plural(waiting, 'proposal')} from outside {wait}", "/programme/proposals"))
    return found


def why_not(board: Board, slot: Slot) -> str:
    """Why nobody works on a day of a cycle to come; empty where somebody does."""
    held_at = None if slot.draft.confirmed else slot.draft.session_at
    days = (slot.draft.opens_on, *((civil(held_at),) if held_at else ()))
    if board.calendar is None:
        return ""
    found = ((day, board.calendar.why_not(day)) for day in days)
    return "; ".join(f"{day:%A %-d %B %Y} is {why}" for day, why in found if why)


def _tags(board: Board, slot: Slot) -> Iterator[Tag]:
    if slot.state == "adopted" and slot.refused:
        yield "Could not be opened", "red"
    else:
        yield STATES[slot.state], COLOURS[slot.state]
    if board.on_holiday(slot):
        yield "On a day off", "orange"
    if slot.late_by:
        yield "Opened late", "yellow"
    if slot.state == "proposed" and slot.draft.opens_on <= board.today:
        yield "Day has come, not adopted", "red"


def _ways(slot: Slot, role: Role | None) -> Iterator[tuple[str, str]]:
    if not slot.waiting:
        return
    href = address(slot.number)
    if role in PLANNERS:
        yield "Change", f"{href}/change"
    if role in DROPPERS:
        yield "Take out", f"{href}/drop"
