"""In whose name the store is read: set for a request by its guard, and said to PostgreSQL before it answers.

Who has not been named sees what everybody sees. The walls are in walls.sql, the rule in rules.acting.seeing.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, cast

import asyncpg

from schemas.viewing import Viewer
from store.pool import Pool, connect, named

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

FACE = {"role": "answerable_face", "search_path": "face, public"}
"""What pages read with: rows as the walls show them, and `cycles` and `people` as the viewer has them."""
HAND = {"role": "answerable_hand"}
"""What pages keep things with: every table but the engine's own."""
KNOWN_FOR = 30.0
"""Seconds after which a connection is told again who looks: an announced succession counts from then on."""

_VIEWER: ContextVar[Viewer | None] = ContextVar("viewer", default=None)


def viewer() -> Viewer | None:
    """Who looks; None where nobody is named, and only what everybody sees is seen."""
    return _VIEWER.get()


def look_as(one: Viewer | None) -> None:
    """Name who looks, for the rest of this request."""
    _VIEWER.set(one)


@contextmanager
def looking(one: Viewer | None = None) -> Iterator[None]:
    """Name who looks within a block, and nobody else after it; without a name, nobody."""
    token = _VIEWER.set(one)
    try:
        yield
    finally:
        _VIEWER.reset(token)


class Sighted(asyncpg.Connection):
    """A connection that knows in whose name it was last told to read, and when."""

    looks: tuple[Viewer | None, float] | None = (None, 0.0)
    """Who, and when that was said; None where it is not certain."""

    def looks_as(self, one: Viewer | None, at: float) -> bool:
        """Whether it reads in somebody's name already."""
        if self.looks is None:
            return False
        known, since = self.looks
        return known == one and (one is None or at < since + KNOWN_FOR)

    def note_looks(self, looks: tuple[Viewer | None, float] | None) -> None:
        """Note in whose name it reads from now on."""
        self.looks = looks


class SeenPool(Pool):
    """A pool whose every statement is carried out in the name of whoever looks."""

    async def fetch(self, query: str, *arguments: Any) -> list[asyncpg.Record]:
        """Every row that is seen."""
        async with self.connection() as connection:
            rows: list[asyncpg.Record] = await connection.fetch(query, *arguments)
            return rows

    async def fetchrow(self, query: str, *arguments: Any) -> asyncpg.Record | None:
        """The first row that is seen, or None."""
        async with self.connection() as connection:
            return await connection.fetchrow(query, *arguments)

    async def fetchval(self, query: str, *arguments: Any) -> Any:
        """The first column of the first row that is seen."""
        async with self.connection() as connection:
            return await connection.fetchval(query, *arguments)

    async def execute(self, query: str, *arguments: Any) -> None:
        """Carry out a statement."""
        async with self.connection() as connection:
            await connection.execute(query, *arguments)

    async def executemany(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carry out a statement for every row, all or nothing."""
        async with self.connection() as connection:
            await connection.executemany(query, rows)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["PoolConnectionProxy[asyncpg.Record]"]:
        """A connection within one transaction."""
        async with self.connection() as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def connection(self) -> AsyncIterator["PoolConnectionProxy[asyncpg.Record]"]:
        """A connection that reads in the name of whoever looks; told where it read in another's before."""
        with named():
            async with self._pool.acquire() as connection:
                await _tell(connection)
                yield connection


async def _tell(connection: "PoolConnectionProxy[asyncpg.Record]") -> None:
    sighted, one = cast("Sighted", connection), _VIEWER.get()
    now = asyncio.get_running_loop().time()
    if sighted.looks_as(one, now):
        return
    # a statement that fails half-way leaves it uncertain whose eyes these are, and they are told anew
    sighted.note_looks(None)
    told = json.dumps({**one.model_dump(mode="json"), "side": one.side}) if one else None
    await connection.execute("select set_config('search_path', public.look_as($1::jsonb), false)", told)
    sighted.note_looks((one, now))


async def connect_face(url: str, *, password: str | None = None, most: int = 10) -> SeenPool:
    """The pool that pages read with.

    Raises: StoreDownError: the server cannot be reached.
    Raises: WallsMissingError: the database has not been migrated, or its user may not take the role.
    """
    pool = await connect(url, password=password, most=most, settings=FACE, connection=Sighted)
    return SeenPool(pool.inner)


async def connect_hand(url: str, *, password: str | None = None, most: int = 10) -> Pool:
    """The pool that pages keep things with.

    Raises: StoreDownError: the server cannot be reached.
    Raises: WallsMissingError: the database has not been migrated, or its user may not take the role.
    """
    return await connect(url, password=password, most=most, settings=HAND)
