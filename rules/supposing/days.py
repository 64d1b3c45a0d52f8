"""Days that are supposed: a calendar with more holidays, and a session on another day."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from rules.clocks import civil, instant, london
from schemas.clocks import BankHoliday, Calendar, CalendarChange
from schemas.cycle import Session

PROCLAIMED = "A bank holiday, as is supposed"


def with_holidays(
    calendar: Calendar, days: Iterable[date], today: date, known: Iterable[str] = ()
) -> Calendar:
    """An edition of a calendar by which nobody ever counts but a what-if: the same, and these days.

    It is named after the day that follows today and every edition of the calendar that is known.

    Source: bank-holidays
    """
    extra = tuple(BankHoliday(on=on, title=PROCLAIMED) for on in days)
    named = [one.rpartition("/") for one in (*known, calendar.version)]
    editions = [date.fromisoformat(day) for name, _, day in named if name == calendar.calendar]
    last = max([*editions, today]) + timedelta(days=1)
    told = tuple(CalendarChange(on=one.on, announced_on=today, what=PROCLAIMED) for one in extra)
    return calendar.model_copy(
        update={
            "version": f"{calendar.calendar}/{last.isoformat()}",
            "days": tuple(sorted((*calendar.days, *extra), key=lambda one: one.on)),
            "history": (*calendar.history, *told),
        }
    )


def moved_to(session: Session, days: int) -> datetime:
    """When a session starts that moves by so many days: at the same hour of another day.

    Source: local.back-planning
    Units: calendar days; the hour is London's.
    """
    on = civil(session.starts_at) + timedelta(days=days)
    return instant(on, f"{london(session.starts_at):%H:%M}")
