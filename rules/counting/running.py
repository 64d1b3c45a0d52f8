"""The sum of a running clock: its budget first, then each entry of its ledger, day by day and in words."""

from dataclasses import dataclass, field
from datetime import date

from rules.clocks import civil
from rules.counting.table import Table
from schemas.clocks import (
    AfterSession,
    AtSession,
    BeforeSession,
    Budget,
    Clock,
    ClockEntry,
    Extended,
    OnDate,
    Restarted,
    Resumed,
    Suspended,
    WorkingDays,
)
from schemas.outcomes import Refused


@dataclass
class Running:
    """A running clock's sum as far as it has been worked out.

    Source: process.clocks
    """

    table: Table
    session_on: date | None
    days: dict[int, tuple[bool, str]] = field(default_factory=dict)
    """Each day by its place: whether it counts, and why."""
    said: list[str] = field(default_factory=list)
    end: int = 0
    stopped: date | None = None
    planned_back: bool = False


def work_out(clock: Clock, table: Table, session_on: date | None) -> Running | Refused | None:
    """The whole sum, in the order of the ledger; None while the clock waits for a session without a day.

    Source: process.clocks
    Units: the clock's own budget.
    """
    found = Running(table, session_on)
    went = _spend(found, clock.budget, civil(clock.starts_at))
    for entry in clock.entries:
        if went is not _FINE:
            break
        went = _enter(found, entry)
    if went is not _FINE:
        return went if isinstance(went, Refused) else None
    if clock.entries and isinstance(clock.entries[-1], Suspended):
        found.said.append("It stands still; the time is given back when it runs again.")
    return found


_FINE = True
Went = Refused | bool
"""A refusal; True where all is well; False where the clock waits for a session's day."""


def _enter(found: Running, entry: ClockEntry) -> Went:
    if isinstance(entry, Restarted):
        return _restart(found, entry)
    if isinstance(entry, Extended):
        return _extend(found, entry)
    if isinstance(entry, Resumed):
        return _resume(found, civil(entry.at))
    found.stopped = civil(entry.at)
    found.said.append(f"On {_words(found.stopped)} the clock was stopped.")
    return _FINE


def _spend(found: Running, budget: Budget, start: date) -> Went:
    found.planned_back = False
    match budget:
        case WorkingDays(days=days):
            return _forward(found, start, days)
        case OnDate(on=on):
            return _named(found, start, on)
        case BeforeSession(days=days):
            return _back(found, days)
        case AtSession():
            return _at_session(found)
        case AfterSession(days=days):
            return _forward(found, found.session_on, days) if found.session_on else False


def _forward(found: Running, start: date, number: int) -> Went:
    table = found.table
    first = table.place(start)
    if isinstance(first, Refused):
        return first
    end = table.nth(first + 1, number, "working") if number else table.nth(first, 1, "working")
    if end is None:
        return table.unknown()
    found.end = end
    found.days = {first: (False, "the start day, which is not counted")}
    if number:
        found.days |= _rows(table, first + 1, end)
        found.said.append(f"{_many(number)} after {_words(start)}, which is not counted.")
        return _FINE
    found.days |= {n: (False, table.why_not(n) or _FIRST) for n in range(first, end + 1)}
    found.said.append(f"On {_words(start)}, or on the first working day after it.")
    return _FINE


_FIRST = "the first working day; nothing is counted"


def _named(found: Running, start: date, on: date) -> Went:
    end, first = found.table.place(on), found.table.place(start)
    if isinstance(end, Refused):
        return end
    begins = end if isinstance(first, Refused) else min(first, end)
    found.end = end
    found.days = dict.fromkeys(range(begins, end), (False, "not counted: the day is named"))
    found.days[end] = (False, "the day that is named")
    found.said.append(f"The day was named on {_words(start)}: {_words(on)}.")
    return _FINE


def _back(found: Running, number: int) -> Went:
    if found.session_on is None:
        return False
    table, session = found.table, found.table.place(found.session_on)
    if isinstance(session, Refused):
        return session
    end = table.working_before(session if number else session + 1, max(number, 1))
    if end is None:
        return table.unknown()
    found.end, found.planned_back = end, True
    found.days = _rows(table, end, session - 1)
    if not number:
        found.days = {n: (False, why) for n, (_, why) in found.days.items()}
    found.days[session] = (False, "the day of the session, from which days are counted back")
    found.said.append(
        f"Planned backwards from the session on {_words(found.session_on)}: {_many(number)} before it."
    )
    return _FINE


def _at_session(found: Running) -> Went:
    if found.session_on is None:
        return False
    end = found.table.place(found.session_on)
    if isinstance(end, Refused):
        return end
    found.end = end
    found.days = {end: (False, "the day of the session")}
    found.said.append(f"It is shown at the session, on {_words(found.session_on)}.")
    return _FINE


def _restart(found: Running, entry: Restarted) -> Went:
    on = civil(entry.at)
    found.said.append(f"On {_words(on)} it was started again, and what went before fell away.")
    found.stopped = on if found.stopped else None
    return _spend(found, entry.budget, on)


def _extend(found: Running, entry: Extended) -> Went:
    to = found.table.place(entry.to)
    if isinstance(to, Refused):
        return to
    decided = f"On {_words(civil(entry.at))} it was extended to {_words(entry.to)}"
    if to <= found.end:
        found.said.append(f"{decided}, which is no later than it was.")
        return _FINE
    found.said.append(f"{decided}.")
    _move(found, to, "extension")
    return _FINE


def _resume(found: Running, on: date) -> Went:
    stopped, table = found.stopped, found.table
    if stopped is None:
        return _FINE
    first, last = stopped.toordinal() - table.first + 1, on.toordinal() - table.first
    lost = table.rank(last + 1) - table.rank(first)
    if not lost:
        found.said.append(f"On {_words(on)} it ran again; no working day was lost.")
        return _FINE
    end = table.nth(found.end + 1, lost, "working")
    if end is None:
        return table.unknown()
    for place in range(max(first, min(found.days)), min(last, found.end) + 1):
        counted, said = found.days[place]
        still = "suspended: the clock stood still" if counted else f"{said}; suspended"
        found.days[place] = (False, still)
    _move(found, end, "given back")
    found.said.append(f"On {_words(on)} it ran again: {_many(lost)} lost, and given back.")
    found.stopped = None
    return _FINE


def _move(found: Running, to: int, why: str) -> None:
    """The days by which the end moves; where it was planned back, they begin at the day so planned."""
    if found.planned_back:
        found.days = {found.end: (False, "the day that was planned from the session")}
        found.planned_back = False
    more = _rows(found.table, found.end + 1, to)
    found.days |= {n: (counted, f"{said} ({why})") for n, (counted, said) in more.items()}
    found.end = to


def _rows(table: Table, first: int, last: int) -> dict[int, tuple[bool, str]]:
    return {first + n: (one.counted, one.why) for n, one in enumerate(table.rows(first, last, "working"))}


def _many(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"


def _words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
