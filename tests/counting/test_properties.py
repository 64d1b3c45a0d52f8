"""What is true of every clock, whatever its dates."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.counting import (
    AsSoonAs,
    Budget,
    CalendarDays,
    ClearDays,
    Due,
    Entry,
    Extended,
    FixedDate,
    Months,
    NamedDay,
    NoDeadline,
    Restarted,
    Resumed,
    Superseded,
    Suspended,
    Weeks,
    WorkingDaysAfter,
    WorkingDaysBefore,
)
from schemas.outcomes import Refused
from tests.counting.known import ask, counted

STARTS = st.dates(date(2012, 3, 1), date(2026, 6, 30))
NUMBERS = st.integers(1, 120)
FORWARD: st.SearchStrategy[Budget] = st.one_of(
    st.builds(CalendarDays, NUMBERS, st.booleans()),
    st.builds(Weeks, st.integers(1, 12)),
    st.builds(WorkingDaysAfter, NUMBERS),
    st.builds(AsSoonAs, NUMBERS),
    st.builds(Months, st.integers(1, 6)),
)
BACKWARD: st.SearchStrategy[Budget] = st.one_of(
    st.builds(ClearDays, st.integers(1, 15)), st.builds(WorkingDaysBefore, st.integers(1, 15))
)
WHATEVER = st.one_of(
    FORWARD,
    BACKWARD,
    st.builds(CalendarDays, st.integers(-5, 10_000), st.booleans()),
    st.builds(Months, st.integers(-5, 200_000)),
    st.builds(FixedDate, st.integers(1, 13), st.integers(1, 32)),
    st.builds(NamedDay, st.none() | st.dates()),
    st.builds(ClearDays, st.integers(-3, 9), st.booleans()),
    st.just(NoDeadline()),
)
ENTRY: st.SearchStrategy[Entry] = st.one_of(
    st.builds(Suspended, st.dates(), st.none() | st.dates()),
    st.builds(Resumed, st.dates()),
    st.builds(Extended, st.none() | st.integers(-3, 90), st.none() | st.dates(), st.none() | st.dates()),
    st.builds(Restarted, st.dates()),
    st.builds(Superseded, st.dates(), WHATEVER),
)
LEDGERS = st.lists(ENTRY, max_size=5).flatmap(lambda one: st.tuples(st.just(one), st.permutations(one)))
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=4)


def suspensions(start: date, spans: list[tuple[int, int]]) -> list[Entry]:
    """Spans one after the other from the start on, never sharing a day."""
    made: list[Entry] = []
    at = start
    for gap, length in spans:
        first = at + timedelta(days=gap)
        at = first + timedelta(days=length)
        made.append(Suspended(first, at))
        at += timedelta(days=1)
    return made


def budget_of(budget: Budget, start: date) -> int | None:
    """How many days a budget has, where it is a number of its own."""
    match budget:
        case CalendarDays(days=days) | WorkingDaysAfter(days=days) | AsSoonAs(days=days):
            return days
        case Weeks(weeks=weeks):
            return weeks * 7
    return counted(budget, start).counted


@given(FORWARD | BACKWARD, STARTS, st.integers(0, 90))
def test_a_later_start_is_never_due_earlier(budget: Budget, start: date, later: int) -> None:
    """Monotonic in the start."""
    assert counted(budget, start).due_on <= counted(budget, start + timedelta(days=later)).due_on


@given(FORWARD, STARTS, SPANS)
def test_suspended_time_is_given_back(budget: Budget, start: date, spans: list[tuple[int, int]]) -> None:
    """A suspension that has ended changes the day and never the number of days."""
    found = counted(budget, start, *suspensions(start, spans))

    assert found.counted == budget_of(budget, start)
    assert found.due_on >= counted(budget, start).due_on


@given(FORWARD, STARTS, st.integers(0, 30), st.integers(1, 20))
def test_suspended_and_resumed_is_one_span(budget: Budget, start: date, gap: int, length: int) -> None:
    """To suspend and to resume are two entries that say what one span says."""
    first = start + timedelta(days=gap)
    resumed = first + timedelta(days=length)
    together = counted(budget, start, Suspended(first, resumed - timedelta(days=1)))

    assert counted(budget, start, Suspended(first), Resumed(resumed)) == together


@given(FORWARD, STARTS, SPANS, st.integers(0, 60))
def test_an_extension_is_never_earlier(
    budget: Budget, start: date, spans: list[tuple[int, int]], more: int
) -> None:
    """An extension by days gives as many more days, and an earlier day is refused."""
    ledger = suspensions(start, spans)
    before = counted(budget, start, *ledger)
    after = counted(budget, start, *ledger, Extended(days=more))
    earlier = ask(budget, start, *ledger, Extended(to_on=before.due_on))

    assert after.due_on >= before.due_on
    assert after.counted == before.counted + more
    assert isinstance(earlier, Refused)
    assert earlier.code == "not_later"


@given(FORWARD | BACKWARD, STARTS, SPANS)
def test_the_days_add_up(budget: Budget, start: date, spans: list[tuple[int, int]]) -> None:
    """Every day from the start to the due day stands once, in order, with a reason; those counted add up."""
    ledger = [] if isinstance(budget, ClearDays | WorkingDaysBefore) else suspensions(start, spans)
    found = counted(budget, start, *ledger)
    ons = [one.on for one in found.days]

    assert {ons[0], ons[-1]} == {start, found.due_on}
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(ons))
    assert found.counted == sum(one.counted for one in found.days)
    assert all(one.why for one in found.days)


@given(WHATEVER, st.dates(), LEDGERS)
@settings(max_examples=500)
def test_total_and_the_same_in_any_order(
    budget: Budget, start: date, ledgers: tuple[list[Entry], list[Entry]]
) -> None:
    """Whatever is asked is answered or refused, and the order of a ledger makes no difference."""
    ledger, again = ledgers
    found = ask(budget, start, *ledger)
    other = ask(budget, start, *again)

    assert isinstance(found, Due | Refused)
    if isinstance(found, Due):
        assert found == other
    else:
        assert isinstance(other, Refused)
        assert other.code == found.code


@given(st.datetimes(timezones=st.timezones()), FORWARD)
def test_an_instant_counts_from_its_day_in_london(at: datetime, budget: Budget) -> None:
    """The same instant gives the same day in whatever zone it is written."""
    assert ask(budget, at) == ask(budget, at.astimezone(UTC)) if date(2, 1, 1) < at.date() else True
