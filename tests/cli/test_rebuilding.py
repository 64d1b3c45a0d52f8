"""Making rows again, as it is typed."""

import json

import pytest

from settings import Settings
from store.pool import Pool
from tests.rules import acts
from tests.rules.table import opened
from tests.shell import own_database, typed
from tests.store.test_ledger import written

pytestmark = pytest.mark.real


async def test_a_check_says_what_is_wrong_and_rebuild_puts_it_right(
    pool: Pool, postgres: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A check ends with 1 and changes nothing; a rebuild ends with 0, and the next check too."""
    await written(pool, opened(requests=2))
    settings = Settings(database_url=await own_database(pool, postgres))
    said = await typed(settings, capsys, ["rebuild", "--check"])
    assert "Every row is what the ledger comes to." in said.out
    await pool.execute("update requests set lead = 'a-name' where number = 1")
    said = await typed(settings, capsys, ["rebuild", "--check", "--json"], code=1)
    [wrong] = json.loads(said.out)["differences"]
    assert (wrong["table"], wrong["key"], wrong["columns"]) == ("requests", f"{acts.REF}/1", ["lead"])
    said = await typed(settings, capsys, ["rebuild", acts.REF, "--check"], code=1)
    assert "says something else in lead" in " ".join(said.out.split())
    assert await pool.fetchval("select count(*) from requests where lead = 'a-name'") == 1
    await typed(settings, capsys, ["rebuild"])
    await typed(settings, capsys, ["rebuild", "--check"])
    assert await pool.fetchval("select count(*) from requests where lead = 'a-name'") == 0
