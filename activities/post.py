"""The post: telling people."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from temporalio import activity

from schemas.notices import Delivery, Notice

BEAT = 1.0
"""Seconds between two signs of life: a batch whose worker died is tried again before its time is up."""


class CarriesNotices(Protocol):
    """Renders and sends one notice, once per key, and says what became of it."""

    async def deliver(self, notice: Notice) -> Delivery:
        """Delivered or bounced. Raises where the post itself is down: then it is tried again."""
        ...


class PostActivities:
    """Sending what has to be told, in order."""

    def __init__(self, post: CarriesNotices) -> None:
        self._post = post

    @activity.defn
    async def deliver(self, notices: list[Notice]) -> list[Delivery]:
        """What became of each notice, in the same order."""
        async with _signs_of_life():
            return [await self._post.deliver(notice) for notice in notices]


@asynccontextmanager
async def _signs_of_life() -> AsyncIterator[None]:
    """Heartbeats for as long as the block runs, also while one slow mail server is waited for."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(BEAT)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
