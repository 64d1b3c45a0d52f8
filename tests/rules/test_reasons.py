"""The sum of a running clock: whatever its ledger, the explanation ends on the day that the clock gives."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.catalogue import calendar
from reference.explaining import table
from rules.clocks import civil, due, instant
from rules.counting.table import Table
from rules.explaining.reasons import RULE_OF, reason, why
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
from schemas.counting import Explanation
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from tests.rules.table import MONDAY, day, opened, working

CALENDAR = working()
FOUND = table(calendar().version)
assert isinstance(FOUND, Table)
DAYS: Table = FOUND
SESSION = day("2026-07-15")

INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 9, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone
SOON = st.dates(date(2025, 1, 1), date(2026, 12, 1))
BUDGETS: st.SearchStrategy[Budget] = st.one_of(
    st.builds(WorkingDays, days=st.integers(0, 60)),
    st.builds(OnDate, on=SOON),
    st.builds(BeforeSession, days=st.integers(0, 30)),
    st.just(AtSession()),
)
ENTRIES: st.SearchStrategy[list[ClockEntry]] = st.lists(
    st.one_of(
        st.builds(Suspended, at=INSTANTS),
        st.builds(Resumed, at=INSTANTS),
        st.builds(Extended, at=INSTANTS, to=SOON),
        st.builds(Restarted, at=INSTANTS, budget=BUDGETS),
    ),
    max_size=6,
)


def clock(budget: Budget, *entries: ClockEntry, starts_at: datetime = MONDAY) -> Clock:
    """A clock of an evidence request, with its ledger in order."""
    return Clock(
        rule="evidence-request",
        kind="commissioner_set",
        starts_at=starts_at,
        budget=budget,
        hour="17:00",
        calendar=CALENDAR.version,
        entries=entries,
    )


def said(one: Clock, session_on: date | None = SESSION, shown: Due | None = None) -> Explanation:
    """Why it is that day."""
    found = shown or due(one, CALENDAR, session_on)
    assert isinstance(found, Due)
    explained = why(one, found, DAYS, session_on)
    assert isinstance(explained, Explanation)
    return explained


def at(text: str) -> datetime:
    """Noon in London on a day."""
    return instant(day(text), "12:00")


@given(BUDGETS, ENTRIES, INSTANTS, st.none() | SOON)
def test_the_explanation_ends_where_the_clock_does(
    budget: Budget, entries: list[ClockEntry], starts_at: datetime, session_on: date | None
) -> None:
    """For every clock: the same day and instant, every day once, and only working days counted."""
    ordered = sorted(entries, key=lambda entry: entry.at)
    one = clock(budget, *(entry for entry in ordered if entry.at > starts_at), starts_at=starts_at)
    found = due(one, CALENDAR, session_on)
    if not isinstance(found, Due):
        return
    explained = said(one, session_on, found).due
    days = explained.days

    assert (explained.due_on, explained.due_at, explained.calendar) == (found.on, found.at, found.calendar)
    assert [one.on for one in days] == [days[0].on + timedelta(days=n) for n in range(len(days))]
    assert explained.counted == sum(one.counted for one in days)
    assert all(CALENDAR.is_working(one.on) for one in days if one.counted)
    assert "as it was recorded" not in explained.words
    planned_back = days[-1].why.startswith("the day of the session, from")
    assert (days[0] if planned_back else days[-1]).on == found.on


@given(st.integers(1, 60), INSTANTS, st.lists(st.integers(1, 5), max_size=4))
def test_a_suspension_leaves_the_budget_whole(number: int, starts_at: datetime, stops: list[int]) -> None:
    """While it runs, time that is taken is given back: the days that count are those of the budget."""
    entries: list[ClockEntry] = []
    now = starts_at
    for length in stops:
        last = due(clock(WorkingDays(days=number), *entries, starts_at=starts_at), CALENDAR, None)
        assert isinstance(last, Due)
        if civil(now + timedelta(days=length + 1)) >= last.on:
            break
        entries += [Suspended(at=now), Resumed(at=now + timedelta(days=length))]
        now += timedelta(days=length + 1)

    assert said(clock(WorkingDays(days=number), *entries, starts_at=starts_at)).due.counted == number


def test_every_entry_is_said_in_words() -> None:
    """Stopped, run again, extended: each with its day, and each day of the sum with its reason."""
    explained = said(
        clock(
            WorkingDays(days=10),
            Suspended(at=at("2026-06-03")),
            Resumed(at=at("2026-06-09")),
            Extended(at=at("2026-06-10"), to=day("2026-06-27")),
        )
    )
    reasons = {one.on: one.why for one in explained.due.days}

    assert "10 working days after Monday 1 June 2026" in explained.due.words
    assert "On Wednesday 3 June 2026 the clock was stopped" in explained.due.words
    assert "4 working days lost, and given back" in explained.due.words
    assert "extended to Saturday 27 June 2026" in explained.due.words
    assert explained.due.advice_on == day("2026-06-26")
    assert reasons[day("2026-06-04")] == "suspended: the clock stood still"
    assert reasons[day("2026-06-19")] == "a working day (given back)"
    assert reasons[day("2026-06-22")] == "a working day (extension)"
    assert explained.due.counted == 15


def test_what_is_planned_backwards_is_counted_from_the_session() -> None:
    """The days between the due day and the session, the session's own left out."""
    explained = said(clock(BeforeSession(days=5)))

    assert explained.due.due_on == explained.due.days[0].on == day("2026-07-08")
    assert explained.due.counted == 5
    assert explained.due.days[-1].on == SESSION
    assert (
        "Planned backwards from the session on Wednesday 15 July 2026: 5 working days" in explained.due.words
    )


@pytest.mark.parametrize(
    ("budget", "entries", "words"),
    [
        (AtSession(), (), "It is shown at the session"),
        (WorkingDays(days=0), (), "or on the first working day after it"),
        (OnDate(on=day("2026-06-20")), (), "The day was named on"),
        (WorkingDays(days=3), (Suspended(at=at("2026-06-02")),), "It stands still"),
        (WorkingDays(days=3), (Extended(at=MONDAY, to=day("2026-06-02")),), "no later than it was"),
        (WorkingDays(days=3), (Restarted(at=at("2026-06-10"), budget=WorkingDays(days=5)),), "started again"),
        (
            WorkingDays(days=3),
            (Suspended(at=at("2026-06-02")), Resumed(at=at("2026-06-02"))),
            "no working day",
        ),
    ],
)
def test_other_ways_to_a_day(budget: Budget, entries: tuple[ClockEntry, ...], words: str) -> None:
    """Each has its sentence."""
    assert words in said(clock(budget, *entries)).due.words


def test_a_day_that_the_sum_would_not_give_now_is_said_to_stand_as_recorded() -> None:
    """A session that moved after the return leaves the day as it was; nothing is made up to fit it."""
    one = clock(BeforeSession(days=5))
    shown = due(one, CALENDAR, SESSION)
    assert isinstance(shown, Due)
    explained = said(one, day("2026-08-12"), shown)

    assert explained.due.due_on == day("2026-07-08")
    assert "stands as it was recorded" in explained.due.words
    assert explained.due.counted == 0


def test_a_day_beyond_the_edition_is_refused() -> None:
    """With a sentence and a source."""
    late = Due(on=date(2099, 1, 1), at=datetime(2099, 1, 1, 17, tzinfo=UTC), calendar=CALENDAR.version)
    found = why(clock(OnDate(on=late.on)), late, DAYS, None)

    assert isinstance(found, Refused)
    assert (found.code, found.source) == ("beyond_horizon", "process.clocks")


@pytest.fixture
def cycle() -> Cycle:
    """A cycle with three requests and a session."""
    return opened(requests=3).cycle


def test_every_deadline_of_a_cycle_has_its_sum(cycle: Cycle) -> None:
    """Requests and the session have one; what is not there, has no day yet or is no key has none."""
    for key in ("return/1", "session/1"):
        found = reason(cycle, key, table)
        assert isinstance(found, Explanation)
        assert found.rule.id == RULE_OF[key.split("/", maxsplit=1)[0]]
    for key in (
        "return/9",
        "return/x",
        "return/²",
        "return/" + "9" * 5000,
        "action/1",
        "findings",
        "session/7",
        "",
    ):
        assert reason(cycle, key, table) is None


def test_an_edition_that_is_not_here_is_refused(cycle: Cycle) -> None:
    """Never counted with another."""
    found = reason(cycle.model_copy(update={"calendar": "narnia/2026-01-01"}), "session/1", table)

    assert isinstance(found, Refused)
    assert found.code == "unknown_calendar"
