"""Subscriptions, as their workflows reach them: wait for news, send it in order, note how far it got."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any, Protocol

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from activities.alive import signs_of_life
from rules.telling.envelope import House, envelope
from schemas.feed import Cursor, Passage, Source, Wanted
from schemas.subscriptions import Answer, State, Subscription, Turn, Turned

MOST = 100
"""Entries in one delivery."""
PATIENCE = 600.0
"""Seconds that a turn waits for news before it ends with nothing: a quiet day costs 144 turns."""
BEAT = 2.0
"""Seconds between two signs of life."""
ENGINE = "engine"


class ReadsFeed(Protocol):
    """One ledger in one order."""

    source: Source

    async def after(self, wanted: Wanted, cursor: Cursor, most: int) -> Passage:
        """The next entries that are wanted, and how far that reaches."""
        ...

    def listening(self) -> AbstractAsyncContextManager[None]:
        """Hear of news within the block."""
        ...

    def mark(self) -> asyncio.Event:
        """Now, to be taken before reading."""
        ...

    async def news(self, since: asyncio.Event, seconds: float) -> None:
        """Return when there is news since then, or after some seconds."""
        ...


class KeepsSubscriptions(Protocol):
    """What each subscription wants and how far it has got."""

    async def subscription(self, name: str) -> Subscription | None:
        """One subscription."""
        ...

    async def advance(self, name: str, source: str, seen: Cursor, through: Cursor, *, sent: bool) -> bool:
        """Note how far it has got; False where somebody has moved it meanwhile."""
        ...

    async def failed(self, name: str, sentence: str) -> None:
        """Note that a delivery was not taken, and why."""
        ...

    async def change(self, name: str, state: State, what: str, by: str, because: str | None) -> bool:
        """Pause, resume or end."""
        ...

    async def secret(self, name: str) -> str:
        """What deliveries are signed with."""
        ...


class PostsToReceivers(Protocol):
    """One signed message to an address outside."""

    async def post(self, url: str, secret: str, name: str, body: str) -> Answer:
        """What the receiver answered."""
        ...


class TellsOffice(Protocol):
    """Tells the office that a subscription was paused."""

    async def paused(self, subscription: Subscription) -> None:
        """Send the letter. Raises where the post itself is down: then it is tried again."""
        ...


class SubscriptionActivities:
    """Delivering, in order, at least once: the cursor moves only after the receiver has said yes."""

    def __init__(
        self,
        feeds: Sequence[ReadsFeed],
        records: KeepsSubscriptions,
        receivers: PostsToReceivers,
        office: TellsOffice,
        house: House,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._feeds = feeds
        self._records = records
        self._receivers = receivers
        self._office = office
        self._house = house
        self._patience = patience

    def all(self) -> list[Callable[..., Any]]:
        """Everything that a worker has to know."""
        return [self.hear, self.try_out, self.give_up]

    @activity.defn(name="hear_events")
    async def hear(self, turn: Turn) -> Turned:
        """Send what is new for some minutes, or wait for it; fails where the receiver does not take it."""
        until = asyncio.get_running_loop().time() + self._patience
        sent = 0
        async with signs_of_life(BEAT), self._listening():
            while True:
                marks = [feed.mark() for feed in self._feeds]
                found = await self._records.subscription(turn.subscription)
                if found is None or found.state != "active":
                    return Turned(state=found.state if found else "ended", sent=sent)
                try:
                    counts = [await self._send_next(found, feed) for feed in self._feeds]
                except ApplicationError:
                    if sent:  # it got somewhere: the next failure is the first again
                        return Turned(state="active", sent=sent)
                    raise
                sent += sum(counts)
                left = until - asyncio.get_running_loop().time()
                if left <= 0 or activity.is_worker_shutdown():
                    return Turned(state="active", sent=sent)
                if not any(counts):
                    await self._news(marks, left)

    @activity.defn(name="try_receiver")
    async def try_out(self, turn: Turn) -> Answer:
        """Send an empty batch, so that the office sees what the receiver makes of it."""
        found = await self._records.subscription(turn.subscription)
        if found is None:
            return Answer(trouble=f"There is no subscription {turn.subscription}.")
        name = f"test_{found.id}_{activity.info().workflow_run_id}_{activity.info().activity_id}"
        return await self._receivers.post(found.url, await self._records.secret(found.id), name, "[]")

    @activity.defn(name="give_up_on_receiver")
    async def give_up(self, turn: Turn) -> Turned:
        """Pause what has failed for days and tell the office; a receiver that did not fail is left alone."""
        found = await self._records.subscription(turn.subscription)
        if found is None or found.state == "ended":
            return Turned(state="ended")
        if found.state == "active" and found.failing_since is None:
            return Turned(state="active")
        because = f"It was tried for days. {found.last_failure or ''}".strip()
        await self._records.change(found.id, "paused", "given up", ENGINE, because)
        await self._office.paused(await self._records.subscription(found.id) or found)
        return Turned(state="paused")

    async def _send_next(self, found: Subscription, feed: ReadsFeed) -> int:
        """Send one batch of a feed; how many entries the receiver took.

        Raises: ApplicationError: the receiver did not take it; it is tried again later.
        """
        cursor = found.cursors.get(feed.source)
        if cursor is None:
            return 0
        passage = await feed.after(found.wanted, cursor, MOST)
        if passage.through == cursor:
            return 0
        if passage.entries and not await self._is_taken(found, passage):
            return 0
        sent = bool(passage.entries)
        await self._records.advance(found.id, feed.source, cursor, passage.through, sent=sent)
        return len(passage.entries)

    async def _is_taken(self, found: Subscription, passage: Passage) -> bool:
        answer = await self._receivers.post(
            found.url,
            await self._records.secret(found.id),
            name_of(found, passage),
            self._body(found, passage),
        )
        if answer.taken:
            return True
        if answer.gone:
            because = "The receiver answered 410: it never wants to hear of us again."
            await self._records.failed(found.id, answer.said)
            await self._records.change(found.id, "ended", "ended", ENGINE, because)
            return False
        await self._records.failed(found.id, answer.said)
        raise ApplicationError(answer.said, type="NotTaken", category=ApplicationErrorCategory.BENIGN)

    def _body(self, found: Subscription, passage: Passage) -> str:
        events = (envelope(one.entry, found.scope, self._house) for one in passage.entries)
        return "[" + ",".join(one.model_dump_json() for one in events) + "]"

    async def _news(self, marks: Sequence[asyncio.Event], seconds: float) -> None:
        """Wait for news of any feed, or until this worker is to stop and another goes on."""
        waits = [
            asyncio.ensure_future(activity.wait_for_worker_shutdown()),
            *(
                asyncio.ensure_future(feed.news(mark, seconds))
                for feed, mark in zip(self._feeds, marks, strict=True)
            ),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        async with AsyncExitStack() as blocks:
            for feed in self._feeds:
                await blocks.enter_async_context(feed.listening())
            yield


def name_of(found: Subscription, passage: Passage) -> str:
    """The name of one delivery, the same when it is tried again with the same entries."""
    first, last = passage.entries[0].cursor, passage.entries[-1].cursor
    return f"msg_{found.id}_{first.text}_{last.text}"
