"""The newest archive: made beside whoever reads, served whole or not at all, and waited for by nobody."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from store.reads import Reads
from store.viewing import looking
from web.papers.bundle import HowFar, Made

log = logging.getLogger("answerable.web")

AGAIN = 600.0
"""Seconds: whoever asks has it made anew where only the rest of the record moved on for so long."""
LATER = 3600.0
"""Seconds after which it is made anew for the same, though nobody asked."""
AFTER_FAULT = 60.0
"""Seconds until it is tried again where it could not be made."""
LOOK_EVERY = 60.0
"""Seconds between two looks whether it has to be made; a process that starts has other work at first."""
Makes = Callable[[], Awaitable[Made]]
Asks = Callable[[], Awaitable[HowFar]]


class NotMadeError(Exception):
    """The archive could not be made; the message says why, for whoever runs this service."""


async def how_far(reads: Reads) -> HowFar:
    """How far what is in the archive has got, as everybody may know."""
    with looking():
        published = f"{await reads.published_mark()}|{await reads.checkpoint_count()}"
        return HowFar(await reads.public_mark(), published, await reads.withdrawn_count())


class Archive:
    """The newest file that was finished, and the one that is being made: one at a time, however many ask."""

    def __init__(self, makes: Makes | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._makes = makes
        self._clock = clock
        self._held: Made | None = None
        self._at = 0.0
        self._making: asyncio.Task[None] | None = None
        self._failed: float | None = None

    @property
    def failed(self) -> bool:
        """Whether the last one could not be made. It is tried again."""
        return self._failed is not None

    def newest(self, now: HowFar, otherwise: Makes) -> Made | None:
        """The newest file, at once; where the record has moved on, the next is begun.

        None where there is none yet, and where something that may be in it was withdrawn since.
        """
        held = self._held
        if self._is_wanted(now, AGAIN):
            self._begin(self._makes or otherwise)
        return held if held is not None and held.how_far.withdrawn == now.withdrawn else None

    @asynccontextmanager
    async def kept(self, asks: Asks) -> AsyncIterator[None]:
        """Have one at hand while the block lasts, before anybody asks; nothing is left under way after it."""
        looking_on = asyncio.create_task(self._keep(asks))
        try:
            yield
        finally:
            under_way = [one for one in (looking_on, self._making) if one is not None]
            for one in under_way:
                one.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def settled(self) -> None:
        """Wait until none is being made."""
        if self._making:
            await self._making

    async def _keep(self, asks: Asks) -> None:
        while self._makes:
            await asyncio.sleep(LOOK_EVERY)
            try:
                now = await asks()
            except ConnectionError as why:
                log.debug("It was not asked how far the record has got: %s", type(why).__name__)
                continue
            if self._is_wanted(now, LATER):
                self._begin(self._makes)

    def _is_wanted(self, now: HowFar, old: float) -> bool:
        held = self._held
        if held is None or held.how_far.published != now.published:
            return True
        return held.mark != now.mark and self._clock() - self._at >= old

    def _begin(self, makes: Makes) -> None:
        under_way = self._making is not None and not self._making.done()
        too_soon = self._failed is not None and self._clock() - self._failed < AFTER_FAULT
        if not (under_way or too_soon):
            self._making = asyncio.create_task(self._make(makes))

    async def _make(self, makes: Makes) -> None:
        began = self._clock()
        try:
            self._held, self._at = await makes(), began
        except Exception as why:  # noqa: BLE001 - nobody waits for this; what is held stays good, and it is said
            self._failed = self._clock()
            said = str(why) if isinstance(why, NotMadeError) else type(why).__name__
            log.warning("The archive could not be made: %s", said)
        else:
            self._failed = None
