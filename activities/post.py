"""The post: telling people."""

from typing import Protocol

from temporalio import activity

from activities.alive import signs_of_life
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
        async with signs_of_life(BEAT):
            return [await self._post.deliver(notice) for notice in notices]
