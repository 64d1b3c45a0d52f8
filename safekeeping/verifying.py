"""Verifying a backup by restoring it into a folder that is gone afterwards, and looking at all of it."""

import asyncio
import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from temporalio.client import Client

from clients.stacks import Stacks
from embedded import preflight
from embedded.children import Children
from embedded.postgres import TOOLS
from embedded.state import state_of, wrong_with
from embedded.temporal import TemporalServer
from engine.connection import Address, reach
from engine.learning import learn
from engine.preflight.sources import open_on
from engine.verifying import verify as ledger_verified
from reference.working import working_calendar
from rules.apply import add_up
from rules.writing import writing_of
from safekeeping import sealing
from safekeeping.restoring import Backup, copied, database
from schemas.backups import ChainHead, Check, Checked, RunThen
from schemas.cycle import Cycle
from schemas.records import Entry
from sealing.keys import KeyRing, UnreadableError
from store.checkpoints import Checkpoints
from store.dumping import files_kept, heads_of, load, made_beside, rows_of, tables_of
from store.ledger import Ledger
from store.migrate import migrate
from store.pool import Pool, connect
from store.reads import Reads

LOG = logging.getLogger("answerable.backup")
READ_ROWS: Mapping[str, tuple[str, ...]] = {
    "cycles": ("boards_version", "boards_edition"),
    "requests": (),
    "deadlines": (),
    "publications": (),
    "releases": (),
    "needs": (),
    "open_actions": (),
    "cycle_sessions": (),
    "colleagues": (),
    "left_open": (),
    "asked_about": (),
}
"""The rows that follow from the ledger, and what of them is not made of it."""
Say = Callable[[str], None]


async def verify(
    backup: Backup, ring: KeyRing | None, environment: Mapping[str, str], pinned: Mapping[str, str], say: Say
) -> Checked:
    """Everything that was looked at, and what was wrong. Nothing of the product that runs is touched."""
    checks = [
        Check(what="digests", found=f"{len(backup.manifest.parts)} parts, {backup.manifest.files:,} files")
    ]
    with tempfile.TemporaryDirectory(prefix="answerable-verify-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        say("Reading it back …")
        await asyncio.to_thread(copied, backup, home)
        async with database(home) as (url, pool):
            await load(pool, url, None, TOOLS, backup.folder / sealing.DATABASE)
            checks += [await _counted(backup, pool), await _heads(backup, pool)]
            say("Looking at the chains …")
            await migrate(pool)
            checks.append(await _chains(pool, pinned))
            say("Adding up the ledger …")
            checks.append(await _rows(pool, url))
            checks.append(await _files(pool, home, ring))
            say("Looking at the engine …")
            checks.append(await _engine(backup, pool, home, environment))
    return Checked(backup=str(backup.folder), seal=backup.seal, checks=tuple(checks))


async def _counted(backup: Backup, pool: Pool) -> Check:
    then, now = backup.manifest.tables, await tables_of(pool)
    wrong = [
        f"{name} has {now.get(name, 0):,} rows, and had {then.get(name, 0):,}"
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    ]
    return Check(what="rows", found=f"{sum(now.values()):,} in {len(now)} tables", wrong=tuple(wrong))


async def _heads(backup: Backup, pool: Pool) -> Check:
    then = {one.chain: one for one in sealing.read_lines(backup.folder / sealing.HEADS, ChainHead)}
    now = {one.chain: one for one in await heads_of(pool)}
    wrong = [
        f"{name} does not stand where it stood"
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    ]
    return Check(what="heads", found=f"{len(now):,} ledgers", wrong=tuple(wrong[: sealing.MOST_SAID]))


async def _chains(pool: Pool, pinned: Mapping[str, str]) -> Check:
    found = await ledger_verified(Checkpoints(pool), pinned, {})
    wrong = [
        f"{one.chain or 'checkpoint'} {one.version or one.checkpoint}: {one.what}" for one in found.wrong
    ]
    said = f"{found.chains:,} chains, {found.entries:,} entries, {found.checkpoints:,} checkpoints"
    return Check(what="chains", found=said, wrong=tuple(wrong[: sealing.MOST_SAID]))


async def _rows(pool: Pool, url: str) -> Check:
    """Whether every row that pages read is what the ledger gives, act by act, in a second database."""
    reads = Reads(pool)
    await learn(reads)
    async with await connect(await made_beside(pool, url), most=2) as again:
        await migrate(again)
        ledger, names = Ledger(again), await _cycles(pool)
        for name in names:
            await _added_up(ledger, await reads.written(name))
        wrong = [why for one in READ_ROWS for why in await _differences(one, pool, again)]
        rows = sum([len(await rows_of(again, one, ())) for one in READ_ROWS])
    return Check(what="read rows", found=f"{rows:,} rows of {len(names):,} cycles", wrong=tuple(wrong))


async def _cycles(pool: Pool) -> list[str]:
    return [one.chain for one in await heads_of(pool) if one.chain.startswith("HTA-")]


async def _added_up(ledger: Ledger, entries: Sequence[Entry]) -> None:
    cycle: Cycle | None = None
    for _, act in groupby(entries, key=lambda one: (one.key, one.at)):
        written = tuple(act)
        cycle = add_up(written, cycle)
        await ledger.record(writing_of(written, cycle, working_calendar(cycle.calendar)))


async def _differences(table: str, pool: Pool, again: Pool) -> list[str]:
    without = READ_ROWS[table]
    kept, made = await rows_of(pool, table, without), await rows_of(again, table, without)
    more, less = len(kept - made), len(made - kept)
    if not more and not less:
        return []
    return [f"{table}: {more:,} rows are not what the ledger gives, and {less:,} that it gives are not there"]


async def _files(pool: Pool, home: Path, ring: KeyRing | None) -> Check:
    """Whether every file that the record has lies on the shelf, and can be read where its key is here."""
    stacks = Stacks((home / "files").as_uri(), ring)
    wrong, read, closed = [], 0, 0
    lying = {place.digest: place async for place in stacks.everything()}
    for digest in await files_kept(pool):
        place = lying.get(digest)
        if place is None:
            wrong.append(f"{digest[:12]} is on record and not on the shelf")
        elif place.sealed and ring is None:
            closed += 1
        else:
            read += 1
            try:
                await stacks.check(place)
            except UnreadableError as why:
                wrong.append(str(why))
    said = f"{read:,} files of the record read through"
    said += f"; {closed:,} not opened: their keys are not here" if closed else ""
    return Check(what="files", found=said, wrong=tuple(wrong[: sealing.MOST_SAID]))


async def _engine(backup: Backup, pool: Pool, home: Path, environment: Mapping[str, str]) -> Check:
    """Whether each cycle under way has its open run, in the state or in the list of runs."""
    if backup.manifest.temporal == "state":
        if broken := await asyncio.to_thread(wrong_with, state_of(home)):
            return Check(what="engine", found="its state cannot be read", wrong=(broken,))
        there = await _open_runs(backup, home, environment)
    else:
        there = {one.workflow for one in sealing.read_lines(backup.folder / sealing.RUNS, RunThen)}
    open_ones = [page.cycle.reference for page in await Reads(pool).under_way()]
    wrong = [f"{one} is under way and has no run" for one in open_ones if one not in there]
    said = f"{len(there):,} open runs, {len(open_ones):,} cycles under way"
    return Check(what="engine", found=said, wrong=tuple(wrong))


async def _open_runs(backup: Backup, home: Path, environment: Mapping[str, str]) -> set[str]:
    ports, children = preflight.Ports(), Children(LOG, home / "children.json", home)
    server = TemporalServer(home, ports.near(17233), ports.near(18233), environment)
    try:
        await server.start(children)
        client = await reach(Address(target=server.address, namespace=backup.manifest.namespace))
        return await _workflows(client, backup.manifest.queue)
    finally:
        await children.stop()


async def _workflows(client: Client, queue: str) -> set[str]:
    return {one.id async for one in client.list_workflows(open_on(queue))}
