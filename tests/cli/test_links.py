"""Links from the shell, against the real store and a real mail server."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP

from cli.office import Office as CliOffice
from cli.office import office_of
from cli.program import run
from reference.catalogue import demonstration_people
from rules.writing import writing_of
from settings import Settings
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from tests.clients.test_post import LEAD_ADDRESS, MailServer
from tests.rules import acts
from tests.rules.table import opened

pytestmark = pytest.mark.real
Line = Callable[..., Awaitable[str]]
LEAD = "acc-local-policing"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """A mail server on a port of its own."""
    one = MailServer()
    listening = await asyncio.get_running_loop().create_server(
        lambda: SMTP(one, hostname="localhost"), "127.0.0.1", 0
    )
    one.port = listening.sockets[0].getsockname()[1]
    yield one
    listening.close()


@pytest.fixture
async def line(
    pool: Pool, postgres: str, server: MailServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Line:
    """Types words and gives what was printed; the exit code has to be as expected."""
    table = opened()
    await Keeping(pool).keep_people(demonstration_people().values())
    await Ledger(pool).record(writing_of(tuple(table.entries), table.cycle, table.calendar))
    secret = tmp_path / "secret"
    secret.write_text("a secret of this test", encoding="utf8")
    name = await pool.fetchval("select current_database()")
    settings = Settings(
        database_url=postgres.replace("/postgres?", f"/{name}?"), session_secret_file=secret,
        smtp_host="127.0.0.1", smtp_port=server.port, public_url="https://answerable.example",
    )  # fmt: skip

    def opens(*, engine: bool) -> AbstractAsyncContextManager[CliOffice]:
        return office_of(settings, engine=engine)

    async def type_in(words: str, as_: str = "policy-officer", code: int = 0) -> str:
        found = await asyncio.to_thread(run, [*words.split(), "--as", as_], opens)
        said = capsys.readouterr()
        assert found == code, said.err or said.out
        return said.out or said.err

    return type_in


async def test_a_link_is_sent_listed_and_revoked(line: Line, server: MailServer) -> None:
    """Sent once for its key, to the directory's address; the list shows when, and never the link."""
    task = f"{acts.REF} 1"
    assert "No link" in await line(f"links list {task}")
    for _ in range(2):
        await line(f"links send {task} {LEAD} --key links-test-1")
    assert server.recipients == [[LEAD_ADDRESS]]
    listed = json.loads(await line(f"links list {task} --json"))["links"]
    (one,) = listed
    assert (one["person"], one["made_by"], bool(one["sent_at"])) == (LEAD, "policy-officer", True)
    assert "digest" not in one
    assert "revoked: 1" in await line(f"links revoke {task} {LEAD} --why may-be-known")
    assert "revoked" in await line(f"links list {task}")


async def test_what_cannot_be_done_is_said_and_nothing_is_sent(line: Line, server: MailServer) -> None:
    """Another role, no such request, no such reason, somebody who may not answer, a mailbox that is gone."""
    task = f"{acts.REF} 1"
    assert "Only a policy officer" in await line(f"links send {task} {LEAD}", as_="commissioner", code=2)
    assert "no request 9" in await line(f"links list {acts.REF} 9", code=2)
    assert "not known" in await line(f"links revoke {task} {LEAD} --why because", code=2)
    assert "may not answer" in await line(f"links send {task} policy-officer", code=2)
    server.answers[LEAD_ADDRESS] = "550 No such mailbox"
    assert "nothing was sent" in await line(f"links send {task} {LEAD}", code=1)
    assert server.taken == []
