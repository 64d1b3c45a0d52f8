"""Moved dates keep their distances in working days, whenever the demonstration is loaded."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from demonstration.dates import (
    AHEAD,
    PERFORMANCE,
    PLANNED,
    THEMATIC,
    again,
    fresh,
    newest_calendar,
    real,
    real_session,
)
from rules.clocks import LONDON, civil

NAMES = (PERFORMANCE, THEMATIC, PLANNED)


@given(some.dates(min_value=date(2026, 1, 1), max_value=date(2028, 9, 1)))
def test_distances_in_working_days_hold(today: date) -> None:
    """Between any two sessions as in 2023, at the same hour of day, and the one in flight lies ahead."""
    days, dates = newest_calendar(), fresh(today)
    assert days.between(today, dates.in_flight_on) == AHEAD
    for one in NAMES:
        for other in NAMES:
            moved = days.between(civil(dates.session_at(one)), civil(dates.session_at(other)))
            assert moved == days.between(civil(real_session(one)), civil(real_session(other)))
        hours = {at.astimezone(LONDON).time() for at in (real_session(one), dates.session_at(one))}
        assert len(hours) == 1


@given(some.dates(min_value=date(2026, 1, 1), max_value=date(2028, 9, 1)), some.sampled_from(NAMES))
def test_the_dates_of_an_earlier_loading_are_found_again(today: date, name: str) -> None:
    """From the day of any one session."""
    dates = fresh(today)
    assert again(name, civil(dates.session_at(name))).in_flight_on == dates.in_flight_on


def test_the_real_dates_are_the_records() -> None:
    """Counted in working days from one of them, the other two come to their own days."""
    assert [real().session_at(name) for name in NAMES] == [real_session(name) for name in NAMES]
