"""Make a calendar file: which weekdays in England and Wales are bank holidays, up to a horizon.

`python -m reference.make_calendar england-and-wales --to 2028`

Run by hand when the libraries know more. The product reads the file and never a library, so that a date
computed once is computed the same again; a changed file has a new version and is released by a person.
"""

import argparse
import json
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TypedDict

import holidays

CALENDARS = Path(__file__).parent / "calendars"
NAME = "england-and-wales"
FIRST_YEAR = 2012  # the first year of the government's list
AS_AT = date(2026, 11, 22)  # the day on which the libraries were last compared; names the version


class Day(TypedDict):
    """One bank holiday."""

    on: str
    title: str


class Calendar(TypedDict):
    """The file."""

    calendar: str
    version: str
    source: str
    starts_on: str
    horizon_on: str
    days: list[Day]


class BeyondTheHorizonError(ValueError):
    """The government has not yet listed the year that was asked for."""


def days(last_year: int) -> list[Day]:
    """Every bank holiday that falls on a weekday, in order.

    `holidays` also lists Christmas Day, Boxing Day and New Year's Day when they fall on a weekend. The
    government's list has only the substitute day then, and a weekend is no working day anyhow.
    """
    known = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, last_year + 1))
    return [
        {"on": day.isoformat(), "title": title.replace("(observed)", "(substitute day)")}
        for day, title in sorted(known.items())
        if day.weekday() < 5  # noqa: PLR2004 - Saturday is the fifth, counted from nought
    ]


def last_listed_year() -> int:
    """The last year that the government's list, as bundled with govuk-bank-holidays, covers to Boxing Day.

    Later years could be computed, but no proclamation stands behind them: a day may still be moved or added.
    """
    bundled = files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text(encoding="utf-8")
    last = max(date.fromisoformat(one["date"]) for one in json.loads(bundled)[NAME]["events"])
    return last.year if last >= date(last.year, 12, 26) else last.year - 1


def calendar(last_year: int, as_at: date = AS_AT) -> Calendar:
    """The whole calendar to the end of that year.

    Raises:
        BeyondTheHorizonError: the government's list does not reach that year.
    """
    if last_year > last_listed_year():
        raise BeyondTheHorizonError(
            f"The government's list ends with {last_listed_year()}; ask for no later year."
        )
    return {
        "calendar": NAME,
        "version": f"{NAME}/{as_at.isoformat()}",
        "source": (
            f"holidays {version('holidays')} (GB, ENG), weekdays only; equal, day for day, to the list of "
            f"GOV.UK as bundled with govuk-bank-holidays {version('govuk-bank-holidays')}, which ends with "
            f"{last_listed_year()}. No horizon goes beyond that year."
        ),
        "starts_on": date(FIRST_YEAR, 1, 1).isoformat(),
        "horizon_on": date(last_year, 12, 31).isoformat(),
        "days": days(last_year),
    }


def as_text(made: Calendar) -> str:
    """The file's text: one day to a line, so that a new bank holiday shows as one line of difference."""
    head = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in made.items() if key != "days"]
    lines = [f"    {json.dumps(day, ensure_ascii=False)}" for day in made["days"]]
    return "\n".join(["{", *head, '  "days": [', ",\n".join(lines), "  ]", "}", ""])


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file; the same arguments and libraries write the same bytes."""
    parser = argparse.ArgumentParser(prog="python -m reference.make_calendar", description=__doc__)
    parser.add_argument("calendar", choices=[NAME])
    parser.add_argument("--to", type=int, required=True, metavar="YEAR", help="the last year to cover")
    parser.add_argument(
        "--as-at", type=date.fromisoformat, default=AS_AT, help="the day that names the version"
    )
    chosen = parser.parse_args(arguments)
    made = calendar(chosen.to, chosen.as_at)
    (CALENDARS / f"{chosen.calendar}.json").write_text(as_text(made), encoding="utf-8")


if __name__ == "__main__":
    main()
