"""The command line as somebody types at it, over the store of a test."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import NamedTuple

import pytest

from cli.office import Office, office_of
from cli.program import run
from settings import Settings
from store.pool import Pool


class Printed(NamedTuple):
    """What was answered, and what was said beside it."""

    out: str
    err: str


async def own_database(pool: Pool, postgres: str) -> str:
    """The address of the database that a pool leads to, on the tests' server."""
    name = await pool.fetchval("select current_database()")
    return postgres.replace("/postgres?", f"/{name}?")


async def typed(
    settings: Settings, capsys: pytest.CaptureFixture[str], words: Sequence[str], code: int = 0
) -> Printed:
    """What is printed for these words; the exit code has to be as expected."""

    def opens(*, engine: bool) -> AbstractAsyncContextManager[Office]:
        return office_of(settings, engine=engine)

    found = await asyncio.to_thread(run, list(words), opens)
    said = capsys.readouterr()
    assert found == code, said.err + said.out
    return Printed(said.out, said.err)
