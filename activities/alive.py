"""Signs of life: a worker that died is noticed, and what it was doing is done elsewhere."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio import activity

BEAT = 5.0
"""Seconds between two signs of life, where nothing else is asked for."""


@asynccontextmanager
async def signs_of_life(every: float = BEAT) -> AsyncIterator[None]:
    """Heartbeats for as long as the block runs, so many seconds apart; what is done sooner needs none."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(every)
            activity.heartbeat()

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
