"""Take the government's own list of bank holidays, and make a new edition of every calendar from it.

`python -m reference.calendar_import bank-holidays.json --as-at 2027-02-01`

The list is the official JSON: one division for each part of the United Kingdom, each with its events. Nothing
is written unless the whole list is sound, and nothing is replaced: an edition is a new file beside the older
ones, so that a date that was computed once can be computed the same again. A person releases what it moves.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from reference import catalogue
from reference.make_calendar import CALENDARS, PARTS, UNION, Calendar, Day, as_text, union
from schemas.clocks import Calendar as Known

FEWEST = {"england-and-wales": 8, "scotland": 9, "northern-ireland": 10}
"""The fewest bank holidays that a year of each part has ever had on this list."""
SATURDAY = 5


class CalendarRefusedError(ValueError):
    """The list cannot become a new edition; the words say why, and nothing was written."""


class Event(BaseModel):
    """One bank holiday of the official list."""

    title: str
    date: date
    notes: str = ""
    bunting: bool = False


class Division(BaseModel):
    """One part of the United Kingdom."""

    division: str
    events: list[Event]


def editions(text: str, as_at: date, known: Mapping[str, Known]) -> dict[str, Calendar]:
    """The new edition of every calendar, by its name, from the text of the official list.

    Raises: CalendarRefusedError: it is not the list, it shrinks, it has gaps, or it ends too early.
    """
    divisions = _read(text)
    made = {part: _days(divisions[part], known[part], as_at) for part in PARTS}
    horizon = min(_horizon(divisions[part]) for part in PARTS)
    for name in PARTS:
        _check(name, made[name], known[name], as_at, horizon)
    every = {
        part: [one for one in listed if one["on"] <= horizon.isoformat()] for part, listed in made.items()
    }
    if horizon < known[UNION].horizon_on:
        raise CalendarRefusedError(f"{UNION}: the list ends before {known[UNION].horizon_on.isoformat()}.")
    return {name: _edition(known[name], listed, as_at, horizon)
            for name, listed in [*every.items(), (UNION, union(every))]}  # fmt: skip


def write(made: Mapping[str, Calendar], folder: Path) -> list[Path]:
    """Write every edition, or none: all are written aside, and only then named.

    Raises: CalendarRefusedError: an edition of that day is already here.
    """
    targets = {folder / f"{one['version'].replace('/', '-')}.json": as_text(one) for one in made.values()}
    there = [path.name for path in targets if path.exists()]
    if there:
        raise CalendarRefusedError(f"There is an edition of that day already: {', '.join(there)}.")
    aside = {path: path.with_suffix(".part") for path in targets}
    try:
        for path, text in targets.items():
            with aside[path].open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        for path in targets:
            aside[path].replace(path)
    except OSError:
        for path in [*targets, *aside.values()]:
            path.unlink(missing_ok=True)
        raise
    return list(targets)


def _read(text: str) -> dict[str, list[Event]]:
    try:
        raw: Any = json.loads(text)
        if not isinstance(raw, dict) or not set(PARTS) <= set(raw):
            raise CalendarRefusedError(f"The list needs the divisions {', '.join(PARTS)}.")
        found = {part: Division.model_validate(raw[part]) for part in PARTS}
    except (json.JSONDecodeError, ValidationError, RecursionError) as wrong:
        raise CalendarRefusedError("This is not the official list: it cannot be read in its form.") from wrong
    for part, division in found.items():
        if division.division != part:
            raise CalendarRefusedError(f"{part}: its division says {division.division[:40]!r}.")
    return {part: division.events for part, division in found.items()}


def _days(events: Sequence[Event], known: Known, as_at: date) -> list[Day]:
    """The days of the list, and before its first year those that are known already."""
    if not events:
        raise CalendarRefusedError(f"{known.calendar}: the list is empty.")
    twice = [str(day) for day, times in Counter(one.date for one in events).items() if times > 1]
    if twice:
        raise CalendarRefusedError(f"{known.calendar}: listed twice: {', '.join(twice)}.")
    first = min(one.date for one in events).year
    if first > as_at.year:
        raise CalendarRefusedError(f"{known.calendar}: the list begins after {as_at.year}: it has a gap.")
    listed = [{"on": one.date.isoformat(), "title": _title(one)}
              for one in sorted(events, key=lambda one: one.date)
              if one.date.weekday() < SATURDAY]  # fmt: skip
    before = [one for one in known.days if one.on.year < first]
    return [*[Day(on=one.on.isoformat(), title=one.title) for one in before],
            *[Day(on=one["on"], title=one["title"]) for one in listed]]  # fmt: skip


def _title(event: Event) -> str:
    words = " ".join(event.title.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    if not words or len(words) > 200:  # noqa: PLR2004 - no holiday has a longer name
        raise CalendarRefusedError(f"{event.date.isoformat()} has no usable title.")
    return f"{words} (substitute day)" if event.notes.strip().lower() == "substitute day" else words


def _horizon(events: Sequence[Event]) -> date:
    """The end of the last year that the list covers to Boxing Day."""
    last = max(one.date for one in events)
    return date(last.year if last >= date(last.year, 12, 26) else last.year - 1, 12, 31)


def _check(name: str, days: Sequence[Day], known: Known, as_at: date, horizon: date) -> None:
    """A list may add and move days to come; it may not lose past ones, leave a year thin, or end early."""
    if horizon < known.horizon_on:
        raise CalendarRefusedError(
            f"{name}: the list ends with {horizon.isoformat()}, before the present horizon "
            f"{known.horizon_on.isoformat()}."
        )
    now = {date.fromisoformat(one["on"]) for one in days}
    lost = [one.on.isoformat() for one in known.days if one.on < as_at and one.on not in now]
    if lost:
        raise CalendarRefusedError(f"{name}: past bank holidays are missing: {', '.join(lost)}.")
    years = Counter(day.year for day in now)
    thin = [str(year) for year in range(known.starts_on.year, horizon.year + 1) if years[year] < FEWEST[name]]
    if thin:
        raise CalendarRefusedError(f"{name}: too few bank holidays in {', '.join(thin)}: the list has a gap.")


def _edition(known: Known, days: list[Day], as_at: date, horizon: date) -> Calendar:
    version = f"{known.calendar}/{as_at.isoformat()}"
    if version <= known.version:
        raise CalendarRefusedError(f"{version} is not later than the present edition, {known.version}.")
    was = {one.on.isoformat() for one in known.days}
    now = {one["on"] for one in days}
    told: list[dict[str, str | None]] = [
        {"on": one.on.isoformat(), "announced_on": _iso(one.announced_on),
         "what": one.what} for one in known.history
    ]  # fmt: skip
    told += [_changed(on, f"Left out since {known.version}.") for on in sorted(was - now)]
    told += [_changed(on, f"New since {known.version}.") for on in sorted(now - was)
             if on <= known.horizon_on.isoformat()]  # fmt: skip
    return {
        "calendar": known.calendar,
        "version": version,
        "source": f"The government's list of bank holidays on {as_at.isoformat()}, weekdays only; "
        f"years before the list begins as in {known.version}.",
        "starts_on": known.starts_on.isoformat(),
        "horizon_on": horizon.isoformat(),
        "history": told,
        "days": days,
    }


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _changed(on: str, what: str) -> dict[str, str | None]:
    return {"on": on, "announced_on": None, "what": what}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the new editions; 1 with a sentence, and nothing written, where the list is refused."""
    parser = argparse.ArgumentParser(prog="python -m reference.calendar_import", description=__doc__)
    parser.add_argument("file", type=Path, help="the official list, such as bank-holidays.json")
    parser.add_argument("--as-at", type=date.fromisoformat, required=True, help="the day of the list")
    parser.add_argument("--into", type=Path, default=CALENDARS, help="the folder of the editions")
    chosen = parser.parse_args(arguments)
    known = {name: catalogue.calendar(name=name) for name in (*PARTS, UNION)}
    try:
        written = write(editions(chosen.file.read_text("utf-8"), chosen.as_at, known), chosen.into)
    except (CalendarRefusedError, OSError, UnicodeDecodeError) as refused:
        sys.stderr.write(f"Refused, and nothing was written. {refused}\n")
        return 1
    sys.stdout.write("".join(f"{path.name}\n" for path in written))
    return 0


if __name__ == "__main__":
    sys.exit(main())
