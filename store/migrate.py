"""Migrations: plain SQL files, in order, once each, under one advisory lock; then the walls (walls.sql)."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from store.pool import Pool

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

FOLDER = Path(__file__).parent / "migrations"
WALLS = Path(__file__).parent / "walls.sql"
LOCK = 4_261_907_331
ROLES = "select count(*) = 2 from pg_roles where rolname in ('answerable_face', 'answerable_hand')"


async def migrate(pool: Pool) -> list[str]:
    """Apply what has not been applied yet and return the names of those files.

    Two processes that start together wait for each other; a file that fails leaves nothing behind.

    Raises: asyncpg.PostgresError: a file could not be applied; none of it was.
    """
    applied = []
    async with pool.transaction() as connection:
        await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
        await connection.execute(
            "create table if not exists migrations (name text primary key, at timestamptz default now())"
        )
        done = {row["name"] for row in await connection.fetch("select name from migrations")}
        for file in sorted(FOLDER.glob("*.sql")):
            if file.name in done:
                continue
            await connection.execute(file.read_text(encoding="utf8"))
            await connection.execute("insert into migrations (name) values ($1)", file.name)
            applied.append(file.name)
        await _walls(connection, done, new=bool(applied))
    return applied


async def _walls(connection: "PoolConnectionProxy[asyncpg.Record]", done: set[str], *, new: bool) -> None:
    """Say again who sees what: where the file has changed, a table came, or the roles went with a server."""
    said = WALLS.read_text(encoding="utf8")
    name = f"{WALLS.name} {hashlib.sha256(said.encode()).hexdigest()[:16]}"
    if new or name not in done or not await connection.fetchval(ROLES):
        await connection.execute(said)
        await connection.execute("delete from migrations where starts_with(name, $1)", WALLS.name)
        await connection.execute("insert into migrations (name) values ($1)", name)
