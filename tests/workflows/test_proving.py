"""The checkpoint of the day: the real engine, the real store, and what comes of it for everybody."""

import asyncio
import secrets
import sys
import zipfile
from asyncio.subprocess import PIPE
from datetime import UTC, datetime
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from activities.proving import ProvingActivities
from engine.checkpoints import Checkpointing, arrange_checkpoints, schedule_id
from engine.connection import employ
from engine.verifying import verify
from rules.proving.signing import digest
from store.checkpoints import Checkpoints
from store.followers import Followers
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from store.viewing import connect_face
from tests.conftest import PostBag
from tests.proving_memory import a_key
from tests.scenario import wall_now
from tests.shell import own_database
from tests.store.told import write_down
from tests.web.test_ledger import PROGRAM
from tests.web_public import sample
from web.door.rooms import Office
from web.papers.bundle import bundled
from web.papers.everything import everything

pytestmark = pytest.mark.real
KEY = a_key()
AGO = datetime(2020, 1, 1, tzinfo=UTC)
OFFICE = Office("Office of the Commissioner", "The office", "#1d3461", None, "http://office.test")


async def test_the_day_has_its_checkpoint_and_everybody_can_check_it(
    engine: WorkflowEnvironment, pool: Pool, postgres: str, tmp_path: Path
) -> None:
    """The schedule makes it once; followers are told; the archive, read as nobody, proves its findings."""
    followers, story = Followers(pool), sample.told()
    assert await followers.follow("a@example.org", "ledger", "t" * 32, since=AGO, most=9, own=9)
    await followers.confirm("t" * 32)
    await write_down(pool, story)
    await made_by_the_schedule(engine, pool)
    [signed] = await Reads(pool).checkpoints()
    [due] = await followers.due(9)
    assert (due.what, due.version, due.about) == ("checkpoint", 1, digest(signed.checkpoint))
    assert (await verify(Checkpoints(pool), {KEY.id: KEY.public}, {1: due.about})).wrong == ()
    path = tmp_path / "archive.zip"
    async with await connect_face(await own_database(pool, postgres), most=1) as face:
        made = await bundled(lambda: everything(Reads(face), OFFICE))
        path.write_bytes(b"".join([piece async for piece in made.chunks()]))
    with zipfile.ZipFile(path) as archive:
        assert archive.read("ledger/verify_ledger.py") == PROGRAM.read_bytes()
    kept = (KEY.id, f"1:{due.about}")
    checked = await asyncio.create_subprocess_exec(sys.executable, PROGRAM, path, *kept, stdout=PIPE)
    said, _ = await checked.communicate()
    assert said.decode() == f"findings/{sample.REFERENCE.lower()}/version-1.json: proved\n"
    assert checked.returncode == 0


async def made_by_the_schedule(engine: WorkflowEnvironment, pool: Pool) -> None:
    """Arrange it twice, have it run twice, and take it away."""
    queue = f"prove-{secrets.token_hex(4)}"
    round_of = Checkpointing(Checkpoints(pool), (KEY,), "http://office.test", wall_now)
    beside = ProvingActivities(round_of).all()
    async with employ(engine.client, queue, Ledger(pool), PostBag(), beside=beside):
        await arrange_checkpoints(engine.client, queue)
        await arrange_checkpoints(engine.client, queue)
        handle = engine.client.get_schedule_handle(schedule_id(queue))
        for _ in range(2):
            await handle.trigger()
            async with asyncio.timeout(20):
                while not await Reads(pool).ledger_proofs():
                    await asyncio.sleep(0.05)
        await handle.delete()
