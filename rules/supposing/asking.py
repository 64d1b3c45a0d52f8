"""What may be supposed: a supposition as it was typed, or a sentence for each thing wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.calendars import WorkingCalendar
from rules.clocks import civil
from rules.deciding.moment import next_session
from rules.supposing.days import moved_to
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.supposing import FARTHEST_MOVE, MOST_HOLIDAYS, MOST_LATE, Supposition

SILENT = "silent"
DAY_FIRST = re.compile(r"(\d{1,2})[ ./](\d{1,2})[ ./](\d{4})")
LONGEST = 6
"""Signs of a number that is read at all."""


@dataclass(frozen=True)
class Said:
    """A supposition as it was typed.

    Source: process.wrong-input
    """

    force_late: str = ""
    session_moves: str = ""
    holidays: Sequence[str] = ()
    office_late: str = ""


def supposition(said: Said) -> Supposition | tuple[Refused, ...]:
    """The supposition; or everything that is wrong with what was typed, each with its field.

    Source: process.wrong-input
    Units: working days for lateness, calendar days for the session.
    """
    force = SILENT if said.force_late.strip().lower() == SILENT else _late("force_late", said.force_late)
    moves = _moves(said.session_moves)
    office = _late("office_late", said.office_late)
    days = _days(said.holidays)
    wrong = tuple(one for one in (force, moves, days, office) if isinstance(one, Refused))
    if wrong:
        return wrong
    made = Supposition.model_validate(
        {
            "force_late_days": force,
            "session_moves_days": moves,
            "holidays": days,
            "office_late_days": office,
        }
    )
    return made if made != Supposition() else (_nothing(),)


def check(cycle: Cycle, supposed: Supposition, today: date, calendar: WorkingCalendar) -> tuple[Refused, ...]:
    """Everything for which a supposition cannot be made about a cycle as it stands; none where it can.

    Source: process.wrong-input
    """
    if refused := _not_running(cycle):
        return (refused,)
    found = (
        _no_session(cycle, supposed) or _no_working_day(cycle, supposed, calendar),
        _nothing_owed(cycle, supposed),
        _nothing_to_look_at(cycle, supposed),
        *(_holiday(day, today, calendar) for day in supposed.holidays),
    )
    return tuple(one for one in found if one)


def _not_running(cycle: Cycle) -> Refused | None:
    if cycle.over:
        how = "was cancelled" if cycle.cancelled_at else "has closed"
        return _wrong(
            "cycle_over",
            f"{cycle.reference} {how}, so nothing more can happen in it. Ask of another.",
            None,
        )
    if cycle.paused_at:
        return _wrong(
            "cycle_paused",
            f"{cycle.reference} is paused, and its clocks stand still until somebody resumes it. "
            "Resume it first, then ask.",
            None,
        )
    return None


def _no_session(cycle: Cycle, supposed: Supposition) -> Refused | None:
    if supposed.session_moves_days is None or next_session(cycle):
        return None
    return _wrong(
        "no_session_to_move",
        f"No session of {cycle.reference} is still to come, so none can move. "
        "Fix one first, or leave the session out.",
        "session_moves",
    )


def _no_working_day(cycle: Cycle, supposed: Supposition, calendar: WorkingCalendar) -> Refused | None:
    """A refusal where the session would move to a day on which nobody works, or that nobody can count."""
    session = next_session(cycle)
    if session is None or not supposed.session_moves_days:
        return None
    day = civil(moved_to(session, supposed.session_moves_days))
    why = calendar.why_not(day) if calendar.covers(day) else "beyond the days for which holidays are known"
    if why is None:
        return None
    return _wrong(
        "moves_to_no_working_day",
        f"The session would move to {day:%-d %B %Y}, which is {why}. Suppose another number of days.",
        "session_moves",
    )


def _nothing_owed(cycle: Cycle, supposed: Supposition) -> Refused | None:
    if supposed.force_late_days is None or cycle.planned or any(one.open for one in cycle.requests):
        return None
    return _wrong(
        "nothing_owed",
        f"The force owes no return in {cycle.reference} any more, so it cannot be late. Leave that out.",
        "force_late",
    )


def _nothing_to_look_at(cycle: Cycle, supposed: Supposition) -> Refused | None:
    coming = cycle.planned or any(one.open or one.state == "returned" for one in cycle.requests)
    if supposed.office_late_days is None or coming:
        return None
    return _wrong(
        "nothing_to_review",
        f"Every return of {cycle.reference} has been looked at, so the office cannot be late with one. "
        "Leave that out.",
        "office_late",
    )


def _holiday(day: date, today: date, calendar: WorkingCalendar) -> Refused | None:
    said = f"{day:%A %-d %B %Y}"
    if day <= today:
        return _wrong(
            "holiday_past", f"{said} is not to come any more. Choose a later day for the holiday.", "holidays"
        )
    if not calendar.covers(day):
        return _wrong(
            "beyond_horizon",
            f"Bank holidays are known up to {calendar.horizon_on:%-d %B %Y}. Choose a day before that.",
            "holidays",
        )
    if why := calendar.why_not(day):
        return _wrong(
            "holiday_not_working",
            f"{said}: nobody works on that day as it is ({why}). Choose a working day.",
            "holidays",
        )
    return None


def _late(field: str, typed: str) -> int | Refused | None:
    said = typed.strip()
    if not said:
        return None
    if said.isdecimal() and len(said) <= LONGEST and 1 <= int(said) <= MOST_LATE:
        return int(said)
    else_silent = ", or silent" if field == "force_late" else ""
    return _wrong("late_wrong", f"Write a number of working days from 1 to {MOST_LATE}{else_silent}.", field)


def _moves(typed: str) -> int | Refused | None:
    said = typed.strip().removeprefix("+").replace("\N{MINUS SIGN}", "-")
    if not said:
        return None
    digits = said.removeprefix("-")
    if digits.isdecimal() and len(digits) <= LONGEST and 1 <= int(digits) <= FARTHEST_MOVE:
        return int(said)
    return _wrong(
        "moves_wrong",
        f"Write by how many days the session moves, from 1 to {FARTHEST_MOVE}; "
        "with a minus for an earlier day.",
        "session_moves",
    )


def _days(typed: Sequence[str]) -> tuple[date, ...] | Refused:
    said = [one.strip() for one in typed if one.strip()]
    if len(said) > MOST_HOLIDAYS:
        return _wrong("too_many_holidays", f"Suppose at most {MOST_HOLIDAYS} holidays at a time.", "holidays")
    try:
        return tuple(sorted({_day(one) for one in said}))
    except ValueError:
        return _wrong("holiday_no_date", "Write each holiday as a date such as 2026-12-24.", "holidays")


def _day(typed: str) -> date:
    """A day written as 2026-12-24 or as 24 12 2026.

    Raises: ValueError: it is no date.
    """
    if found := DAY_FIRST.fullmatch(typed):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return date.fromisoformat(typed)


def _nothing() -> Refused:
    return _wrong(
        "nothing_supposed",
        "Suppose at least one thing: that the force is late, that the session moves, "
        "that a day is a bank holiday, or that the office is late.",
        "force_late",
    )


def _wrong(code: str, message: str, field: str | None) -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input", field=field)
