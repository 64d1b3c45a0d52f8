"""The three sessions, told to their ends once for all tests of them."""

import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import asyncpg
import pytest
from temporalio.testing import WorkflowEnvironment

from demonstration.dates import real
from demonstration.load import Loader
from reference.catalogue import session
from store.keeping import Keeping
from store.migrate import migrate
from store.pool import connect
from tests.conftest import open_office
from tests.demonstration.whole import Whole


@pytest.fixture(scope="module")
async def told(postgres: str, engine: WorkflowEnvironment) -> AsyncIterator[dict[str, Whole]]:
    """All three, told to their ends on the real engine, and told again, which changes nothing."""
    name = f"t{secrets.token_hex(6)}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"create database {name}")
    pool = await connect(postgres.replace("/postgres?", f"/{name}?"))
    await migrate(pool)
    async with open_office(pool, engine) as office:
        loader = Loader(
            office.desk, office.reads, Keeping(pool), engine.client,
            lambda: datetime.now(UTC),  # noqa: TID251 - how far the clocks are set back is counted from now
            dates=real(), to_the_end=True,
        )  # fmt: skip
        references = {one.name: one.reference for one in await loader.load()}
        before = [await office.reads.written(one) for one in references.values()]
        assert [one.acts for one in await loader.load()] == [0, 0, 0]
        assert [await office.reads.written(one) for one in references.values()] == before
        found = {}
        for one, reference in references.items():
            page, public = await office.reads.cycle(reference), await office.reads.publication(reference)
            assert page is not None
            assert public is not None
            found[one] = Whole(one, session(one), page, await office.reads.written(reference), public, pool)
    yield found
    await pool.close()
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()
