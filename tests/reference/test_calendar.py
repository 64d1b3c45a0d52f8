"""The calendar that dates are computed from agrees with everything else that knows bank holidays."""

import json
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import holidays
import pytest
from workalendar.europe import UnitedKingdom

from reference import make_calendar

FILE = Path(__file__).parents[2] / "reference" / "calendars" / "england-and-wales.json"

# workalendar 17 does not know the extra day for the coronation (announced in November 2022).
UNKNOWN_TO_WORKALENDAR = {date(2023, 5, 8)}


@pytest.fixture(scope="module")
def calendar() -> make_calendar.Calendar:
    """The committed file."""
    read: make_calendar.Calendar = json.loads(FILE.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def listed(calendar: make_calendar.Calendar) -> set[date]:
    """The bank holidays of the committed file."""
    return {date.fromisoformat(day["on"]) for day in calendar["days"]}


def weekdays(calendar: make_calendar.Calendar) -> list[date]:
    """Every Monday to Friday from the first day to the horizon."""
    first, last = date.fromisoformat(calendar["starts_on"]), date.fromisoformat(calendar["horizon_on"])
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if day.weekday() < 5]


def government() -> set[date]:
    """The government's own list, as bundled with the library: no network is asked."""
    bundled = files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text(encoding="utf-8")
    return {date.fromisoformat(one["date"]) for one in json.loads(bundled)["england-and-wales"]["events"]}


def test_equal_to_holidays(calendar: make_calendar.Calendar, listed: set[date]) -> None:
    """For every weekday in range the file and the library `holidays` say the same."""
    known = holidays.country_holidays("GB", subdiv="ENG")

    assert [day for day in weekdays(calendar) if (day in known) != (day in listed)] == []


def test_equal_to_the_governments_list(calendar: make_calendar.Calendar, listed: set[date]) -> None:
    """The file and the government's list have the same days, from the first year of the list to its last."""
    first, last = date.fromisoformat(calendar["starts_on"]), date.fromisoformat(calendar["horizon_on"])

    assert listed == {day for day in government() if first <= day <= last}


def test_equal_to_workalendar_but_for_one_day(calendar: make_calendar.Calendar, listed: set[date]) -> None:
    """A third library, which computes days by rule, says the same but for the one that it does not know."""
    library = UnitedKingdom()
    years = sorted({day.year for day in weekdays(calendar)})
    every = (day for year in years for day, _ in library.holidays(year))
    computed = {day for day in every if day.weekday() < 5}

    assert listed ^ computed == UNKNOWN_TO_WORKALENDAR


def test_the_horizon_is_the_end_of_a_listed_year(
    calendar: make_calendar.Calendar,
) -> None:
    """The calendar ends where the government's list ends, and no later."""
    assert date.fromisoformat(calendar["horizon_on"]) == date(max(government()).year, 12, 31)


def test_a_later_year_is_refused() -> None:
    """A year that nobody has listed is refused, never computed as if it were settled."""
    with pytest.raises(make_calendar.BeyondTheHorizonError, match="ask for no later year"):
        make_calendar.calendar(make_calendar.last_listed_year() + 1)


def test_no_holiday_stands_on_a_weekend_or_twice(calendar: make_calendar.Calendar, listed: set[date]) -> None:
    """Each bank holiday is a weekday within range, stands once, and the days are in order."""
    days = [day["on"] for day in calendar["days"]]

    assert days == sorted(set(days))
    assert listed <= set(weekdays(calendar))


@pytest.mark.parametrize(
    "day",
    [
        date(2012, 1, 2),  # New Year's Day, substitute
        date(2012, 6, 5),  # Diamond Jubilee
        date(2020, 5, 8),  # early May, moved for VE Day
        date(2022, 6, 2),  # spring, moved for the Platinum Jubilee
        date(2022, 6, 3),  # Platinum Jubilee
        date(2022, 9, 19),  # State Funeral, proclaimed at nine days' notice
        date(2023, 5, 8),  # Coronation
        date(2026, 12, 28),  # Boxing Day, substitute
        date(2027, 12, 28),  # Boxing Day, substitute
    ],
)
def test_one_off_and_substitute_days(listed: set[date], day: date) -> None:
    """Days that no rule of the calendar gives are listed."""
    assert day in listed


@pytest.mark.parametrize("day", [date(2020, 5, 4), date(2022, 5, 30), date(2024, 1, 2), date(2026, 12, 26)])
def test_days_that_a_rule_would_wrongly_give(listed: set[date], day: date) -> None:
    """Mondays that were moved from, Scotland's 2 January and a Boxing Day on a Saturday are not listed."""
    assert day not in listed


def test_the_command_writes_the_committed_days(
    calendar: make_calendar.Calendar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command writes the days of the committed file, and the same bytes when it is run again."""
    monkeypatch.setattr(make_calendar, "CALENDARS", tmp_path)
    arguments = [make_calendar.NAME, "--to", calendar["horizon_on"][:4], "--as-at", calendar["version"][-10:]]
    made = tmp_path / FILE.name

    make_calendar.main(arguments)
    first = made.read_bytes()
    make_calendar.main(arguments)

    assert made.read_bytes() == first
    # The libraries' own versions stand in `source`, and may be newer here than when the file was made.
    assert {**json.loads(first), "source": ""} == {**calendar, "source": ""}
