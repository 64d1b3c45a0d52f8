"""Writes into reference/accessibility.yaml what a sweep over all screens has tested and found."""

import re
from dataclasses import asdict, dataclass
from datetime import date

from reference.accessibility import FILE


@dataclass(frozen=True)
class Counted:
    """What a sweep counted."""

    last_on: date
    screens: int
    pages: int
    violations: int
    axe: str


def noted(text: str, counted: Counted) -> str:
    """The file with the lines of `tested` written anew; its other lines are people's and stay."""
    for name, value in asdict(counted).items():
        text, times = re.subn(rf"(?m)^(  {name}: )\S*", rf"\g<1>{value}", text, count=1)
        if times != 1:
            raise ValueError(f"{FILE.name} has no line for {name}")
    return text


def write(counted: Counted) -> None:
    """Keep it in the file."""
    FILE.write_text(noted(FILE.read_text(encoding="utf-8"), counted), encoding="utf-8")
