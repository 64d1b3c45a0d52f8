"""The whole database written to a file as of one instant, and read back, by PostgreSQL's own programs."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from schemas.backups import ChainHead
from store.pool import Pool

LONG = 3600.0
"""Seconds that a count over a large table may take."""
TABLES = "select tablename as name from pg_tables where schemaname = 'public' order by 1"
HEADS = """
select cycle as chain, version, encode(link, 'hex') as link from (
    select distinct on (cycle) cycle, version, link from ledger order by cycle, version desc) as cycles
union all
select programme, version, encode(link, 'hex') from (
    select distinct on (programme) programme, version, link from programme_ledger
    order by programme, version desc) as programmes
order by 1
"""
ROLES = """
do $$
declare
    who text;
begin
    foreach who in array array['answerable_face', 'answerable_hand'] loop
        begin
            if not exists (select from pg_roles where rolname = who) then
                execute format('create role %I nologin', who);
            end if;
        exception
            when duplicate_object or unique_violation then null;
        end;
    end loop;
end $$;
"""
"""What the walls name has to be there before they are read back (store/walls.sql)."""


class DumpError(Exception):
    """The database could not be written to a file, or read from one; the message says why."""


@dataclass(frozen=True)
class Facts:
    """What the database held at the instant of a dump."""

    at: datetime
    server: str
    migrations: tuple[str, ...]
    tables: dict[str, int]
    heads: tuple[ChainHead, ...]
    entries: int


async def dump(pool: Pool, url: str, password: str | None, tools: Path, to: Path) -> Facts:
    """Write the whole database to a file, as one snapshot has it; nobody waits meanwhile.

    Raises: DumpError: it cannot be written.
    """
    async with pool.snapshot() as connection:
        snapshot = await connection.fetchval("select pg_export_snapshot()")
        at = await connection.fetchval("select clock_timestamp()")
        server = await connection.fetchval("show server_version")
        await _run([tools / "pg_dump", "--format=custom", "--no-owner", "--no-sync", "--snapshot", snapshot,
                    "--file", to], url, password)  # fmt: skip
        tables = {
            row["name"]: await connection.fetchval(f'select count(*) from "{row["name"]}"', timeout=LONG)  # noqa: S608 - names that PostgreSQL gave
            for row in await connection.fetch(TABLES)
        }
        heads = await connection.fetch(HEADS, timeout=LONG)
        names = await connection.fetch("select name from migrations order by 1")
    return Facts(
        at=at,
        server=server,
        migrations=tuple(row["name"] for row in names),
        tables=tables,
        heads=tuple(ChainHead.model_validate(dict(row)) for row in heads),
        entries=tables["ledger"] + tables["programme_ledger"],
    )


async def tables_of(pool: Pool) -> dict[str, int]:
    """Every table with its rows, as they are now."""
    return {
        row["name"]: int(await pool.fetchval(f'select count(*) from "{row["name"]}"'))  # noqa: S608 - names that PostgreSQL gave
        for row in await pool.fetch(TABLES)
    }


async def heads_of(pool: Pool) -> list[ChainHead]:
    """How far every ledger is."""
    return [ChainHead.model_validate(dict(row)) for row in await pool.fetch(HEADS)]


async def load(pool: Pool, url: str, password: str | None, tools: Path, file: Path) -> None:
    """Read a dump into an empty database, all of it or nothing.

    Raises: DumpError: the database is not empty, or the dump cannot be read.
    """
    if await pool.fetch(TABLES):
        raise DumpError(
            "The database is not empty. Make an empty one, and name it in ANSWERABLE_DATABASE_URL."
        )
    await pool.execute(ROLES)
    await _run(
        [tools / "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", file], url, password
    )


async def size_of(pool: Pool) -> int:
    """The bytes that the database takes on its server's disk."""
    return int(await pool.fetchval("select pg_database_size(current_database())"))


async def rows_of(pool: Pool, table: str, columns: Sequence[str]) -> set[str]:
    """The rows of a table as text, some columns left out."""
    without = "".join(f" - '{one}'" for one in columns)
    rows = await pool.fetch(f'select (to_jsonb(t){without})::text as row from "{table}" t')  # noqa: S608 - our own names
    return {row["row"] for row in rows}


async def files_kept(pool: Pool) -> list[str]:
    """The digests of the files that are on record and lie somewhere."""
    rows = await pool.fetch("select digest from files where removed_at is null order by 1")
    return [row["digest"] for row in rows]


async def made_beside(pool: Pool, url: str) -> str:
    """The address of a second, empty database on the same server."""
    await pool.execute("create database beside")
    return urlunsplit(urlsplit(url)._replace(path="/beside"))


async def _run(words: Sequence[str | Path], url: str, password: str | None) -> None:
    bare, given = _without_password(url)
    secret = password or given
    process = await asyncio.create_subprocess_exec(
        *(str(one) for one in words),
        "--dbname",
        bare,
        env={"PGPASSWORD": secret} if secret else None,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        lines = said.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise DumpError(f"{Path(str(words[0])).name} stopped: {lines[0]}")


def _without_password(url: str) -> tuple[str, str | None]:
    """An address without its password, which would stand in the list of processes; and the password."""
    parts = urlsplit(url)
    if not parts.password:
        return url, None
    user, at = parts.netloc.rsplit("@", 1)
    return urlunsplit(parts._replace(netloc=f"{user.split(':', 1)[0]}@{at}")), unquote(parts.password)
