"""The data of this folder as shapes, read once and checked while it is read."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from reference.standing import standards_in
from schemas.clocks import Calendar
from schemas.people import Person
from schemas.plans import Plan
from schemas.sources import Source
from schemas.standards import Standards

FOLDER = Path(__file__).parent


_KNOWN: dict[str, Calendar] = {}
"""Editions that were imported while this process runs, by version (ADR 0009)."""


def know(editions: Iterable[Calendar]) -> None:
    """Learn editions that the store holds. One that is known stays as it is: an edition never changes."""
    fresh = {one.version: one for one in editions if one.version not in _every()}
    if fresh:
        _KNOWN.update(fresh)
        _every.cache_clear()


def known_versions() -> frozenset[str]:
    """The versions of every edition that this process knows."""
    return frozenset(_every())


def editions_after(version: str) -> tuple[str, ...]:
    """The versions of the same calendar that are later than one, oldest first."""
    name = version.rpartition("/")[0] + "/"
    return tuple(sorted(one for one in _every() if one.startswith(name) and one > version))


@cache
def _every() -> dict[str, Calendar]:
    return {**_KNOWN, **{one.version: one for one in _calendars()}}


def calendar(version: str | None = None, name: str = "england-and-wales") -> Calendar:
    """One edition of a calendar, by its version; without one, the newest of the calendar of this name.

    Every edition that a cycle was ever opened with stays here, so that its dates can be explained.

    Raises: LookupError: there is no such edition, or no calendar of this name.
    """
    editions = _every()
    if version is None:
        named = [one for one in editions if editions[one].calendar == name]
        if not named:
            raise LookupError(f"no calendar {name}: the calendars here are {', '.join(calendar_names())}")
        return editions[max(named)]
    if version not in editions:
        raise LookupError(f"no calendar {version}: the editions here are {', '.join(sorted(editions))}")
    return editions[version]


def calendar_names() -> tuple[str, ...]:
    """The calendars of which at least one edition is here."""
    return tuple(sorted({one.calendar for one in _every().values()}))


@cache
def standards() -> dict[str, Standards]:
    """The local standards of every kind of cycle, by the kind's id."""
    return {one.id: one for one in standards_in((FOLDER / "kinds.yaml").read_text("utf8"), "kinds.yaml")}


@cache
def sources() -> dict[str, Source]:
    """The register of sources by id."""
    return {one.id: one for one in TypeAdapter(tuple[Source, ...]).validate_python(_yaml("sources.yaml"))}


@cache
def demonstration_people() -> dict[str, Person]:
    """The people of the demonstration, by id: roles and invented titles, nobody real."""
    people = TypeAdapter(tuple[Person, ...]).validate_python(_yaml("people/demonstration.yaml"))
    return {one.id: one for one in people}


def plan(file: Path = FOLDER / "plans" / "safer-west-mercia.yaml") -> Plan:
    """A plan from its file.

    Raises: OSError, yaml.YAMLError, pydantic.ValidationError: it cannot be read as a plan.
    """
    return Plan.model_validate(yaml.safe_load(file.read_text(encoding="utf8")))


def session(name: str) -> dict[str, Any]:
    """The facts of one session that took place, by its file, such as `2023-08-31-performance-q1`."""
    facts: dict[str, Any] = _yaml(f"sessions/{name}.yaml")
    return facts


@cache
def _calendars() -> tuple[Calendar, ...]:
    files = sorted((FOLDER / "calendars").glob("*.json"))
    return tuple(Calendar.model_validate(json.loads(file.read_text(encoding="utf8"))) for file in files)


def _yaml(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf8"))
