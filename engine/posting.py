"""The post's own round, every minute: what is sent again, what came back, and digests; begun in the morning.

Each step may be stopped anywhere and done again: a notice is sent once for its key, a report is read once
more without harm, and a line goes into one digest.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from rules.clocks import civil
from rules.telling.waiting import morning
from schemas.notices import Delivery, Notice
from schemas.outside import Swept
from schemas.people import Person
from schemas.posting import Digest, Morning, Receipt

log = logging.getLogger("answerable.post")
Became = Literal["delivered", "refused", "down"]


class LooksOutside(Protocol):
    """The rounds that this one goes with."""

    async def look(self) -> Swept:
        """Every minute."""
        ...

    async def look_ahead(self) -> Swept:
        """Once a day."""
        ...


class Carries(Protocol):
    """Sends one notice, once per key."""

    async def deliver(self, notice: Notice) -> Delivery:
        """Delivered or bounced. Raises where the post itself is down."""
        ...


class KeepsPosting(Protocol):
    """Where it is kept what is sent again, and what came back."""

    async def to_send_again(self, most: int = 50) -> list[Notice]:
        """Notices that are to be sent once more and were not yet."""
        ...

    async def sent_again(self, key: str, at: datetime) -> None:
        """Note that one was."""
        ...

    async def received(self, receipt: Receipt) -> bool:
        """Note what became of a message; False where it is not ours, or was known."""
        ...


class KeepsDigests(Protocol):
    """What waits for whom."""

    async def begin_digests(self, morning: Morning) -> None:
        """Say which lines go out on a day."""
        ...

    async def digests(self, most: int = 200) -> list[Digest]:
        """Digests that are to be sent and were not yet."""
        ...

    async def digest_sent(self, key: str, at: datetime) -> None:
        """Note that one was."""
        ...


class WritesDigests(Protocol):
    """Writes one digest to one person."""

    async def digest(self, digest: Digest, person: Person | None) -> Became:
        """What became of it; somebody who cannot be reached counts as refused."""
        ...


class KnowsPeople(Protocol):
    """The directory."""

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...


class Folder(Protocol):
    """Where reports of what came back are dropped."""

    def arrived(self) -> Sequence[Path]:
        """The messages that lie there."""
        ...

    def read(self, path: Path, now: datetime) -> Sequence[Receipt]:
        """What a message says of ours."""
        ...

    def put_aside(self, path: Path, *, known: bool) -> None:
        """Move it out of the way."""
        ...


class PostRound:
    """Goes with the rounds that look outside."""

    def __init__(
        self,
        rounds: LooksOutside,
        post: Carries,
        *,
        posting: KeepsPosting,
        waiting: KeepsDigests,
        letters: WritesDigests,
        knows: KnowsPeople,
        now: Callable[[], datetime],
        folder: Folder | None = None,
    ) -> None:
        self._rounds = rounds
        self._post = post
        self._posting = posting
        self._waiting = waiting
        self._letters = letters
        self._knows = knows
        self._now = now
        self._folder = folder

    async def look(self) -> Swept:
        """What came back, then the others' round, then what is sent again, then digests."""
        await self._came_back()
        swept = await self._rounds.look()
        for notice in await self._posting.to_send_again():
            await self._post.deliver(notice)
            await self._posting.sent_again(notice.key, self._now())
        await self._send_digests()
        return swept

    async def look_ahead(self) -> Swept:
        """The others' morning, then the digests of this one."""
        swept = await self._rounds.look_ahead()
        await self._waiting.begin_digests(morning(civil(self._now())))
        await self._send_digests()
        return swept

    async def _send_digests(self) -> None:
        found = await self._waiting.digests()
        people: Mapping[str, Person] = await self._knows.people() if found else {}
        for one in found:
            if await self._letters.digest(one, people.get(one.person)) == "down":
                return
            await self._waiting.digest_sent(one.key, self._now())

    async def _came_back(self) -> None:
        """Read the folder; where it cannot be used, say so and go on: the next round tries again."""
        if self._folder is None:
            return
        try:
            for path in await asyncio.to_thread(self._folder.arrived):
                receipts = await asyncio.to_thread(self._folder.read, path, self._now())
                for one in receipts:
                    await self._posting.received(one)
                await asyncio.to_thread(self._folder.put_aside, path, known=bool(receipts))
        except ConnectionError:  # the store is away, not the folder
            raise
        except OSError as trouble:
            log.warning(
                "The bounces folder cannot be used: %s. It is tried again.", trouble.strerror or trouble
            )
