"""What is fed: one reader, what it is given, and its share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fuzz.shapes import Strategy


@dataclass(frozen=True)
class Target:
    """One reader: what it is given, and how; what it comes to is counted."""

    name: str
    given: Strategy
    reads: Callable[[Any], str]
    share: int
    """Of a thousand inputs."""
