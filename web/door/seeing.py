"""What pages may note of somebody's reading: which version they saw, and until when they put it off."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from schemas.reading import Seen


class KeepsSeen(Protocol):
    """Keeps what whoever may sign findings has read of them."""

    async def seen(self, person: str, cycles: Sequence[str]) -> list[Seen]:
        """The versions of some cycles that somebody has read, oldest first."""
        ...

    async def note_seen(self, person: str, cycle: str, version: int, at: datetime) -> None:
        """Note that somebody has read a version; the first time counts."""
        ...

    async def put_off(self, person: str, cycle: str, version: int, at: datetime, until_on: date) -> None:
        """Note until when somebody has put a version off."""
        ...
