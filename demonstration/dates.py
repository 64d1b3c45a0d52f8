"""Moved dates: the real days of 2023, carried to now with their distances in working days."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from reference.catalogue import calendar, session
from reference.working import working_calendar
from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant, london
from schemas.outcomes import Refused

PERFORMANCE = "2023-08-31-performance-q1"
THEMATIC = "2023-10-25-thematic-dei"
PLANNED = "2023-12-11-performance-q2"
AHEAD = 8
"""Working days from today to the session of the cycle in flight."""


class DemonstrationError(Exception):
    """The demonstration cannot be loaded; the message says why and what to do."""


@dataclass(frozen=True)
class Dates:
    """The demonstration's days, all hung on the day of the session in flight."""

    calendar: WorkingCalendar
    in_flight_on: date

    def session_at(self, name: str) -> datetime:
        """When a session is held in the demonstration: its real hour, on its moved day."""
        really = real_session(name)
        distance = self.calendar.between(civil(real_session(THEMATIC)), civil(really))
        return instant(self.off(self.in_flight_on, distance), f"{london(really):%H:%M}")

    def at(self, name: str, working_days: int, hour: str) -> datetime:
        """An hour on the day that lies so many working days after a session; before it is negative."""
        return instant(self.off(civil(self.session_at(name)), working_days), hour)

    def on(self, name: str, working_days: int) -> date:
        """The day that lies so many working days after a session; before it is negative."""
        return civil(self.at(name, working_days, "12:00"))

    def off(self, day: date, distance: int) -> date:
        """The day that lies so many working days after another; before it is negative."""
        if distance == 0:
            return day
        found = self.calendar.after(day, distance) if distance > 0 else self.calendar.before(day, -distance)
        return _known(found)


def newest_calendar() -> WorkingCalendar:
    """The working days of the newest edition, which reaches back to the real sessions."""
    found = working_calendar(calendar().version)
    if isinstance(found, Refused):
        raise DemonstrationError(found.message)
    return found


def fresh(today: date) -> Dates:
    """The dates of a demonstration that is loaded today."""
    days = newest_calendar()
    return Dates(calendar=days, in_flight_on=_known(days.after(today, AHEAD)))


def real() -> Dates:
    """The days on which the sessions were really held."""
    return Dates(calendar=newest_calendar(), in_flight_on=civil(real_session(THEMATIC)))


def again(name: str, session_on: date) -> Dates:
    """The dates of a demonstration that was loaded before, from the day of one of its sessions."""
    days = newest_calendar()
    distance = days.between(civil(real_session(THEMATIC)), civil(real_session(name)))
    here = Dates(calendar=days, in_flight_on=session_on)
    return Dates(calendar=days, in_flight_on=here.off(session_on, -distance))


@cache
def real_session(name: str) -> datetime:
    """When a session was really held."""
    held = session(name)["held"]
    if not isinstance(held, datetime):
        held = datetime.fromisoformat(held)
    return instant(held.date(), f"{held:%H:%M}")


def _known(day: date | Refused) -> date:
    if isinstance(day, Refused):
        raise DemonstrationError(day.message)
    return day
