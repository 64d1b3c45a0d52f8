"""Working days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reference.working import working_calendar
from schemas.outcomes import Refused
from tests.rules.table import day, refused, working

CALENDAR = working()
DAYS = st.dates(date(2024, 1, 1), date(2027, 6, 30))
COUNTS = st.integers(1, 200)


@given(DAYS.filter(CALENDAR.is_working), COUNTS)
def test_before_undoes_after(start: date, count: int) -> None:
    """From a working day, so many days after and as many before is the same day again."""
    there = CALENDAR.after(start, count)
    assert isinstance(there, date)
    assert CALENDAR.before(there, count) == start
    assert CALENDAR.between(start, there) == count
    assert CALENDAR.between(there, start) == -count


@given(DAYS, COUNTS)
def test_every_day_found_is_a_working_day_on_the_right_side(start: date, count: int) -> None:
    """After is later, before is earlier, and both are days on which offices work."""
    after, before = CALENDAR.after(start, count), CALENDAR.before(start, count)
    assert isinstance(after, date)
    assert isinstance(before, date)
    assert before < start < after
    assert CALENDAR.is_working(after)
    assert CALENDAR.is_working(before)


@given(DAYS, st.integers(0, 30), COUNTS)
def test_later_starts_never_end_earlier(start: date, apart: int, count: int) -> None:
    """Counting keeps the order of days."""
    later = start + timedelta(days=apart)
    one, other = CALENDAR.after(start, count), CALENDAR.after(later, count)
    assert isinstance(one, date)
    assert isinstance(other, date)
    assert one <= other


@given(DAYS, st.integers(0, 199))
def test_one_more_working_day_is_the_next_one(start: date, count: int) -> None:
    """Each count adds exactly one working day."""
    one, more = CALENDAR.after(start, count), CALENDAR.after(start, count + 1)
    assert isinstance(one, date)
    assert isinstance(more, date)
    assert CALENDAR.between(one, more) == (1 if count or CALENDAR.is_working(start) else 0)


def test_zero_days_is_the_day_itself_or_its_neighbour() -> None:
    """Nothing to count: a working day stays, a Saturday becomes Monday or the Friday before."""
    assert CALENDAR.after(day("2026-06-01"), 0) == day("2026-06-01")
    assert CALENDAR.after(day("2026-06-06"), 0) == day("2026-06-08")
    assert CALENDAR.before(day("2026-06-06"), 0) == day("2026-06-05")


def test_christmas_and_easter_are_not_counted() -> None:
    """Bank holidays and their substitutes are skipped in both directions."""
    assert CALENDAR.after(day("2026-12-24"), 1) == day("2026-12-29")
    assert CALENDAR.before(day("2027-03-30"), 1) == day("2027-03-25")


def test_a_day_says_why_nobody_works() -> None:
    """A bank holiday by its name, a weekend by its day, a working day not at all."""
    assert CALENDAR.why_not(day("2026-12-25")) == "Christmas Day"
    assert CALENDAR.why_not(day("2026-06-06")) == "a Saturday"
    assert CALENDAR.why_not(day("2026-06-05")) is None


def test_nothing_is_counted_beyond_the_horizon() -> None:
    """A start or an end that the calendar does not know is refused, in either direction."""
    refused(CALENDAR.after(CALENDAR.horizon_on + timedelta(days=1), 1), "beyond_horizon")
    refused(CALENDAR.after(CALENDAR.horizon_on, 1), "beyond_horizon")
    refused(CALENDAR.before(CALENDAR.starts_on - timedelta(days=1), 1), "beyond_horizon")
    found = refused(CALENDAR.before(CALENDAR.starts_on, 1), "beyond_horizon")
    assert "31 December 2011 cannot" in found.message
    assert not CALENDAR.covers(CALENDAR.horizon_on + timedelta(days=1))


def test_an_edition_that_is_not_here_is_refused() -> None:
    """A cycle cannot be counted by a calendar that nobody kept."""
    found = working_calendar("england-and-wales/1999-01-01")
    assert isinstance(found, Refused)
    assert found.code == "unknown_calendar"
