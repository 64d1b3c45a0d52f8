"""Telling the chief executive that a restricted cycle was opened, once for each opening.

Done in the round of every minute, last: where the post is down, nothing else waits for it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from engine.posting import Carries, LooksOutside
from rules.telling.openings import opening_notice
from schemas.outside import Swept
from schemas.people import Person
from schemas.viewing import Opening, Restriction


class KeepsOpenings(Protocol):
    """Where it is kept who was told of an opening."""

    async def untold(self, most: int = 50) -> Sequence[Opening]:
        """Openings of which nobody has been written to."""
        ...

    async def told(self, one: Opening, at: datetime) -> None:
        """Note that they were."""
        ...


class Knows(Protocol):
    """Who there is, and who restricted what."""

    async def people(self) -> Mapping[str, Person]:
        """Everybody by id."""
        ...

    async def restriction(self, cycle: str) -> Restriction | None:
        """To whom a cycle is restricted."""
        ...


class OpeningsTold:
    """Goes with the rounds. It may be stopped anywhere: a notice is sent once for its key."""

    def __init__(
        self,
        rounds: LooksOutside,
        post: Carries,
        keeps: KeepsOpenings,
        knows: Knows,
        now: Callable[[], datetime],
    ) -> None:
        self._rounds = rounds
        self._post = post
        self._keeps = keeps
        self._knows = knows
        self._now = now

    async def look(self) -> Swept:
        """The others' round, then what was opened."""
        swept = await self._rounds.look()
        await self._tell()
        return swept

    async def look_ahead(self) -> Swept:
        """The others' morning."""
        return await self._rounds.look_ahead()

    async def _tell(self) -> None:
        found = await self._keeps.untold()
        people = await self._knows.people() if found else {}
        for one in found:
            restriction = await self._knows.restriction(one.cycle)
            await self._post.deliver(opening_notice(one, restriction, people))
            await self._keeps.told(one, self._now())
