"""The record's statements over psycopg, for the systems of the peers' environment."""

import re
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool

from bench.hta.ledger import COUNT, LETTER, RECORD, TABLES, letter, recording, reminder
from bench.hta.system import Where
from bench.hta.workload import Act

CAST = {"number": "integer", "body": "jsonb", "ended": "boolean"}
RECORD_NAMED = re.sub(
    r"%\((\w+)\)s(?:::jsonb)?", lambda found: f"cast(:{found[1]} as {CAST.get(found[1], 'text')})", RECORD
)
"""`RECORD` as SQLAlchemy writes parameters."""
LETTER_NAMED = "insert into hta.letters (cycle, key, rung) values (:cycle, :key, :rung)"
COUNT_NAMED = COUNT.replace("%s", "%(cycle)s")
CONNECTIONS = 10


def tables(where: Where) -> None:
    """Make the record's tables."""
    with psycopg.connect(where.database, autocommit=True) as connection:
        connection.execute(TABLES)


def one_value(where: Where, statement: str, reference: str) -> int:
    """One number about a cycle."""
    with psycopg.connect(where.database, autocommit=True) as connection:
        found = connection.execute(statement, {"cycle": reference}).fetchone()
        assert found is not None
        return int(found[0])


class Records:
    """The record over a pool, one statement a time; each is done or not."""

    def __init__(self, where: Where) -> None:
        self._pool = AsyncConnectionPool(
            where.database, min_size=1, max_size=CONNECTIONS, open=False, kwargs={"autocommit": True}
        )

    async def open(self) -> None:
        """Connect."""
        await self._pool.open(wait=True)

    async def close(self) -> None:
        """Close."""
        await self._pool.close()

    async def record(self, reference: str, act: Act) -> None:
        """Append an act; a second time changes nothing."""
        await self._execute(RECORD, recording(reference, act))

    async def tell(self, reference: str, act: Act) -> None:
        """Send what an act tells."""
        await self._execute(LETTER, letter(reference, act))

    async def remind(self, reference: str, rung: str) -> None:
        """Send a reminder."""
        await self._execute(LETTER, reminder(reference, rung))

    async def count(self, reference: str) -> int:
        """How many acts stand in the record."""
        async with self._pool.connection() as connection:
            found = await (await connection.execute(COUNT, (reference,))).fetchone()
            assert found is not None
            return int(found[0])

    async def _execute(self, statement: str, arguments: Any) -> None:
        async with self._pool.connection() as connection:
            await connection.execute(statement, arguments)
