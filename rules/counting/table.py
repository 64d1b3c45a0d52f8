"""One edition of a calendar as arrays: every day known once, so that counting is looking up."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from schemas.clocks import Calendar
from schemas.counting import CountedDay, Unit
from schemas.outcomes import Refused

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5
END_OF_DAY = time(23, 59, 59)


class Table:
    """The days of one edition by their places: 0 is the first day that it knows.

    Source: bank-holidays
    Source: process.clocks
    Units: civil days in London.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.name = calendar.calendar
        self.version = calendar.version
        self.first = calendar.starts_on.toordinal()
        self.size = calendar.horizon_on.toordinal() - self.first + 1
        self.dates = tuple(date.fromordinal(self.first + n) for n in range(self.size))
        titles = {day.on: day.title for day in calendar.days}
        self._why = tuple(_why(day, titles) for day in self.dates)
        self.working = tuple(n for n in range(self.size) if not self._why[n])
        self._ends: dict[tuple[int, str | None], datetime] = {}

    def place(self, on: date) -> int | Refused:
        """The place of a day, or a refusal where this edition does not know it.

        Source: process.clocks
        """
        place = on.toordinal() - self.first
        return place if 0 <= place < self.size else self.unknown(on)

    def unknown(self, on: date | None = None) -> Refused:
        """The refusal of a day, or of a sum, that this edition does not reach.

        Source: process.clocks
        """
        told = f"{_words(on)} cannot be counted" if on else "this sum runs out of it"
        return Refused(
            code="beyond_horizon",
            message=f"The calendar {self.version} is known from {_words(self.dates[0])} to "
            f"{_words(self.dates[-1])}, and {told}. Nothing is guessed: use a later edition or another day.",
            source="process.clocks",
            field="start",
        )

    def is_working(self, place: int) -> bool:
        """Whether the day at this place is a working day.

        Source: bank-holidays
        """
        return not self._why[place]

    def why_not(self, place: int) -> str:
        """Why the day at this place is no working day; empty where it is one.

        Source: bank-holidays
        """
        return self._why[place]

    def count(self, first: int, last: int, unit: Unit) -> int:
        """How many days of this unit lie from `first` to `last`, both included; 0 where there is none.

        Source: process.clocks
        Units: working or calendar days.
        """
        if last < first:
            return 0
        if unit == "calendar":
            return last - first + 1
        return self.rank(last + 1) - self.rank(first)

    def rank(self, place: int) -> int:
        """How many working days lie before this place.

        Source: process.clocks
        Units: working days.
        """
        return self._ranks[min(max(place, 0), self.size)]

    def nth(self, first: int, count: int, unit: Unit) -> int | None:
        """The place of the `count`th day of this unit from `first` on; None beyond the horizon.

        Source: process.clocks
        Units: working or calendar days; `first` is the first that may be counted.
        """
        if unit == "calendar":
            end = first + count - 1
            return end if end < self.size else None
        wanted = self.rank(first) + count - 1
        return self.working[wanted] if wanted < len(self.working) else None

    def working_before(self, place: int, count: int) -> int | None:
        """The place of the working day that is `count` working days before; None before the first day.

        Source: process.clocks
        Units: working days.
        """
        wanted = self.rank(place) - count
        return self.working[wanted] if wanted >= 0 else None

    def rows(self, first: int, last: int, unit: Unit) -> Sequence[CountedDay]:
        """The days from `first` to `last` as a clock of this unit counts them.

        Source: process.clocks
        Units: working or calendar days.
        """
        every = self._calendar_rows if unit == "calendar" else self._working_rows
        return every[first : last + 1]

    def start_row(self, place: int, *, counted: bool) -> CountedDay:
        """The start day as the first day of a sum: day 1 of it, or not counted.

        Source: process.clocks
        """
        return self._start_rows[counted][place]

    def words(self, place: int) -> str:
        """The day at this place in words, such as `Monday 25 December 2023`.

        Source: process.clocks
        """
        return self._names[place]

    def end_of(self, place: int, hour: str | None) -> datetime:
        """The instant in UTC of this hour in London, or of the day's last second where there is none.

        Source: process.clocks
        """
        key = (place, hour)
        if key not in self._ends:
            at = time.fromisoformat(hour) if hour else END_OF_DAY
            self._ends[key] = datetime.combine(self.dates[place], at, tzinfo=LONDON).astimezone(UTC)
        return self._ends[key]

    @cached_property
    def _ranks(self) -> tuple[int, ...]:
        return tuple(bisect_left(self.working, place) for place in range(self.size + 1))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(_words(day) for day in self.dates)

    @cached_property
    def _start_rows(self) -> tuple[tuple[CountedDay, ...], tuple[CountedDay, ...]]:
        return (
            tuple(
                CountedDay(one, counted=False, why="the start day, which is not counted")
                for one in self.dates
            ),
            tuple(CountedDay(one, counted=True, why="the start day, which is day 1") for one in self.dates),
        )

    @cached_property
    def _calendar_rows(self) -> tuple[CountedDay, ...]:
        return tuple(CountedDay(day, counted=True, why="a calendar day") for day in self.dates)

    @cached_property
    def _working_rows(self) -> tuple[CountedDay, ...]:
        return tuple(
            CountedDay(day, counted=not why, why=why or "a working day")
            for day, why in zip(self.dates, self._why, strict=True)
        )


def london_day(at: date | datetime) -> date | Refused:
    """The civil day in London of a day or an instant; an instant without a zone is refused.

    Source: process.clocks
    """
    if not isinstance(at, datetime):
        return at
    if at.tzinfo is None:
        return Refused(
            code="instant_without_zone",
            message="Give the time with its zone, such as 2027-03-27T14:00:00Z.",
            source="process.clocks",
            field="start",
        )
    try:
        return at.astimezone(LONDON).date()
    except OverflowError:
        return at.date()


def months_later(on: date, months: int) -> date:
    """The day of the same number so many months later, or that month's last day where it has none such.

    Source: recommendations.deadlines
    Units: calendar months.
    """
    years, month = divmod(on.month - 1 + months, 12)
    first_of_next = date(on.year + years + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December
    last = (first_of_next - timedelta(days=1)).day
    return date(on.year + years, month + 1, min(on.day, last))


def financial_year(on: date) -> int:
    """The calendar year in which the February of this day's financial year lies.

    Source: si-2012-2271.r2
    Units: a financial year runs from 1 April to 31 March.
    """
    return on.year + 1 if (on.month, on.day) >= (4, 1) else on.year


def _why(day: date, titles: dict[date, str]) -> str:
    if day in titles:
        return f"not a working day: {titles[day]}"
    return day.strftime("not a working day: a %A") if day.weekday() >= SATURDAY else ""


def _words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
