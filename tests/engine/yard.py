"""A yard: an office whose workers are told apart by their builds."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from temporalio.testing import WorkflowEnvironment

from engine.connection import employ
from engine.deployments import Builds, BuildsError, build_of, builds, make_current
from engine.desk import Desk
from engine.programme_desk import ProgrammeDesk
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from tests.conftest import Office, PostBag


@dataclass
class Yard:
    """An office whose workers are told apart by their builds."""

    office: Office
    deployment: str
    stack: AsyncExitStack

    async def start(self, build: str | None) -> None:
        """Start a worker of a build with the workflows that are known just now."""
        version = build_of(self.deployment, build)
        worker = employ(
            self.office.engine.client, self.office.queue, self.office.ledger, self.office.post, build=version
        )
        await self.stack.enter_async_context(worker)

    async def known(self, build: str) -> Builds:
        """The builds, once the engine knows this one."""
        for _ in range(100):
            try:
                found = await builds(self.office.engine.client, self.office.queue, self.deployment)
            except BuildsError:
                found = None
            if found and found.named(build):
                return found
            await asyncio.sleep(0.1)
        raise AssertionError(f"the engine never heard of {build}")

    async def current(self, build: str) -> None:
        """Make a build current, once its worker has come."""
        await self.known(build)
        await make_current(self.office.engine.client, self.deployment, build)

    async def running(self, build: str, count: int) -> None:
        """Wait until so many workflows keep to a build: the engine's list is a moment behind."""
        for _ in range(100):
            found = (await self.known(build)).named(build)
            if found and found.running == count:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{found} does not come to {count}")


@pytest.fixture
async def yard(pool: Pool, engine: WorkflowEnvironment) -> AsyncIterator[Yard]:
    """An office without a worker."""
    queue, reads = f"q-{secrets.token_hex(6)}", Reads(pool)
    desk = Desk(engine.client, queue, Keeping(pool), reads, demonstration=True, periods=())
    office = Office(
        desk=desk,
        reads=reads,
        ledger=Ledger(pool),
        post=PostBag(),
        engine=engine,
        queue=queue,
        programme=ProgrammeDesk(engine.client, queue, Keeping(pool), reads),
        pool=pool,
    )
    async with AsyncExitStack() as stack:
        yield Yard(office, f"d-{secrets.token_hex(4)}", stack)
