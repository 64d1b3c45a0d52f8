"""Where trackers are kept that an office brings in."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Protocol

from schemas.trackers import Became, Import, Meant, Over, Sheet


class KeepsTrackers(Protocol):
    """What was uploaded, and what became of it."""

    async def keep(self, digest: str, name: str, sheet: Sheet, person: str, at: datetime) -> int:
        """Keep a sheet; the same one again is the same import. Its number."""
        ...

    async def found(self, number: int) -> Import | None:
        """One import."""
        ...

    async def recent(self, most: int = 20) -> list[Import]:
        """The newest imports, without their rows."""
        ...

    async def mean(self, number: int, meant: Meant) -> None:
        """Keep what a sheet was said to mean."""
        ...

    async def remember(self, said: Mapping[str, str], at: datetime) -> None:
        """Keep what the office calls its columns."""
        ...

    async def remembered(self) -> dict[str, str]:
        """What the office calls its columns, as it last said."""
        ...

    async def confirm(self, number: int, at: datetime) -> None:
        """Note that somebody wants it brought in."""
        ...

    async def became(self, number: int, one: Became, at: datetime) -> None:
        """Note what became of a row."""
        ...

    async def outcome(self, number: int) -> dict[int, Became]:
        """What became of the rows that were handed in, by their numbers."""
        ...

    async def known(self, marks: Collection[str]) -> dict[str, str]:
        """From where closed rows were kept that are kept already, by their marks."""
        ...

    async def keep_over(self, one: Import, rows: Iterable[Over], by: str, at: datetime) -> None:
        """Keep rows that are over, apart from the record; each once over all files."""
        ...

    async def kept_of(self, number: int) -> int:
        """How many closed rows of an import were kept."""
        ...
