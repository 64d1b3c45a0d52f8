"""Working days: a calendar that can be asked, and that says so when it does not know."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from schemas.clocks import Calendar
from schemas.outcomes import Refused

SATURDAY = 5


class WorkingCalendar:
    """The working days of one edition of a calendar, in order.

    Source: bank-holidays
    Units: civil days in London; Saturdays, Sundays and bank holidays are not working days.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.version = calendar.version
        self.starts_on = calendar.starts_on
        self.horizon_on = calendar.horizon_on
        self.holidays = {day.on: day.title for day in calendar.days}
        span = (calendar.horizon_on - calendar.starts_on).days + 1
        every = (calendar.starts_on + timedelta(days=n) for n in range(span))
        self._working = [d for d in every if d.weekday() < SATURDAY and d not in self.holidays]

    def covers(self, day: date) -> bool:
        """Whether the calendar knows this day.

        Source: process.clocks
        """
        return self.starts_on <= day <= self.horizon_on

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day, as far as this edition knows.

        Source: bank-holidays
        """
        return day.weekday() < SATURDAY and day not in self.holidays

    def why_not(self, day: date) -> str | None:
        """Why nobody works on this day, in words; None on a working day.

        Source: bank-holidays
        """
        if day in self.holidays:
            return self.holidays[day]
        return day.strftime("a %A") if day.weekday() >= SATURDAY else None

    def after(self, day: date, count: int) -> date | Refused:
        """The working day that is `count` working days after `day`; for 0, `day` or the next working day.

        Source: process.clocks
        Units: working days; the day itself is not counted.
        """
        if not self.covers(day):
            return self._unknown(day)
        start = bisect_right(self._working, day) if count else bisect_left(self._working, day) + 1
        return self._nth(start + count - 1)

    def before(self, day: date, count: int) -> date | Refused:
        """The working day that is `count` working days before `day`; for 0, `day` or the one before it.

        Source: local.back-planning
        Units: working days; the day itself is not counted.
        """
        if not self.covers(day):
            return self._unknown(day)
        end = bisect_left(self._working, day) if count else bisect_right(self._working, day)
        return self._nth(end - max(count, 1))

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; negative when end is earlier.

        Source: process.clocks
        Units: working days.
        """
        return bisect_right(self._working, end) - bisect_right(self._working, start)

    def working_days(self, start: date, end: date) -> tuple[date, ...]:
        """The working days from `start` to `end`, both included, as far as this edition knows.

        Source: bank-holidays
        """
        return tuple(self._working[bisect_left(self._working, start) : bisect_right(self._working, end)])

    def _nth(self, place: int) -> date | Refused:
        if 0 <= place < len(self._working):
            return self._working[place]
        beyond = self.horizon_on if place > 0 else self.starts_on - timedelta(days=2)
        return self._unknown(beyond + timedelta(days=1))

    def _unknown(self, day: date) -> Refused:
        return Refused(
            code="beyond_horizon",
            message=f"Bank holidays are known from {self.starts_on:%-d %B %Y} "
            f"to {self.horizon_on:%-d %B %Y}. Choose a day within them: {day:%-d %B %Y} cannot be counted.",
            source="process.clocks",
        )
