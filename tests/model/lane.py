"""A lane: an office whose worker can stop in the middle of an act, and whose ledger's answer can be lost."""

import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from temporalio.testing import WorkflowEnvironment

from engine.connection import employ
from engine.desk import Desk
from schemas.notices import Delivery, Notice
from schemas.records import Entry, Standing, Writing
from store.keeping import Keeping
from store.ledger import Ledger
from store.out_tray import OutTray
from store.pool import Pool
from store.reads import Reads
from tests.conftest import PostBag


@dataclass
class Forgetful:
    """A ledger that writes down what it is given and then, when told to, does not live to say so."""

    ledger: Ledger
    lose: bool = False

    @property
    def letters(self) -> OutTray:
        """The same out-tray."""
        return self.ledger.letters

    async def record(self, writing: Writing) -> Standing:
        """Write, and perhaps lose the answer."""
        standing = await self.ledger.record(writing)
        if self.lose:
            self.lose = False
            raise ConnectionError("the answer was lost on its way")
        return standing

    async def entries(self, cycle: str, since: int = 1) -> list[Entry]:
        """What stands."""
        return await self.ledger.entries(cycle, since)


@dataclass
class Post(PostBag):
    """A post by the true clock, beside cycles whose clocks are set back."""

    set_back: timedelta = timedelta(0)

    async def deliver(self, notice: Notice) -> Delivery:
        """Delivered, at the true time of the hour for which it was planned."""
        delivery = await PostBag.deliver(self, notice)
        return delivery.model_copy(update={"at": delivery.at + self.set_back})


@dataclass
class Lane:
    """One office with a queue of its own. One sequence at a time runs in it."""

    engine: WorkflowEnvironment
    queue: str
    desk: Desk
    hasty: Desk
    reads: Reads
    ledger: Forgetful
    post: Post
    work: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> None:
        """A worker begins."""
        worker = employ(self.engine.client, self.queue, self.ledger, self.post)
        await self.work.enter_async_context(worker)

    async def crash(self) -> None:
        """The worker stops, and another begins."""
        await self.work.aclose()
        self.work = AsyncExitStack()
        await self.start()


@asynccontextmanager
async def lane(pool: Pool, engine: WorkflowEnvironment) -> AsyncIterator[Lane]:
    """A lane with a worker."""
    queue = f"m-{secrets.token_hex(6)}"
    reads, keeping = Reads(pool), Keeping(pool)
    one = Lane(
        engine=engine,
        queue=queue,
        desk=Desk(engine.client, queue, keeping, reads, demonstration=True),
        hasty=Desk(engine.client, queue, keeping, reads, patience=timedelta(seconds=0.5), demonstration=True),
        reads=reads,
        ledger=Forgetful(Ledger(pool)),
        post=Post(),
    )
    await one.start()
    try:
        yield one
    finally:
        await one.work.aclose()
