"""Migrations: plain SQL files, in order, once each, under one advisory lock."""

from pathlib import Path

from store.pool import Pool

FOLDER = Path(__file__).parent / "migrations"
LOCK = 4_261_907_331


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
    return applied
