"""Dispatch: letters that acts left in the out-tray go to the post, beside the worker's cycles (ADR 0038).

Nothing of a cycle's history is spent on them. Whoever takes a letter holds a lock on it in the database:
where its process dies another takes it at once, and the post, which sends once for a key, knows what went.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from itertools import groupby
from typing import Protocol

from activities.post import CarriesNotices
from rules.duties import LATE_AFTER
from schemas.notices import Delivery, Notice
from schemas.posting import Outgoing
from schemas.records import Entry

log = logging.getLogger("answerable.dispatch")

LANES, MOST_AT_ONCE = 4, 20
LINGER = 0.1
"""Seconds between the news of a letter and its taking: under load those of several acts go in one hand."""
LOOK_AGAIN = 5.0
"""Seconds after which, without news, a lane looks for what others left, or what was put off."""
STORE_AGAIN = 2.0
"""Seconds."""
SEND_WITHIN = 60.0
"""Seconds for one letter; then it counts as not taken."""
AGAIN_AT_MOST = timedelta(minutes=5)
LAST_ROUND = 3.0
"""Seconds in which a worker that stops sends what its last acts left."""


class Handful(Protocol):
    """Letters that are in one hand."""

    letters: tuple[Outgoing, ...]

    def gone(self, letter: Outgoing) -> None:
        """Strike a letter out."""
        ...

    def put_off(self, letter: Outgoing, wait: timedelta) -> None:
        """Have a letter tried again, and no sooner."""
        ...


class KeepsLetters(Protocol):
    """The out-tray."""

    def taken(self, most: int, but_of: Collection[str] = ()) -> AbstractAsyncContextManager[Handful]:
        """Letters that nobody has in hand, oldest first, none of the cycles in `but_of`."""
        ...

    async def entries(self, cycle: str) -> list[Entry]:
        """The entries of a cycle, oldest first."""
        ...


class OwnsUp(Protocol):
    """Writes down what left late."""

    async def letter_left_late(self, notice: Notice, delivery: Delivery) -> None:
        """Once for a letter, however often it is said."""
        ...


class Dispatch:
    """Sends letters for as long as it runs, those of one cycle in the order of its acts."""

    def __init__(self, tray: KeepsLetters, post: CarriesNotices, owning_up: OwnsUp) -> None:
        self._tray = tray
        self._post = post
        self._owning_up = owning_up
        self._news = asyncio.Event()
        self._at_the_tray = asyncio.Lock()
        """One lane stands at the tray; the others send, or queue behind it."""
        self._in_hand: set[str] = set()
        self._passed_over: set[str] = set()
        """Cycles of which more may have been left while something of theirs was in hand."""

    def look(self) -> None:
        """Say that there may be a letter; the lane at the tray takes it."""
        self._news.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Send while the block lasts, at first what was left before, and once more at its end."""
        self.look()
        lanes = [asyncio.create_task(self._lane()) for _ in range(LANES)]
        try:
            yield
        finally:
            for one in lanes:
                one.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)
            with suppress(Exception):  # what it cannot send now waits for the next worker
                async with asyncio.timeout(LAST_ROUND):
                    while await self._send():
                        pass

    async def _lane(self) -> None:
        while True:
            try:
                await self._send(self._news_or_a_while)
            except Exception as trouble:  # noqa: BLE001 - whatever it is, letters are not forgotten
                log.warning("the out-tray could not be read: %s", type(trouble).__name__)
                await asyncio.sleep(STORE_AGAIN)

    async def _news_or_a_while(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), LOOK_AGAIN)
            await asyncio.sleep(LINGER)
        self._news.clear()

    async def _send(self, when: Callable[[], Awaitable[None]] | None = None) -> int:
        """Take some letters, now or `when` it is time, and hand them to the post; how many went."""
        cycles: set[str] = set()
        async with AsyncExitStack() as stack:
            stack.callback(self._let_go, cycles)
            async with self._at_the_tray:
                if when:
                    await when()
                self._passed_over |= self._in_hand
                taking = self._tray.taken(MOST_AT_ONCE, tuple(self._in_hand))
                hand = await stack.enter_async_context(taking)
                cycles.update(map(_cycle, hand.letters))
                self._in_hand.update(cycles)
                if len(hand.letters) == MOST_AT_ONCE:
                    self._news.set()
            by_cycle = groupby(sorted(hand.letters, key=_cycle), _cycle)
            went = await asyncio.gather(*(self._in_order(hand, list(ones)) for _, ones in by_cycle))
        return sum(went)

    def _let_go(self, cycles: set[str]) -> None:
        self._in_hand -= cycles
        if self._passed_over & cycles:
            self._passed_over -= cycles
            self._news.set()

    async def _in_order(self, hand: Handful, letters: list[Outgoing]) -> int:
        """Send letters of one cycle; the first that does not go keeps the others back. How many went."""
        for place, letter in enumerate(letters):
            try:
                async with asyncio.timeout(SEND_WITHIN):
                    await self._carry(letter)
            except Exception as trouble:  # noqa: BLE001 - whatever it is, it is tried again
                log.warning("%s did not go: %s", letter.notice.key, type(trouble).__name__)
                hand.put_off(letter, min(timedelta(seconds=2 ** min(letter.tries, 10)), AGAIN_AT_MOST))
                return place
            hand.gone(letter)
        return len(letters)

    async def _carry(self, letter: Outgoing) -> None:
        notice = letter.notice
        delivery = await self._post.deliver(notice)
        if delivery.delivered and delivery.at - letter.set_back - notice.planned_at > LATE_AFTER:
            await self._owning_up.letter_left_late(notice, delivery)


def _cycle(letter: Outgoing) -> str:
    return letter.notice.cycle
