"""Clocks: a budget and what happened to it, and the instant that follows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.clocks import civil, due, follows_session, instant, suspended
from schemas.clocks import (
    AtSession,
    BeforeSession,
    Budget,
    Clock,
    ClockEntry,
    Due,
    Extended,
    OnDate,
    Restarted,
    Resumed,
    Suspended,
    WorkingDays,
)
from tests.rules.table import MONDAY, day, refused, working

CALENDAR = working()
SESSION = day("2026-07-15")


def clock(budget: Budget, *entries: ClockEntry, hour: str = "17:00") -> Clock:
    """A clock that started on the Monday."""
    return Clock(
        rule="test",
        kind="local",
        starts_at=MONDAY,
        budget=budget,
        hour=hour,
        calendar=CALENDAR.version,
        entries=entries,
    )


def due_on(one: Clock, session_on: date | None = SESSION) -> date:
    """The day on which it runs out."""
    found = due(one, CALENDAR, session_on)
    assert isinstance(found, Due), found
    return found.on


def at(text: str, hour: str = "12:00") -> datetime:
    """An hour in London on a day."""
    return instant(day(text), hour)


@pytest.mark.parametrize(
    ("budget", "on"),
    [
        (WorkingDays(days=10), "2026-06-15"),
        (WorkingDays(days=0), "2026-06-01"),
        (OnDate(on=day("2026-06-20")), "2026-06-20"),
        (BeforeSession(days=5), "2026-07-08"),
        (AtSession(), "2026-07-15"),
    ],
)
def test_each_budget_ends_on_its_day(budget: Budget, on: str) -> None:
    """Working days are counted after the start, a date is itself, a session's day is counted back from."""
    assert due_on(clock(budget)) == day(on)


@pytest.mark.parametrize("budget", [BeforeSession(days=5), AtSession()])
def test_a_clock_waits_for_a_session_without_a_day(budget: Budget) -> None:
    """Where no session is fixed nothing is due yet."""
    assert due(clock(budget), CALENDAR, None) is None


def test_an_extension_only_ever_gives_time() -> None:
    """A later day moves the end; an earlier one does not."""
    assert due_on(clock(WorkingDays(days=10), Extended(at=MONDAY, to=day("2026-06-22")))) == day("2026-06-22")
    assert due_on(clock(WorkingDays(days=10), Extended(at=MONDAY, to=day("2026-06-02")))) == day("2026-06-15")


def test_a_restart_begins_a_new_budget() -> None:
    """What went before is forgotten, from the day of the restart."""
    again = Restarted(at=at("2026-06-10"), budget=WorkingDays(days=5))
    assert due_on(clock(WorkingDays(days=3), Extended(at=MONDAY, to=day("2026-08-01")), again)) == day(
        "2026-06-17"
    )


def test_a_suspension_is_given_back_in_working_days() -> None:
    """Five working days lost are five working days more; a suspension within a day costs nothing."""
    lost = (Suspended(at=at("2026-06-03")), Resumed(at=at("2026-06-10")))
    assert due_on(clock(WorkingDays(days=10), *lost)) == day("2026-06-22")
    short = (Suspended(at=at("2026-06-03", "09:00")), Resumed(at=at("2026-06-03", "15:00")))
    assert due_on(clock(WorkingDays(days=10), *short)) == day("2026-06-15")


def test_a_restart_within_a_suspension_is_given_back_only_what_it_lost() -> None:
    """Days that went by before the restart are not given back twice."""
    entries = (
        Suspended(at=at("2026-06-03")),
        Restarted(at=at("2026-06-08"), budget=WorkingDays(days=5)),
        Resumed(at=at("2026-06-10")),
    )
    assert due_on(clock(WorkingDays(days=10), *entries)) == day("2026-06-17")


@given(st.lists(st.integers(0, 20), min_size=2, max_size=8), st.integers(1, 40))
def test_working_time_is_neutral_to_suspensions(steps: list[int], budget: int) -> None:
    """However often a clock stops, the working days that it ran add up to its budget."""
    marks = [MONDAY + timedelta(days=sum(steps[: n + 1])) for n in range(len(steps) // 2 * 2)]
    entries: list[ClockEntry] = []
    lost = 0
    for stop, go in zip(marks[::2], marks[1::2], strict=True):
        entries += [Suspended(at=stop), Resumed(at=go)]
        lost += CALENDAR.between(civil(stop), civil(go))
    assert CALENDAR.between(civil(MONDAY), due_on(clock(WorkingDays(days=budget), *entries))) == budget + lost


def test_suspended_says_whether_it_stands_still() -> None:
    """The last of stop and go counts."""
    stop, go = Suspended(at=MONDAY), Resumed(at=MONDAY)
    assert not suspended(clock(WorkingDays(days=1)))
    assert suspended(clock(WorkingDays(days=1), stop))
    assert not suspended(clock(WorkingDays(days=1), stop, go))


def test_an_extension_unties_a_clock_from_the_session() -> None:
    """A clock planned backwards follows its session until it has a day of its own."""
    back = BeforeSession(days=5)
    assert follows_session(clock(back))
    assert not follows_session(clock(back, Extended(at=MONDAY, to=SESSION)))
    assert follows_session(clock(WorkingDays(days=1), Restarted(at=MONDAY, budget=AtSession())))
    assert not follows_session(clock(WorkingDays(days=1)))


def test_a_clock_never_counts_beyond_the_horizon() -> None:
    """A budget that ends where bank holidays are not known is refused, a named day included."""
    late = MONDAY.replace(year=2028)
    far = clock(WorkingDays(days=260)).model_copy(update={"starts_at": late})
    refused(due(far, CALENDAR, None), "beyond_horizon")
    refused(due(clock(OnDate(on=day("2029-01-02"))), CALENDAR, None), "beyond_horizon")


@pytest.mark.parametrize(
    ("on", "utc_hour"),
    [
        ("2026-03-27", 17),
        ("2026-03-30", 16),
        ("2026-10-23", 16),
        ("2026-10-26", 17),
        ("2027-03-26", 17),
        ("2027-03-30", 16),
        ("2027-10-29", 16),
        ("2027-11-01", 17),
    ],
)
def test_five_in_london_is_five_in_london_on_both_sides_of_every_change(on: str, utc_hour: int) -> None:
    """Around the changes of the clocks in 2026 and 2027, due at 17:00 means 17:00 in London."""
    found = due(clock(OnDate(on=day(on))), CALENDAR, None)
    assert isinstance(found, Due)
    assert found.at == datetime(found.on.year, found.on.month, found.on.day, utc_hour, tzinfo=UTC)


def test_a_budget_over_a_change_of_the_clocks_keeps_its_hour() -> None:
    """Ten working days from before the change end at the same hour in London after it."""
    before = clock(WorkingDays(days=10)).model_copy(
        update={"starts_at": datetime(2026, 10, 19, 8, tzinfo=UTC)}
    )
    found = due(before, CALENDAR, None)
    assert isinstance(found, Due)
    assert (found.on, found.at) == (day("2026-11-02"), datetime(2026, 11, 2, 17, tzinfo=UTC))


def test_the_civil_day_is_londons() -> None:
    """Half past eleven in the evening UTC is the next day in a London summer, and the same in winter."""
    assert civil(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == day("2026-07-02")
    assert civil(datetime(2026, 1, 1, 23, 30, tzinfo=UTC)) == day("2026-01-01")


def test_the_ends_of_time_have_a_civil_day_too() -> None:
    """An instant that cannot be shown in London is no crash."""
    assert civil(datetime(1, 1, 1, tzinfo=UTC)) == date(1, 1, 1)
