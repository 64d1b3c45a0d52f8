"""The hub: what PostgreSQL announces, handed to every open stream; nothing is piled up for a slow one."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Protocol

AGAIN = "*"
"""The topic that says: look again, whatever you look at."""
LOST = "lost"
"""The topic that says: nothing is heard just now."""
MOST_WAITING = 32
"""Topics that wait for one stream; beyond that it is told to look again."""
EACH = 20
"""Streams of one person: browsers, not tabs, since the tabs of a browser share one."""
ALL = 1000
"""Streams of one process."""
RECENT = 500
"""Topics that are remembered for a page that was made before its stream began."""


class Announces(Protocol):
    """Where topics come from, and who may see what they are about."""

    async def openers(self, cycle: str) -> frozenset[str]:
        """The keys that open something of a cycle just now."""
        ...

    async def listen(
        self, hear: Callable[[str], None], *, found: Callable[[], None], lost: Callable[[], None]
    ) -> None:
        """Hand on every topic until cancelled, and say when hearing begins and ends."""
        ...


class FullError(Exception):
    """No further stream is taken; the words say why."""


class Stream:
    """One open stream: the topics that wait to be sent, each once."""

    def __init__(self) -> None:
        self._waiting: dict[str, None] = {}
        self._news = asyncio.Event()

    def tell(self, topic: str) -> None:
        """Let a topic wait; where too many do, the one that says to look again stands for all."""
        if topic == LOST:
            self._waiting[LOST] = None
        elif AGAIN in self._waiting:
            return
        elif topic == AGAIN or len(self._waiting) >= MOST_WAITING:
            self._waiting = {AGAIN: None}
        else:
            self._waiting[topic] = None
        self._news.set()

    async def next(self, seconds: float) -> tuple[str, ...]:
        """What waits, as soon as something does; nothing after some seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()
        told = tuple(self._waiting)
        self._waiting = {}
        self._news.clear()
        return told


class Hub:
    """All streams of this process, and whether anything is heard."""

    def __init__(
        self,
        announcements: Announces,
        *,
        most: int = ALL,
        each: int = EACH,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._announcements = announcements
        self._openers: dict[str, asyncio.Task[frozenset[str]]] = {}
        self._most, self._each, self._clock = most, each, clock
        self._recent: deque[tuple[float, str]] = deque(maxlen=RECENT)
        self._whole_since = clock()
        self._streams: dict[Stream, str] = {}
        self._of = Counter[str]()
        self.hearing = False

    @property
    def open(self) -> int:
        """How many streams are open."""
        return len(self._streams)

    @asynccontextmanager
    async def stream(self, person: str, ago: float | None = None) -> AsyncIterator[Stream]:
        """A stream of one person for as long as the block runs; first with what was announced so long ago.

        Units: `ago` in seconds.
        Raises: FullError: this process, or this person, has as many as it may have.
        """
        if len(self._streams) >= self._most:
            raise FullError("As many pages are followed live as this service can follow.")
        if self._of[person] >= self._each:
            raise FullError("You follow pages live in too many browsers at once.")
        one = Stream()
        self._streams[one] = person
        self._of[person] += 1
        try:
            self._catch_up(one, ago)
            yield one
        finally:
            del self._streams[one]
            self._of[person] -= 1
            if not self._of[person]:
                del self._of[person]

    def _catch_up(self, one: Stream, ago: float | None) -> None:
        """Tell a stream that begins what its page may have missed."""
        if not self.hearing:
            one.tell(LOST)
        elif ago is not None:
            since = self._clock() - ago
            missed = [topic for at, topic in self._recent if at >= since]
            whole = since >= self._whole_since and len(missed) < RECENT
            for topic in missed if whole else [AGAIN]:
                one.tell(topic)

    def tell(self, topic: str) -> None:
        """Tell every stream, and keep it for a while for those that begin."""
        self._recent.append((self._clock(), topic))
        self._openers.pop(topic.partition(":")[2].partition("/")[0], None)
        for one in self._streams:
            one.tell(topic)

    async def openers(self, cycle: str) -> frozenset[str]:
        """The keys that open a cycle, asked once for all streams after each piece of news of it."""
        if len(self._openers) > RECENT:
            self._openers.clear()
        asked = self._openers.get(cycle)
        if asked is None or (asked.done() and asked.exception()):
            asked = self._openers[cycle] = asyncio.create_task(self._announcements.openers(cycle))
        return await asyncio.shield(asked)

    @asynccontextmanager
    async def hears(self) -> AsyncIterator[None]:
        """Hand on what is announced within the block."""
        listening = asyncio.create_task(
            self._announcements.listen(self.tell, found=self._found, lost=self._lost), name="live"
        )
        listening.add_done_callback(lambda _ended: self._lost())
        try:
            yield
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening

    def _found(self) -> None:
        self.hearing = True
        self._whole_since = self._clock()
        self.tell(AGAIN)

    def _lost(self) -> None:
        if self.hearing:
            self.hearing = False
            self.tell(LOST)
