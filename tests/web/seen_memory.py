"""What was read, in memory."""

from collections.abc import Sequence
from datetime import date, datetime

from schemas.reading import Seen


class MemorySeen:
    """Keeps it as the store does."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, int], Seen] = {}

    async def seen(self, person: str, cycles: Sequence[str]) -> list[Seen]:
        """Those of a person."""
        return [one for key, one in sorted(self.kept.items()) if key[0] == person and key[1] in cycles]

    async def note_seen(self, person: str, cycle: str, version: int, at: datetime) -> None:
        """The first time counts."""
        self.kept.setdefault((person, cycle, version), Seen(cycle=cycle, version=version, at=at))

    async def put_off(self, person: str, cycle: str, version: int, at: datetime, until_on: date) -> None:
        """The last word counts."""
        await self.note_seen(person, cycle, version, at)
        key = (person, cycle, version)
        self.kept[key] = self.kept[key].model_copy(update={"until_on": until_on})
