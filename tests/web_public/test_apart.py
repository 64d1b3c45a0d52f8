"""The archive made in a process of its own, over a real PostgreSQL; it ends with whoever started it."""

import asyncio
import subprocess
from asyncio.subprocess import PIPE

import pytest

from settings import load
from store.pool import Pool
from store.reads import Reads
from store.viewing import connect_face
from tests.shell import own_database
from tests.store.told import write_down
from tests.web_public import sample
from web.office.wiring import office_of
from web.papers.apart import COMMAND, ROOT, made_apart
from web.papers.archive import NotMadeError, how_far
from web.papers.bundle import bundled
from web.papers.everything import everything
from web.papers.held import unnamed

pytestmark = pytest.mark.real


@pytest.fixture
async def database(pool: Pool, postgres: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with findings, and the settings of a web process over it."""
    await write_down(pool, sample.told())
    url = await own_database(pool, postgres)
    monkeypatch.setenv("ANSWERABLE_STANDALONE", "true")
    monkeypatch.setenv("ANSWERABLE_DATABASE_URL", url)
    return url


async def test_it_is_the_same_wherever_it_is_made(database: str) -> None:
    """Byte for byte, with how far the record had got and when it was begun."""
    made = await made_apart()
    async with await connect_face(database, most=1) as face:
        here = await bundled(lambda: everything(Reads(face), office_of(load())))
        assert made.how_far == await how_far(Reads(face))
    assert made.begun_at is not None
    assert (made.digest, made.inside) == (here.digest, here.inside)
    assert f"findings/{sample.REFERENCE.lower()}/version-1.html" in {one.name for one in made.inside}


async def test_where_the_store_is_away_it_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """And why is said without the secret of the store."""
    monkeypatch.setenv("ANSWERABLE_STANDALONE", "true")
    gone = "postgresql://office:a-secret@127.0.0.1:1/gone"
    monkeypatch.setenv("ANSWERABLE_DATABASE_URL", gone)
    with pytest.raises(NotMadeError, match="ended with 1") as why:
        await made_apart()
    assert "a-secret" not in str(why.value)


async def test_the_process_ends_with_whoever_started_it(database: str) -> None:
    """Where they are gone, so is their end of its input, and it makes nothing more."""
    assert database
    file = unnamed()
    child = await asyncio.create_subprocess_exec(
        *(*COMMAND, str(file.fileno())), cwd=ROOT, pass_fds=(file.fileno(),),
        stdin=PIPE, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    assert child.stdin is not None
    child.stdin.close()
    async with asyncio.timeout(30):
        assert await child.wait() == 1
    file.close()
