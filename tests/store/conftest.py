"""Two offices in one database, and the two roles in which pages reach it."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from store.pool import Pool, connect
from store.viewing import SeenPool, connect_face, connect_hand
from tests.store.walled import Land, settle


@pytest.fixture(scope="session")
def land() -> Land:
    """Two offices and two forces."""
    return Land()


@pytest.fixture(scope="session")
async def settled(postgres: str, pattern: str, land: Land) -> AsyncIterator[str]:
    """A database of its own in which all of it stands."""
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"create database walls_{pattern} template {pattern}")
    url = postgres.replace("/postgres?", f"/walls_{pattern}?")
    async with await connect(url) as pool:
        await settle(pool, land)
    yield url
    await admin.execute(f"drop database walls_{pattern} with (force)")
    await admin.close()


@pytest.fixture
async def face(settled: str) -> AsyncIterator[SeenPool]:
    """What pages read with: one connection, so that whoever looked before would be the one to leak."""
    async with await connect_face(settled, most=1) as pool:
        yield pool


@pytest.fixture
async def hand(settled: str) -> AsyncIterator[Pool]:
    """What pages keep with."""
    async with await connect_hand(settled, most=1) as pool:
        yield pool
