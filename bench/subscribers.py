"""Entries per second delivered to one and to ten subscribers, beside bare POSTs of the same bodies.

`python -m bench.subscribers --entries 5000 --rounds 3`. The receiver is in this process in both cases.
"""

import asyncio
import json
import secrets
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

from activities.subscriptions import MOST, SubscriptionActivities
from bench.floor import SilentPost
from bench.sizes import sizes
from bench.stand import Stand, machine, stand
from clients.webhooks import MEDIA_TYPE, Receivers
from demonstration.actors import CHIEF_EXECUTIVE
from engine.connection import employ
from engine.subscriptions import Subscribing
from rules.telling.envelope import House, envelope
from schemas.feed import Cursor, Wanted
from schemas.subscriptions import Draft, Subscription
from store.feed import Feed, feeds
from store.ledger import Ledger
from store.reads import Reads
from store.subscriptions import Subscriptions

HOUSE = House("https://answerable.example")
FILL = """
insert into ledger (cycle, version, kind, at, actor, key, content, marking, public, event)
select 'HTA-2026-' || lpad((n / 100)::text, 4, '0'), n % 100 + 1, 'RequestAcknowledged', now(),
       '{"person": "acc-local-policing", "role": "thematic_lead"}', 'bench-' || n, 'c', 'OFFICIAL', false,
       '{"kind": "RequestAcknowledged", "request": 1}'
from generate_series(0, $1::integer - 1) as n
"""


@dataclass
class Counting:
    """Takes every body and counts the events in it."""

    url: str = ""
    taken: dict[str, int] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                size = int(head.split("content-length: ")[1].split("\r\n")[0])
                path = head.split(" ", 2)[1]
                body = await reader.readexactly(size)
                self.taken[path] = self.taken.get(path, 0) + len(json.loads(body))
                writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def until(self, paths: int, entries: int) -> None:
        """Wait until each of so many paths has so many."""
        while len(self.taken) < paths or min(self.taken.values()) < entries:  # noqa: ASYNC110 - a bench
            await asyncio.sleep(0.005)


class Nobody:
    """Tells nobody."""

    async def paused(self, subscription: Subscription) -> None:
        """Never happens here."""


@asynccontextmanager
async def counting() -> AsyncIterator[Counting]:
    """A receiver within the block."""
    found = Counting()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield found
    server.close()


async def bodies(feed: Feed) -> list[str]:
    """What is sent, made beforehand."""
    found, cursor, more = [], Cursor(), True
    while more:
        passage = await feed.after(Wanted(scope="office"), cursor, MOST)
        events = (envelope(one.entry, "office", HOUSE).model_dump_json() for one in passage.entries)
        found.append("[" + ",".join(events) + "]")
        cursor, more = passage.through, passage.more
    return [one for one in found if one != "[]"]


async def floor(said: list[str], subscribers: int, entries: int) -> float:
    """Entries per second of bare POSTs, one lane for each subscriber."""
    async with counting() as receiver, httpx.AsyncClient() as client:

        async def lane(number: int) -> None:
            for body in said:
                headers = {"content-type": MEDIA_TYPE}
                await client.post(f"{receiver.url}/{number}", content=body, headers=headers)

        began = time.perf_counter()
        await asyncio.gather(*(lane(number) for number in range(subscribers)))
        return subscribers * entries / (time.perf_counter() - began)


async def product(here: Stand, subscribers: int, entries: int) -> float:
    """Entries per second through subscriptions, from the moment at which they are all resumed."""
    kept, receivers = Subscriptions(here.pool), Receivers(loopback=True)
    queue, followed = f"bench-{secrets.token_hex(4)}", feeds(here.pool)
    arranged = Subscribing(here.client, queue, kept, followed, Reads(here.pool), receivers, loopback=True)
    does = SubscriptionActivities(followed, kept, receivers, Nobody(), HOUSE)
    async with (
        counting() as receiver,
        employ(here.client, queue, Ledger(here.pool), SilentPost(), beside=does.all()),
    ):
        names = [f"b-{secrets.token_hex(4)}" for _ in range(subscribers)]
        for number, name in enumerate(names):
            url = f"{receiver.url}/{number}"
            draft = Draft(id=name, url=url, scope="office", reason="bench")
            await arranged.add(draft, CHIEF_EXECUTIVE, receivers.fresh_secret())
        began = time.perf_counter()
        await asyncio.gather(*(arranged.replay(name, CHIEF_EXECUTIVE, Cursor(), "bench") for name in names))
        await receiver.until(subscribers, entries)
        took = time.perf_counter() - began
        for name in names:
            await arranged.change(name, CHIEF_EXECUTIVE, "ended", "")
    await receivers.close()
    return subscribers * entries / took


async def main() -> None:
    """Both, for one and for ten, round after round."""
    asked = sizes(__doc__, entries=5000, rounds=3)
    print(machine())
    async with stand() as here:
        await here.pool.execute(FILL, asked.entries)
        said = await bodies(Feed(here.pool))
        for subscribers in (1, 10):
            rounds = [
                (
                    await floor(said, subscribers, asked.entries),
                    await product(here, subscribers, asked.entries),
                )
                for _ in range(asked.rounds)
            ]
            bare, ours = (statistics.median(one) for one in zip(*rounds, strict=True))
            print(
                f"{subscribers:>2} subscribers: {ours:,.0f} entries/s delivered, "
                f"floor {bare:,.0f}/s, ratio {ours / bare:.2f}"
            )


if __name__ == "__main__":
    asyncio.run(main())
