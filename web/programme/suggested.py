"""The form of a suggested year: what was suggested is carried along, days can be changed, cycles left out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rules.clocks import civil, instant, london
from schemas.programme.rows import Suggested, Suggestion
from web.forms.fields import Field, Reading, Typed, read

MOST = 24
"""Cycles that are suggested at once: two in a month."""
CARRIED = ("title", "theme", "commitments", "question", "because", "ground", "after")


def typed_of(found: Suggestion, asked: Mapping[str, str]) -> Typed:
    """What the form begins with: every cycle of the suggestion, ticked, with its days."""
    said: dict[str, list[str]] = {name: [value] for name, value in asked.items()}
    said["rows"] = [str(len(found.cycles))]
    for row, one in enumerate(found.cycles, start=1):
        said |= {f"c{row}_{name}": [value] for name, value in _boxes(one).items()}
    return Typed(said)


def _boxes(one: Suggested) -> dict[str, str]:
    return {
        "in": "yes",
        "title": one.title,
        "theme": one.theme,
        "commitments": " ".join(one.commitments),
        "question": one.question,
        "because": one.because,
        "ground": one.ground,
        "after": one.after or "",
        **day_boxes("opens_on", one.opens_on),
        **day_boxes("session_on", civil(one.session_at)),
        "hour": f"{london(one.session_at):%H:%M}",
    }


def day_boxes(name: str, on: date) -> dict[str, str]:
    """A day in the three boxes of a form."""
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def rows(typed: Typed) -> int:
    """How many cycles the form has."""
    said = typed.one("rows")
    return min(int(said), MOST) if said.isdecimal() else 0


def chosen(typed: Typed) -> tuple[int, ...]:
    """The rows that are ticked."""
    return tuple(row for row in range(1, rows(typed) + 1) if typed.one(f"c{row}_in") == "yes")


def day_fields(row: int) -> tuple[Field, ...]:
    """The days of one suggested cycle."""
    return (
        Field(f"c{row}_opens_on", "Opens on", "day", missing="Enter the day on which it opens"),
        Field(f"c{row}_session_on", "Session on", "day", missing="Enter the day of its session"),
        Field(f"c{row}_hour", "At what time?", "hour"),
    )


def fields(which: Iterable[int]) -> tuple[Field, ...]:
    """The days of some of the cycles."""
    return tuple(one for row in which for one in day_fields(row))


def read_rows(typed: Typed) -> Reading:
    """The days of the ticked cycles."""
    return read(fields(chosen(typed)), typed)


def suggestion_of(year: int, typed: Typed, reading: Reading) -> Suggestion:
    """The ticked cycles as somebody wants them now.

    Raises: pydantic.ValidationError: what was carried along was altered into something else.
    """
    cycles = tuple(_cycle(row, typed, reading.values) for row in chosen(typed))
    return Suggestion(year=year, cycles=cycles)


def _cycle(row: int, typed: Typed, values: Mapping[str, Any]) -> Suggested:
    carried = {name: typed.one(f"c{row}_{name}") for name in CARRIED}
    return Suggested.model_validate(
        {
            **carried,
            "commitments": carried["commitments"].split(),
            "after": carried["after"] or None,
            "opens_on": values[f"c{row}_opens_on"],
            "session_at": instant(values[f"c{row}_session_on"], values[f"c{row}_hour"]),
        }
    )
