"""Clocks: from a budget and a ledger to the instant at which something is owed."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from rules.calendars import WorkingCalendar
from schemas.clocks import (
    AfterSession,
    AtSession,
    BeforeSession,
    Budget,
    Clock,
    Due,
    Extended,
    OnDate,
    Restarted,
    Resumed,
    Suspended,
    WorkingDays,
)
from schemas.outcomes import Refused

LONDON = ZoneInfo("Europe/London")


def civil(at: datetime) -> date:
    """The civil day in London of an instant.

    Source: process.clocks
    """
    return london(at).date()


def london(at: datetime) -> datetime:
    """An instant as the clocks of London show it; unchanged at the very ends of what can be counted.

    Source: process.clocks
    """
    try:
        return at.astimezone(LONDON)
    except OverflowError:
        return at


def instant(on: date, hour: str) -> datetime:
    """The instant, in UTC, of a time of day in London, such as `17:00`.

    Source: process.clocks
    """
    return datetime.combine(on, time.fromisoformat(hour), tzinfo=LONDON).astimezone(UTC)


def due(clock: Clock, calendar: WorkingCalendar, session_on: date | None) -> Due | Refused | None:
    """When the clock runs out; None while it waits for a session that has no day.

    Source: process.clocks
    Units: the clock's own budget; the hour is in London.
    """
    day = _spend(clock.budget, civil(clock.starts_at), calendar, session_on)
    stopped: date | None = None
    for entry in clock.entries:
        if not isinstance(day, date):
            break
        if isinstance(entry, Restarted):
            day = _spend(entry.budget, civil(entry.at), calendar, session_on)
            stopped = civil(entry.at) if stopped else None
        elif isinstance(entry, Extended):
            day = max(day, entry.to)
        elif isinstance(entry, Suspended):
            stopped = civil(entry.at)
        elif stopped and (lost := calendar.between(stopped, civil(entry.at))):
            day, stopped = calendar.after(day, lost), None
    return _at_hour(day, clock, calendar) if isinstance(day, date) else day


def _at_hour(day: date, clock: Clock, calendar: WorkingCalendar) -> Due | Refused:
    known = calendar.after(day, 0)
    if isinstance(known, Refused):
        return known
    return Due(on=day, at=instant(day, clock.hour), calendar=calendar.version)


def suspended(clock: Clock) -> bool:
    """Whether the clock stands still.

    Source: process.clocks
    """
    marks = [one for one in clock.entries if isinstance(one, Suspended | Resumed)]
    return bool(marks) and isinstance(marks[-1], Suspended)


def follows_session(clock: Clock) -> bool:
    """Whether the clock is planned backwards from the session and moves with it; an extension ends that.

    Source: local.back-planning
    """
    budget: Budget = clock.budget
    for entry in clock.entries:
        if isinstance(entry, Restarted):
            budget = entry.budget
        elif isinstance(entry, Extended):
            budget = OnDate(on=entry.to)
    return isinstance(budget, BeforeSession | AtSession | AfterSession)


def named_day(clock: Clock) -> bool:
    """Whether the clock ends on a day that was named, by its budget or by an extension: no calendar moves it.

    Source: process.clocks
    """
    named = isinstance(clock.budget, OnDate)
    for entry in clock.entries:
        if isinstance(entry, Restarted):
            named = isinstance(entry.budget, OnDate)
        elif isinstance(entry, Extended):
            named = True
    return named


def _spend(
    budget: Budget, start: date, calendar: WorkingCalendar, session_on: date | None
) -> date | Refused | None:
    match budget:
        case WorkingDays(days=days):
            return calendar.after(start, days)
        case OnDate(on=on):
            return on
        case BeforeSession(days=days):
            return calendar.before(session_on, days) if session_on else None
        case AfterSession(days=days):
            return calendar.after(session_on, days) if session_on else None
        case AtSession():
            return session_on
