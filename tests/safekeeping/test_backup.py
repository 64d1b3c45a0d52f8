"""A backup made under a running engine, restored while the engine knows more than the record, and used."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from temporalio.testing import WorkflowEnvironment

import worker
from clients.shelf import Shelf, Shelved
from embedded.postgres import TOOLS
from engine.connection import employ
from engine.desk import Desk
from engine.sealed import OPEN
from safekeeping import sealing
from safekeeping.making import Product, make
from safekeeping.reconciling import Settling
from safekeeping.restoring import into_services, opened
from safekeeping.verifying import verify
from schemas.evidence import FileItem
from schemas.outcomes import Receipt
from settings import Settings
from store.dumping import DumpError
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool, connect
from store.reads import Reads
from store.restores import NotAcknowledgedError, Restores
from tests import scenario as s
from tests.conftest import Office, PostBag, open_office
from tests.rules import acts
from tests.shell import own_database
from tests.workflows.tools import done

pytestmark = pytest.mark.real


@pytest.fixture
async def elsewhere(postgres: str) -> AsyncIterator[tuple[Pool, str]]:
    """An empty database, and its address."""
    name = f"r{secrets.token_hex(6)}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"create database {name}")
    url = postgres.replace("/postgres?", f"/{name}?")
    pool = await connect(url)
    yield pool, url
    await pool.close()
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()


def product(office: Office, pool: Pool, url: str, folder: Path) -> Product:
    """The product that is backed up."""
    return Product(
        pool=pool, url=url, password=None, tools=TOOLS, client=office.engine.client, queue=office.queue,
        files=(folder / "files").as_uri(), home=folder / "home", keys=(), apart={}, version="0.1.0",
        now=s.wall_now,
    )  # fmt: skip


async def shelved(folder: Path, pool: Pool, words: bytes) -> str:
    """A file on the shelf and on record; its digest."""

    async def chunks() -> AsyncIterator[bytes]:
        yield words

    put = await Shelf((folder / "files").as_uri()).put(chunks(), "volumes.txt", 10_000)
    assert isinstance(put, Shelved)
    await Keeping(pool).keep_file(FileItem(**put.model_dump(), name=s.say("volumes.txt")))
    return put.digest


async def test_a_restored_record_is_the_authority_and_goes_on(
    pool: Pool, engine: WorkflowEnvironment, postgres: str, tmp_path: Path, elsewhere: tuple[Pool, str]
) -> None:
    """What the engine knew beyond it is named, no run writes with a gap, and the lost act is done again."""
    ref, later = s.fresh_reference(), s.fresh_reference()
    now, lost = s.wall_now(), acts.acknowledge(2)
    async with open_office(pool, engine) as office:
        await done(office, ref, s.open_cycle(ref, now), acts.acknowledge(1))
        await shelved(tmp_path, pool, b"the volumes of the quarter")
        url = await own_database(pool, postgres)
        where, manifest, seal = await make(product(office, pool, url, tmp_path), tmp_path / "backups")
        await done(office, ref, lost)
        await done(office, later, s.open_cycle(later, now))
    assert (manifest.temporal, manifest.files, manifest.chains) == ("runs", 1, 1)
    assert sealing.whole_backups(tmp_path / "backups") == [where]

    again, address = elsewhere
    await restored(where, seal, again, address, tmp_path)
    with pytest.raises(NotAcknowledgedError, match="backup reconcile"):
        await worker.opened(Settings(database_url=address))

    await settled(office, again, ref, later)
    await goes_on(engine, office.queue, again, ref, lost)
    await what_was_altered_is_found(office, again, address, tmp_path)


async def settled(office: Office, again: Pool, ref: str, later: str) -> None:
    """What the engine knows beyond the record is named; its mails are held; somebody answers for it."""
    restores = Restores(again)
    settling = Settling(office.engine.client, office.queue, OPEN, Reads(again), restores)
    waiting = await restores.waiting()
    assert waiting is not None
    found = await settling.look(waiting, s.wall_now(), s.wall_now())
    said = {one.reference: one for one in found.cycles}
    assert {name: one.verdict for name, one in said.items()} == {ref: "ahead", later: "not_on_record"}
    assert [(one.kind, one.by) for one in said[ref].lost] == [("RequestAcknowledged", s.LEAD.person)]
    assert {one.cycle for one in found.mails} == {ref}

    await settling.settle(found, ())
    assert await restores.mails_known([one.key for one in found.mails]) == {one.key for one in found.mails}
    who = ("chief-executive", "chief_executive")
    assert await restores.acknowledge(waiting.number, s.wall_now(), who, "drill", found.model_dump_json())
    await restores.unless_waiting()


async def restored(where: Path, seal: str, again: Pool, address: str, folder: Path) -> None:
    """Into an empty database; into one that is not, nothing. What lies on the shelf already stays."""
    backup = await opened(where, seal)
    files = (folder / "again" / "files").as_uri()
    await into_services(backup, again, address, None, files)
    with pytest.raises(DumpError, match="The database is not empty"):
        await into_services(backup, again, address, None, files)


async def goes_on(engine: WorkflowEnvironment, queue: str, again: Pool, ref: str, lost: object) -> None:
    """The act that was lost is done again under its own key, and the ledger has no gap."""
    desk = Desk(engine.client, queue, Keeping(again), Reads(again), demonstration=True, periods=())
    async with employ(engine.client, queue, Ledger(again), (post := PostBag())):
        receipt = await desk.send(lost.model_copy(update={"cycle": ref}), s.WORDS)  # type: ignore[attr-defined] # any command
        assert isinstance(receipt, Receipt), receipt
        await asyncio.sleep(0.5)
    entries = await Ledger(again).entries(ref)
    assert [one.version for one in entries] == list(range(1, receipt.version + 1))
    assert [one.kind for one in (row.event for row in entries)].count("RequestAcknowledged") == 2
    assert all(one.planned_at >= entries[0].at - timedelta(days=1) for one in post.sent)
    await engine.client.get_workflow_handle(ref).terminate()


async def what_was_altered_is_found(office: Office, pool: Pool, url: str, folder: Path) -> None:
    """Of another backup: a read row that the ledger does not give; a file and a run that are gone."""
    await pool.execute("update requests set title = 'text:' || repeat('0', 64) where number = 2")
    await Keeping(pool).keep_file(
        FileItem(
            title=s.say("None"), digest="f" * 64, size=1, media_type="text/plain", name=s.say("none.txt")
        )
    )
    where, _, seal = await make(product(office, pool, url, folder / "again"), folder / "others")
    checked = await verify(await opened(where, seal), None, {}, {}, lambda _: None)
    wrong = {one.what: one.wrong for one in checked.checks if one.wrong}
    assert sorted(wrong) == ["engine", "files", "read rows"]
    assert wrong["read rows"][0].startswith("requests: 1 rows are not what the ledger gives")
    assert wrong["files"] == ("ffffffffffff is on record and not on the shelf",)
    assert "has no run" in wrong["engine"][0]
