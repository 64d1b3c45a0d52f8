"""What falls on the days of the calendar: rows of the record and cycles to come, with what is wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from starlette.requests import Request

from rules.clocks import civil
from rules.programme.clashes import first_clash
from rules.timing.crowding import clashing, overloaded
from rules.timing.spans import days_within
from schemas.calendar import DueRow, Layer
from schemas.people import Person
from schemas.programme import Slot
from web.pictures.month import Entry, Month
from web.programme.board import Board, board_of
from web.programme.wording import address
from web.showing.dates import hour
from web.showing.words import FORUMS, WHATS


@dataclass(frozen=True)
class Day:
    """One day of the list."""

    on: date
    holiday: str
    crowded: bool
    entries: tuple[Entry, ...]
    more: int
    """Entries that are not shown here, but on the day's own page."""


@dataclass(frozen=True)
class Days:
    """A span of the calendar."""

    month: Month
    days: tuple[Day, ...]
    crowded: tuple[date, ...]
    clashes: int
    count: int


@dataclass(frozen=True)
class Span:
    """The days that are looked at: from one to another, about a month, as of today."""

    first: date
    last: date
    month_on: date
    today: date

    def counts(self, on: date) -> bool:
        """Whether a day is one of the month's own, not one that fills its weeks."""
        return (on.year, on.month) == (self.month_on.year, self.month_on.month)


def days_of(
    rows: Sequence[DueRow],
    planned: tuple[Entry, ...],
    holidays: Mapping[date, str],
    span: Span,
    person: Person,
) -> Days:
    """The days of a span with everything on them, and which have too much."""
    clash = clashing(
        (one.cycle, one.due_at, one.forum or "", one.meeting) for one in rows if one.what == "session"
    )
    entries = (*(_entry(one, person, clash) for one in rows), *planned)
    whole = {civil(one.due_at): one.of_day for one in rows}
    for one in planned:
        whole[one.on] = whole.get(one.on, 0) + 1
    held = Counter(one.on for one in entries if one.kind in SESSIONS)
    crowded = overloaded(held, whole)
    month = Month(span.month_on.year, span.month_on.month, span.today, entries, holidays, crowded)
    return Days(
        month=_with_more(month, whole),
        days=tuple(_days(month, span, whole)),
        crowded=tuple(sorted(on for on in crowded if span.counts(on))),
        clashes=sum(bool(one.mark) for one in entries if span.counts(one.on)),
        count=sum(many for on, many in whole.items() if span.counts(on)),
    )


SESSIONS = frozenset({*FORUMS.values(), WHATS["session"], "Planned session"})


def _with_more(month: Month, whole: Mapping[date, int]) -> Month:
    """Each day that has more than is shown ends with the way to its own page."""
    shown = Counter(one.on for one in month.entries)
    ways = tuple(
        Entry(on, "99:99", "team", "", f"All {count} of this day", f"/calendar/day/{on.isoformat()}")
        for on, count in whole.items()
        if count > shown[on]
    )
    return replace(month, entries=(*month.entries, *ways))


def _days(month: Month, span: Span, whole: Mapping[date, int]) -> Iterator[Day]:
    for on in days_within(span.first, span.last):
        found = month.of(on)
        if found or on in month.holidays or on == month.today:
            more = whole.get(on, 0) - len(found)
            yield Day(on, month.holidays.get(on, ""), on in month.overloaded, found, max(more, 0))


def _entry(row: DueRow, person: Person, clash: frozenset[str]) -> Entry:
    session = row.what == "session"
    kind = FORUMS.get(row.forum or "", WHATS[row.what]) if session else WHATS.get(row.what, row.what)
    about = row.about if row.about and row.about != row.title else ""
    what = f"{row.cycle}: {about or row.title}" + (", done" if row.done and not session else "")
    return Entry(
        on=civil(row.due_at),
        hour=hour(row.due_at),
        layer=row.layer,
        kind=kind,
        what=what,
        href=_href(row, person),
        late=row.missed and not row.done,
        mark="Same hour as another session." if session and row.cycle in clash else "",
    )


def _href(row: DueRow, person: Person) -> str:
    """Where it leads for this person; nowhere where the page is not theirs."""
    if person.side == "force":
        if row.what == "return":
            return f"/tasks/{row.cycle}/{row.number}"
        return f"/findings/{row.cycle.lower()}" if row.what == "findings" and row.done else ""
    places = {
        "return": f"requests/{row.number}",
        "action": f"actions/{row.number}",
        "session": f"sessions/{row.number}",
    }
    return f"/cycles/{row.cycle}/{places[row.what]}" if row.what in places else f"/cycles/{row.cycle}"


async def of_programme(
    request: Request, person: Person, layers: tuple[Layer, ...], span: Span
) -> tuple[Entry, ...]:
    """Cycles that are still to be opened, and their sessions, for those who may see the programme."""
    if person.side == "force" or "team" not in layers:
        return ()
    board = await board_of(request)
    waiting = [one for one in board.slots if one.waiting]
    found = [entry for slot in waiting for entry in _of_slot(board, slot, waiting)]
    return tuple(one for one in found if span.first <= one.on <= span.last)


def _of_slot(board: Board, slot: Slot, waiting: Sequence[Slot]) -> Iterator[Entry]:
    draft, href = slot.draft, address(slot.number)
    clash = first_clash(waiting, {slot.number: draft})
    mark = clash.message if clash else "Nobody works on this day." if board.on_holiday(slot) else ""
    title = f"{slot.number}: {board.say(draft.title)}"
    yield Entry(draft.opens_on, "09:00", "team", "Cycle opens", title, href, mark=mark)
    if draft.session_at:
        at = draft.session_at
        yield Entry(civil(at), hour(at), "team", "Planned session", title, href, mark=mark)
