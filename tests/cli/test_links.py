"""Links from the shell, against the real store and a real mail server."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from reference.catalogue import demonstration_people
from rules.writing import writing_of
from settings import Settings
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from tests.clients.test_post import LEAD_ADDRESS
from tests.mail_server import MailServer
from tests.rules import acts
from tests.rules.table import opened
from tests.shell import own_database, typed

pytestmark = pytest.mark.real
Line = Callable[..., Awaitable[str]]
LEAD = "acc-local-policing"


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
    settings = Settings(
        database_url=await own_database(pool, postgres), session_secret_file=secret,
        smtp_host="127.0.0.1", smtp_port=server.port, public_url="https://answerable.example",
    )  # fmt: skip

    async def type_in(words: str, as_: str = "policy-officer", code: int = 0) -> str:
        said = await typed(settings, capsys, [*words.split(), "--as", as_], code)
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
