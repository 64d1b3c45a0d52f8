"""Every start day, one to sixty working days, every calendar: nothing differs from independent libraries.

The libraries are first compared with the calendars day by day. Then every sum is compared with one that walks
from day to day over what the libraries say, and shares no code or array with ours: every sum by the arrays,
and a quarter of them, dealt out evenly, by the public `due` with its explanation.
"""

import json
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import holidays
import pytest

from reference.windows import RULES
from rules.counting.due import due
from rules.counting.table import Table
from schemas.counting import Clock, Due, Rule, WorkingDaysAfter
from schemas.outcomes import Refused
from tests.counting.known import CALENDARS, days

PARTS = {"england-and-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
MOST, ROUND = 60, 4
PROCLAIMED_LATER = {date(2026, 6, 15)}
"""Scotland's day for the World Cup, proclaimed on 3 February 2026, after the second library's list."""
UNKNOWN_TO_WORKALENDAR = {date(2023, 5, 8)}


def parts(name: str) -> list[str]:
    """The parts of the United Kingdom whose holidays a calendar has."""
    return list(PARTS) if name == "uk-union" else [name]


@cache
def by_holidays(name: str) -> frozenset[date]:
    """What `holidays` says."""
    every: set[date] = set()
    for part in parts(name):
        every |= set(holidays.country_holidays("GB", subdiv=PARTS[part], years=range(2012, 2029)))
    return frozenset(day for day in every if day.weekday() < 5)


@cache
def by_government(name: str) -> frozenset[date]:
    """What the government's list says, as bundled with `govuk-bank-holidays`."""
    lists = json.loads(
        files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text(encoding="utf-8")
    )
    every = {date.fromisoformat(one["date"]) for part in parts(name) for one in lists[part]["events"]}
    return frozenset(day for day in every if day.weekday() < 5)


def listed(table: Table) -> set[date]:
    """The weekdays that our calendar does not work on."""
    return {day for n, day in enumerate(table.dates) if day.weekday() < 5 and not table.is_working(n)}


def walked(table: Table, off: frozenset[date]) -> Iterator[tuple[date, list[date]]]:
    """For every day from the last to the first, the next working days after it, as one walk finds them."""
    ahead: list[date] = []
    for day in reversed(table.dates):
        yield day, ahead
        if day.weekday() < 5 and day not in off:
            ahead = [day, *ahead[: MOST - 1]]


@pytest.mark.parametrize("name", CALENDARS)
def test_day_by_day_as_holidays_says(name: str) -> None:
    """The first library says the same of every day."""
    assert listed(days(name)) == by_holidays(name)


@pytest.mark.parametrize("name", CALENDARS)
def test_day_by_day_as_the_government_lists(name: str) -> None:
    """The second says the same, but for the one day that was proclaimed after its list was made."""
    later = PROCLAIMED_LATER if name in {"scotland", "uk-union"} else set()

    assert listed(days(name)) ^ by_government(name) == later


@pytest.mark.parametrize(
    ("name", "library"),
    [("england-and-wales", "UnitedKingdom"), ("northern-ireland", "UnitedKingdomNorthernIreland")],
)
def test_day_by_day_as_workalendar_computes(name: str, library: str) -> None:
    """A third library, where it has the same days, differs by the one that it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from workalendar import europe  # noqa: PLC0415 - it warns while it is imported

    computer = getattr(europe, library)()
    computed = {day for year in range(2012, 2029) for day, _ in computer.holidays(year)}

    assert listed(days(name)) ^ {day for day in computed if day.weekday() < 5} == UNKNOWN_TO_WORKALENDAR


@pytest.mark.parametrize("name", CALENDARS)
@pytest.mark.parametrize("library", ["holidays", "government"])
def test_every_start_and_every_budget(name: str, library: str) -> None:
    """From 2012 to the horizon, 1 to 60 working days: not one sum differs."""
    table = days(name)
    off = by_holidays(name) if library == "holidays" else by_government(name)
    if name in {"scotland", "uk-union"}:
        off |= PROCLAIMED_LATER
    compared = wrong = 0
    for day, ahead in walked(table, off):
        place = day.toordinal() - table.first
        for number, expected in enumerate(ahead, start=1):
            found = table.nth(place + 1, number, "working")
            compared += 1
            wrong += found is None or table.dates[found] != expected

    assert wrong == 0
    assert compared > 369_000


@pytest.mark.parametrize("name", CALENDARS)
def test_due_itself_as_the_libraries_count(name: str) -> None:
    """`due` itself, with its explanation, beside both libraries: not one day differs.

    Every start day from 2012 to the horizon in every calendar, each with fifteen of the budgets from 1 to 60,
    which go round by four with the start day and the calendar. So every pair of a start day and a budget is
    asked in one of the four calendars, and in each calendar every budget meets every weekday. All budgets on
    all days in all calendars are only in the test above, of the arrays in which `due` looks the day up.
    """
    table, rules, turn = days(name), [rule_of(number) for number in range(1, MOST + 1)], CALENDARS.index(name)
    later = PROCLAIMED_LATER if name in {"scotland", "uk-union"} else frozenset[date]()
    walks = (walked(table, by_holidays(name)), walked(table, by_government(name) | later))
    asked, wrong = 0, []
    for (day, ahead), (same, again) in zip(*walks, strict=True):
        assert day == same
        for number in range((day.toordinal() + turn) % ROUND + 1, MOST + 1, ROUND):
            found = due(Clock(rules[number - 1], day), table)
            asked += 1
            if not (counts_as(found, number, ahead) and counts_as(found, number, again)):
                wrong.append((day, number, found))

    assert wrong == []
    assert asked == len(table.dates) * MOST // ROUND


def rule_of(number: int) -> Rule:
    """The rule of so many working days."""
    return replace(RULES["evidence-request"], budget=WorkingDaysAfter(number), hour=None)


def counts_as(found: Due | Refused, number: int, ahead: list[date]) -> bool:
    """Whether the answer is the day that a walk found, with as many days counted; or that none is known."""
    if isinstance(found, Refused):
        return len(ahead) < number and found.code == "beyond_horizon"
    return len(ahead) >= number and found.due_on == ahead[number - 1] and found.counted == number


def test_clear_days_as_a_walk_counts_them() -> None:
    """Five clear days, for every meeting: step back one day at a time over what the library says."""
    table, off, rule = days(), by_holidays("england-and-wales"), RULES["panel-papers"]
    for day in table.dates[40:]:
        at, clear = day, 0
        while clear < 6:
            at -= timedelta(days=1)
            clear += at.weekday() < 5 and at not in off
        found = due(Clock(rule, day), table)
        assert isinstance(found, Due)
        assert found.due_on == at
