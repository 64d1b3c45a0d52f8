"""Make a calendar file: which weekdays are bank holidays in a part of the UK or in any, up to a horizon.

`python -m reference.make_calendar england-and-wales --to 2028`

Run by hand when the libraries know more. The product reads the file and never a library, so that a date
computed once is computed the same again; a changed file has a new version and is released by a person.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, TypedDict

CALENDARS = Path(__file__).parent / "calendars"
NAME = "england-and-wales"
UNION = "uk-union"
PARTS = {NAME: "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
"""Each part with the library's name for it. The union has every bank holiday of any of them."""
PLACES = {NAME: "England and Wales", "scotland": "Scotland", "northern-ireland": "Northern Ireland"}
EVERYWHERE = (NAME, "scotland", "northern-ireland")
HISTORY: list[dict[str, Any]] = [
    {"on": "2020-05-08", "announced_on": None, "parts": EVERYWHERE,
     "what": "Moved from Monday 4 May to Friday 8 May 2020, the 75th anniversary of VE Day."},
    {"on": "2022-06-02", "announced_on": None, "parts": EVERYWHERE,
     "what": "The spring bank holiday, moved from Monday 30 May for the Platinum Jubilee."},
    {"on": "2022-06-03", "announced_on": None, "parts": EVERYWHERE,
     "what": "Added once for the Platinum Jubilee."},
    {"on": "2022-09-19", "announced_on": "2022-09-10", "parts": EVERYWHERE,
     "what": "Proclaimed on 10 September 2022 for the State Funeral, nine days before."},
    {"on": "2023-05-08", "announced_on": None, "parts": EVERYWHERE,
     "what": "Added once for the coronation of King Charles III."},
    {"on": "2026-06-15", "announced_on": "2026-02-03", "parts": ("scotland",),
     "what": "Proclaimed on 3 February 2026 for Scotland's part in the World Cup. Scotland alone."},
]  # fmt: skip
"""Days that no rule gives, and when they became known, where that was read."""
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
    history: list[dict[str, str | None]]
    days: list[Day]


class BeyondTheHorizonError(ValueError):
    """The government has not yet listed the year that was asked for."""


def days(last_year: int, name: str = NAME) -> list[Day]:
    """Every bank holiday of a part, or of the union, that falls on a weekday, in order.

    `holidays` also lists Christmas Day, Boxing Day and New Year's Day when they fall on a weekend. The
    government's list has only the substitute day then, and a weekend is no working day anyhow.
    """
    if name == UNION:
        return union({part: days(last_year, part) for part in PARTS})
    known = import_module("holidays").country_holidays(
        "GB", subdiv=PARTS[name], years=range(FIRST_YEAR, last_year + 1)
    )
    return [
        {"on": day.isoformat(), "title": title.replace("(observed)", "(substitute day)")}
        for day, title in sorted(known.items())
        if day.weekday() < 5  # noqa: PLR2004 - Saturday is the fifth, counted from nought
    ]


def union(parts: Mapping[str, list[Day]]) -> list[Day]:
    """Every day of any part, in order; a day that is not of all of them says whose it is."""
    whose: dict[str, dict[str, str]] = {}
    for part, listed in parts.items():
        for day in listed:
            whose.setdefault(day["on"], {})[part] = day["title"]
    return [{"on": on, "title": _title(titles)} for on, titles in sorted(whose.items())]


def _title(titles: dict[str, str]) -> str:
    if len(titles) == len(PARTS):
        return titles[NAME]
    said: dict[str, list[str]] = {}
    for part, title in titles.items():
        said.setdefault(title, []).append(PLACES[part])
    return "; ".join(f"{title} ({', '.join(where)})" for title, where in said.items())


def history(name: str, last_year: int) -> list[dict[str, str | None]]:
    """The days of this calendar that no rule gives, and when they became known."""
    return [
        {"on": one["on"], "announced_on": one["announced_on"], "what": one["what"]}
        for one in HISTORY
        if int(one["on"][:4]) <= last_year and (name == UNION or name in one["parts"])
    ]


def last_listed_year() -> int:
    """The last year that the government's list, as bundled with govuk-bank-holidays, covers to Boxing Day.

    Later years could be computed, but no proclamation stands behind them: a day may still be moved or added.
    """
    bundled = files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text(encoding="utf-8")
    lists = json.loads(bundled)
    last = min(max(date.fromisoformat(one["date"]) for one in lists[part]["events"]) for part in PARTS)
    return last.year if last >= date(last.year, 12, 26) else last.year - 1


def calendar(last_year: int, as_at: date = AS_AT, name: str = NAME) -> Calendar:
    """The whole calendar to the end of that year.

    Raises:
        BeyondTheHorizonError: the government's list does not reach that year.
    """
    if last_year > last_listed_year():
        raise BeyondTheHorizonError(
            f"The government's list ends with {last_listed_year()}; ask for no later year."
        )
    return {
        "calendar": name,
        "version": f"{name}/{as_at.isoformat()}",
        "source": _source(name),
        "starts_on": date(FIRST_YEAR, 1, 1).isoformat(),
        "horizon_on": date(last_year, 12, 31).isoformat(),
        "history": history(name, last_year),
        "days": days(last_year, name),
    }


def _source(name: str) -> str:
    listed = ", ".join(PARTS.values()) if name == UNION else PARTS[name]
    later = "" if name in {NAME, "northern-ireland"} else ", but for 15 June 2026, proclaimed after that list"
    return (
        f"holidays {version('holidays')} (GB, {listed}), weekdays only; equal, day for day, to the list of "
        f"GOV.UK as bundled with govuk-bank-holidays {version('govuk-bank-holidays')}{later}; it ends with "
        f"{last_listed_year()}. No horizon goes beyond that year."
    )


def as_text(made: Calendar) -> str:
    """The file's text: one day to a line, so that a new bank holiday shows as one line of difference."""
    listed = {"history", "days"}
    head = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in made.items() if key not in listed]
    return "\n".join(
        ["{", *head, _lines("history", made["history"]) + ",", _lines("days", made["days"]), "}", ""]
    )


def _lines(key: str, rows: Sequence[Mapping[str, object]]) -> str:
    lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return f'  "{key}": [\n{lines}\n  ]' if rows else f'  "{key}": []'


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file; the same arguments and libraries write the same bytes."""
    parser = argparse.ArgumentParser(prog="python -m reference.make_calendar", description=__doc__)
    parser.add_argument("calendar", choices=[*PARTS, UNION])
    parser.add_argument("--to", type=int, required=True, metavar="YEAR", help="the last year to cover")
    parser.add_argument(
        "--as-at", type=date.fromisoformat, default=AS_AT, help="the day that names the version"
    )
    chosen = parser.parse_args(arguments)
    made = calendar(chosen.to, chosen.as_at, chosen.calendar)
    (CALENDARS / f"{chosen.calendar}.json").write_text(as_text(made), encoding="utf-8")


if __name__ == "__main__":
    main()
