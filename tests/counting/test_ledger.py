"""The ledger by example: what moves a clock, and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from reference.catalogue import calendar
from reference.windows import RULES
from rules.counting.due import due
from rules.counting.preview import moved
from rules.counting.table import Table
from schemas.clocks import BankHoliday, Calendar
from schemas.counting import (
    CalendarDays,
    ClearDays,
    Clock,
    Due,
    Entry,
    Extended,
    FixedDate,
    Limit,
    NamedDay,
    Restarted,
    Resumed,
    Superseded,
    Suspended,
    Weeks,
    WorkingDaysAfter,
)
from tests.counting.known import ask, code, counted, days

MONDAY = date(2026, 1, 12)


def day(n: int) -> date:
    """A day of January 2026."""
    return date(2026, 1, n)


@pytest.mark.parametrize(
    ("ledger", "expected"),
    [
        ((), date(2026, 1, 16)),
        ((Suspended(day(14), day(15)),), date(2026, 1, 20)),
        ((Suspended(day(16), day(16)),), date(2026, 1, 19)),
        ((Suspended(day(17), day(18)),), date(2026, 1, 16)),
        ((Suspended(day(1), day(9)),), date(2026, 1, 16)),
        ((Suspended(day(14)), Resumed(day(16))), date(2026, 1, 20)),
        ((Extended(days=2),), date(2026, 1, 20)),
        ((Extended(to_on=date(2026, 1, 24)),), date(2026, 1, 24)),
        ((Extended(days=1), Extended(to_on=day(23))), date(2026, 1, 23)),
        ((Restarted(day(19)),), date(2026, 1, 23)),
        ((Suspended(day(13), day(14)), Restarted(day(19))), date(2026, 1, 23)),
        ((Extended(days=2, decided_on=day(13)), Restarted(day(19))), date(2026, 1, 23)),
        ((Extended(days=2, decided_on=day(20)), Restarted(day(19))), date(2026, 1, 27)),
        ((Superseded(day(13), WorkingDaysAfter(10)),), date(2026, 1, 26)),
        ((Superseded(day(13), WorkingDaysAfter(10)), Superseded(day(14), NamedDay(day(30)))), day(30)),
    ],
)
def test_what_moves_four_working_days(ledger: tuple[Entry, ...], expected: date) -> None:
    """From Monday 12 January 2026, four working days."""
    assert counted(WorkingDaysAfter(4), MONDAY, *ledger).due_on == expected


@pytest.mark.parametrize(
    ("ledger", "refused"),
    [
        ((Resumed(day(15)),), "resume_without_suspend"),
        ((Suspended(day(15)), Resumed(day(15))), "resume_without_suspend"),
        ((Suspended(day(13), day(14)), Resumed(day(20))), "resume_without_suspend"),
        ((Suspended(day(13)),), "clock_suspended"),
        ((Suspended(day(15), day(14)),), "suspension_backwards"),
        ((Suspended(day(13), day(15)), Suspended(day(15), day(16))), "overlapping_suspensions"),
        ((Suspended(day(13), day(20)), Suspended(day(14), day(15))), "overlapping_suspensions"),
        ((Extended(days=-1),), "not_later"),
        ((Extended(to_on=day(16)),), "not_later"),
        ((Extended(to_on=date(2029, 1, 5)),), "beyond_horizon"),
        ((Extended(days=5_000),), "beyond_horizon"),
        ((Extended(),), "wrong_input"),
        ((Restarted(day(9)),), "restart_before_start"),
        ((Superseded(day(13), WorkingDaysAfter(-1)),), "negative_budget"),
        ((Superseded(day(13), NamedDay(day(9))),), "start_after_due"),
    ],
)
def test_what_is_refused(ledger: tuple[Entry, ...], refused: str) -> None:
    """Each with a sentence and a source, and never an exception."""
    assert code(ask(WorkingDaysAfter(4), MONDAY, *ledger)) == refused


@pytest.mark.parametrize("budget", [CalendarDays(-1), CalendarDays(0, beginning_with=True), Weeks(0),
                                    WorkingDaysAfter(-4), ClearDays(-5), ClearDays(0)])  # fmt: skip
def test_negative_budgets(budget: CalendarDays | Weeks | WorkingDaysAfter | ClearDays) -> None:
    """A budget of less than nothing is refused."""
    assert code(ask(budget, MONDAY)) == "negative_budget"


@pytest.mark.parametrize("start", [date(2011, 12, 31), date(2029, 1, 1), date.max, date.min])
def test_beyond_what_the_calendar_knows(start: date) -> None:
    """Before its first day and after its horizon nothing is counted."""
    assert code(ask(CalendarDays(1), start)) == "beyond_horizon"


def test_a_sum_that_runs_over_the_horizon() -> None:
    """A start that is known is not enough."""
    assert code(ask(WorkingDaysAfter(10), date(2028, 12, 20))) == "beyond_horizon"
    assert counted(CalendarDays(1), date(2028, 12, 30)).due_on == date(2028, 12, 31)


def test_a_fixed_day_that_no_year_has() -> None:
    """The thirtieth of February is refused, not moved to March."""
    assert code(ask(FixedDate(2, 30), MONDAY)) == "no_such_day"
    assert counted(FixedDate(2, 29), date(2023, 4, 1)).due_on == date(2024, 2, 29)


def test_an_instant_without_a_zone() -> None:
    """It is refused, not taken to be London's or UTC."""
    naive = datetime(2026, 1, 12, 9, tzinfo=UTC).replace(tzinfo=None)

    assert code(ask(CalendarDays(1), naive)) == "instant_without_zone"


def test_limits_are_of_days_and_of_times() -> None:
    """Five days once: six days, or two extensions, are too many; a suspended day is not extension."""
    rule = replace(RULES["evidence-request"], limit=Limit(5, 1, "local.extension"))

    def asked(*ledger: Entry) -> str:
        found = due(Clock(rule, MONDAY, ledger), days())
        return "due" if isinstance(found, Due) else code(found)

    assert asked(Extended(days=5)) == "due"
    assert asked(Extended(days=6)) == "extension_limit"
    assert asked(Extended(days=1), Extended(days=1)) == "extension_limit"
    assert asked(Extended(to_on=date(2026, 2, 9))) == "due"
    assert asked(Extended(to_on=date(2026, 2, 10))) == "extension_limit"
    assert asked(Suspended(date(2026, 2, 4), date(2026, 2, 5)), Extended(days=5)) == "due"


def test_clear_days_after() -> None:
    """Two clear days after a Thursday: Friday and Monday, so Tuesday is the first day."""
    found = counted(ClearDays(2, before=False), date(2026, 1, 15))

    assert found.due_on == date(2026, 1, 20)
    assert [one.on.day for one in found.days if one.counted] == [16, 19]


def test_a_new_calendar_lists_what_it_would_move() -> None:
    """Before and after, with the day that makes the difference; nothing is changed by looking."""
    table = days()
    asked = [Clock(RULES["evidence-request"], date(2026, 7, n)) for n in (1, 6, 27)]
    newer = Table(_with(date(2026, 7, 20)))

    rows = moved(asked, table, newer)

    assert [(one.place, one.before, one.after) for one in rows] == [
        (0, date(2026, 7, 22), date(2026, 7, 23)),
        (1, date(2026, 7, 27), date(2026, 7, 28)),
    ]
    assert "2026-07-20 is not a working day: Proclaimed" in rows[0].why


def _with(on: date) -> Calendar:

    known = calendar()
    listed = sorted((*known.days, BankHoliday(on=on, title="Proclaimed")), key=lambda one: one.on)
    return known.model_copy(update={"days": tuple(listed), "version": "england-and-wales/2026-12-01"})
