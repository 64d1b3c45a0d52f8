"""Connections to PostgreSQL, and the one error that says it cannot be reached."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, Self

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asyncpg.pool import PoolConnectionProxy

CLOSE_WITHIN = 3.0
"""Seconds."""
STATEMENT_WITHIN = 30.0
"""Seconds after which a statement is given up, so that a lock that hangs does not hang a page for ever."""
CONNECT_WITHIN = 10.0
"""Seconds."""
STATEMENTS = 400
"""Prepared statements kept by each connection as long as it lasts, so that none is parsed twice: of itself
the library forgets each after five minutes. PostgreSQL plans anew where statistics or tables have changed."""

BATCH = 200
"""Rows that a reader of a whole table has in hand at once."""

SETTINGS = {"timezone": "UTC", "application_name": "answerable", "jit": "off"}

UNREACHABLE = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the next statement on a connection whose server was just killed
    OSError,
    TimeoutError,
)


class StoreDownError(ConnectionError):
    """PostgreSQL cannot be reached just now. Nothing was half-written; the same act may be tried again."""


class WallsMissingError(Exception):
    """The roles that pages read and keep with are not there, or the database's user may not take them."""


class Pool:
    """A pool of connections in UTC, with short limits so that a dead server is noticed."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool

    @property
    def inner(self) -> "asyncpg.Pool[asyncpg.Record]":
        """The library's own pool."""
        return self._pool

    async def fetch(self, query: str, *arguments: Any) -> list[asyncpg.Record]:
        """Every row."""
        with named():
            rows: list[asyncpg.Record] = await self._pool.fetch(query, *arguments)
            return rows

    async def fetchrow(self, query: str, *arguments: Any) -> asyncpg.Record | None:
        """The first row, or None."""
        with named():
            return await self._pool.fetchrow(query, *arguments)

    async def fetchval(self, query: str, *arguments: Any) -> Any:
        """The first column of the first row."""
        with named():
            return await self._pool.fetchval(query, *arguments)

    async def execute(self, query: str, *arguments: Any) -> None:
        """Carry out a statement."""
        with named():
            await self._pool.execute(query, *arguments)

    async def executemany(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carry out a statement for every row, all or nothing."""
        with named():
            await self._pool.executemany(query, rows)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["PoolConnectionProxy[asyncpg.Record]"]:
        """A connection within one transaction."""
        with named():
            async with self._pool.acquire() as connection, connection.transaction():
                yield connection

    @asynccontextmanager
    async def connection(self) -> AsyncIterator["PoolConnectionProxy[asyncpg.Record]"]:
        """A connection of one's own, for hearing what is notified."""
        with named():
            async with self._pool.acquire() as connection:
                yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator["PoolConnectionProxy[asyncpg.Record]"]:
        """A connection that reads the record as it stands now, for as long as the block lasts."""
        async with (
            self.connection() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield connection

    async def batches(
        self, query: str, *arguments: Any, most: int = BATCH
    ) -> AsyncGenerator[list[asyncpg.Record]]:
        """Every row, so many at a time, as they stand when the first is asked for; nothing more is in memory.

        Whoever leaves before the end closes it: it has a connection to itself until then.
        """
        async with self.snapshot() as connection:
            rows = await connection.cursor(query, *arguments)
            while found := await rows.fetch(most):
                yield found

    async def close(self) -> None:
        """Close every connection, abruptly where a server that is gone leaves one hanging."""
        try:
            await asyncio.wait_for(self._pool.close(), CLOSE_WITHIN)
        except UNREACHABLE:
            self._pool.terminate()

    async def __aenter__(self) -> Self:
        """The pool itself, closed at the end of the block."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()


async def connect(
    url: str,
    *,
    most: int = 10,
    password: str | None = None,
    settings: Mapping[str, str] | None = None,
    connection: type[asyncpg.Connection] = asyncpg.Connection,
) -> Pool:
    """A pool for the database at `url`; with settings of the server's, such as a role to take.

    Units: `most` is the number of connections at the most.
    Raises: StoreDownError: the server cannot be reached.
    Raises: WallsMissingError: the role is not there, or may not be taken.
    """
    with named(), _walled():
        return Pool(
            await asyncpg.create_pool(
                url,
                connection_class=connection,
                min_size=1,
                max_size=most,
                password=password,
                command_timeout=STATEMENT_WITHIN,
                timeout=CONNECT_WITHIN,
                statement_cache_size=STATEMENTS,
                max_cached_statement_lifetime=0,
                reset=_as_it_was,
                server_settings={**SETTINGS, **(settings or {})},
            )
        )


@contextmanager
def named() -> "Iterator[None]":
    """Whatever says that the server cannot be reached becomes the one error that says so."""
    try:
        yield
    except UNREACHABLE as why:
        raise StoreDownError("PostgreSQL cannot be reached") from why


@contextmanager
def _walled() -> "Iterator[None]":
    try:
        yield
    except (asyncpg.InvalidParameterValueError, asyncpg.InsufficientPrivilegeError) as why:
        raise WallsMissingError(
            f"The pages cannot take their role ({why}). Run `starter.py migrate`; "
            "where it says that roles are missing, do what it says (docs/runbook.md)."
        ) from why


async def _as_it_was(_connection: object) -> None:
    """Nothing to reset: no caller changes a connection's state, and a reset costs a round trip an act."""
