"""The facts of the accessibility statement: how far, what is not accessible, how it was tested, and when."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from schemas.shape import Shape

FILE = Path(__file__).with_suffix(".yaml")


class Tested(Shape):
    """How and when the screens were tested last, as the program that tests them counted."""

    by: str
    last_on: date
    axe: str
    screens: int
    pages: int
    violations: int


class Barrier(Shape):
    """Something that is not accessible, and what there is instead."""

    what: str
    instead: str
    criterion: str
    mended_by: date | None = None


class Accessibility(Shape):
    """What the statement says (SI 2018/952, reg. 8)."""

    standard: str
    complies: Literal["fully", "partially", "not"]
    because: str
    prepared_on: date
    reviewed_on: date
    audited: bool
    tested: Tested
    not_accessible: tuple[Barrier, ...] = ()


@cache
def accessibility() -> Accessibility:
    """The facts as the file has them.

    Raises: pydantic.ValidationError: the file leaves something out.
    """
    return Accessibility.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
