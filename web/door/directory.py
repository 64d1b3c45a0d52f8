"""Where entries of the directory are changed, and how the engine is asked how it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from engine.well import EngineWell
from schemas.directory import PersonChange
from schemas.people import Person


class KeepsDirectory(Protocol):
    """Keeps entries of the directory, each change with its line on record."""

    async def change(self, change: PersonChange, before: Person | None, after: Person) -> bool:
        """Keep an entry; False where it has moved on since it was looked at."""
        ...


@dataclass(frozen=True)
class Told:
    """One setting as it stands: its variable, what it is for, its value, and whether the office gave it."""

    variable: str
    about: str
    value: str
    given: bool


AsksEngine = Callable[[], Awaitable[EngineWell]]
