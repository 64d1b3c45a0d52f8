"""An office whose events go outside: a worker with its activities, and a receiver to hear them."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from activities.subscriptions import SubscriptionActivities
from clients.webhooks import Receivers
from engine.connection import employ
from engine.subscriptions import Subscribing
from rules.telling.envelope import House
from schemas.feed import Cursor
from schemas.outcomes import Refused
from schemas.people import Actor
from schemas.subscriptions import Draft, Subscription, SubscriptionRow
from store.feed import Feed, feeds
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from store.subscriptions import Subscriptions
from tests import scenario as s
from tests.conftest import PostBag
from tests.receiver import SECRET, Receiver

HOUSE = House("https://answerable.example")


@dataclass
class Told:
    """The letters that the office would have got; the real ones have their own tests."""

    about: list[Subscription] = field(default_factory=list)

    async def paused(self, subscription: Subscription) -> None:
        """Keep it."""
        self.about.append(subscription)


@dataclass
class Outside:
    """Everything that delivers, over one database."""

    pool: Pool
    engine: WorkflowEnvironment
    queue: str
    receivers: Receivers
    arranged: Subscribing
    kept: Subscriptions
    feed: Feed
    told: Told = field(default_factory=Told)

    def worker(self, *, patience: float = 600) -> Worker:
        """A worker of its own."""
        does = SubscriptionActivities(
            feeds(self.pool), self.kept, self.receivers, self.told, HOUSE, patience=patience
        )
        return employ(self.engine.client, self.queue, Ledger(self.pool), PostBag(), beside=does.all())

    async def add(
        self, receiver: Receiver, name: str = "", actor: Actor = s.CHIEF_EXECUTIVE, **facts: Any
    ) -> str:
        """A subscription from the beginning; its name."""
        name = name or f"t-{secrets.token_hex(4)}"
        wanted = {"id": name, "url": receiver.url, "scope": "office", "reason": "A tracker", **facts}
        made = await self.arranged.add(Draft.model_validate(wanted), actor, SECRET, Cursor())
        assert not isinstance(made, Refused), made
        return name

    async def now(self, name: str) -> Subscription:
        """A subscription as it stands."""
        found = await self.kept.subscription(name)
        assert found
        return found

    async def caught_up(self, name: str) -> SubscriptionRow:
        """Wait until a subscription has nothing more to hear, and show it as the list does."""
        async with asyncio.timeout(20):
            while True:
                row = next(one for one in await self.arranged.rows() if one.subscription.id == name)
                if row.behind == 0:
                    return row
                await asyncio.sleep(0.02)

    def run(self, name: str) -> WorkflowHandle[Any, Any]:
        """The run of a subscription."""
        return self.engine.client.get_workflow_handle(f"subscription/{name}")


@asynccontextmanager
async def outside_of(pool: Pool, engine: WorkflowEnvironment) -> AsyncIterator[Outside]:
    """An office that may speak to this machine. Its runs are ended with the block."""
    queue, kept, followed = f"q-{secrets.token_hex(6)}", Subscriptions(pool), feeds(pool)
    receivers = Receivers(loopback=True)
    arranged = Subscribing(engine.client, queue, kept, followed, Reads(pool), receivers, loopback=True)
    yield Outside(pool, engine, queue, receivers, arranged, kept, followed[0])
    for one in await kept.subscriptions():
        if one.state != "ended":
            await engine.client.get_workflow_handle(f"subscription/{one.id}").terminate()
    await receivers.close()
