"""The chains of both ledgers: what of them is read for a proof, and what stood before there were any."""

import json
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TYPE_CHECKING, Any

import asyncpg

from schemas.chain import SALT, TEXT_GONE, Line, Said, genesis, leaf, link, step
from schemas.proving import Erased, Erasure
from store.pool import Pool

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

LOCK = 4_261_907_332
"""One at a time chains what stands, or erases."""
AT_ONCE = 200
"""Chains that are read, or chained, at once."""

LINES = """
select {key} as chain, version, kind, at, actor, key, content, marking, {public} as public, event,
       recorded_at, salt, link, erased
from {table} where {key} = any ($1::text[]) order by {key}, version
"""
NAMES = """
with recursive names as (
    (select min({key}) as name from {table} where {key} > $1)
    union all
    select (select min({key}) from {table} where {key} > names.name) from names where names.name is not null
)
select name from names where name is not null limit $2
"""
UNCHAINED = "select distinct {key} as name from {table} where link is null order by 1 limit $1"
CHAIN = """
update {table} l set salt = done.salt, link = done.link
from unnest($1::text[], $2::integer[], $3::bytea[], $4::bytea[]) as done (chain, version, salt, link)
where (l.{key}, l.version) = (done.chain, done.version) and l.link is null
"""
ERASE = """
update {table} set actor = $3::jsonb, key = $4, content = $5, event = $6::jsonb, salt = null,
                   erased = $7::jsonb
where ({key}, version) = ($1, $2)
"""
INSTEAD = """
with kept as (insert into texts (ref, words) values ($1, '[erased]') on conflict do nothing)
insert into text_places (ref, cycle, part) values ($1, '', 'open') on conflict do nothing
"""
"""What everybody reads where a text was."""
NOTE = "insert into erasures (by, reason, chain, version, pointers) values ($1, $2, $3, $4, $5)"
OVER = ("closed", "cancelled")
PLACES = """
select p.cycle as chain, c.stage from (select distinct cycle from text_places where ref = $1) p
left join cycles c on c.reference = p.cycle
where c.reference is null or strpos(c.state::text, $1) > 0
   or exists (select from ledger l where l.cycle = p.cycle and strpos(l.event::text, $1) > 0)
order by 1
"""
FROM_ROWS = """
with said as (
    update cycles set state = replace(state::text, $2, $3)::jsonb, title = replace(title, $2, $3)
    where reference = any ($1::text[])
), asked as (
    update requests set title = $3 where cycle = any ($1::text[]) and title = $2
), owed as (
    update deadlines set title = $3 where cycle = any ($1::text[]) and title = $2
)
delete from text_places where cycle = any ($1::text[]) and ref = $2
"""
"""The rows that the ledger adds up to, brought to what it says now."""
STANDS = "select reference, version from {rows} where $1::text[] is null or reference = any ($1)"
TABLES = (
    {"table": "ledger", "key": "cycle", "public": "public", "rows": "cycles"},
    {"table": "programme_ledger", "key": "programme", "public": "false", "rows": "programmes"},
)


def fresh_salt() -> bytes:
    """A salt that nobody can guess."""
    return secrets.token_bytes(SALT)


def sealed(said: Sequence[Said]) -> tuple[list[bytes], list[bytes]]:
    """The hashes of lines that are to be recorded, each under a salt of its own, and the salts."""
    salts = [fresh_salt() for _ in said]
    return [leaf(one, salt) for one, salt in zip(said, salts, strict=True)], salts


def line_of(row: asyncpg.Record) -> Line:
    """A line from its row."""
    said = Said(
        chain=row["chain"],
        version=row["version"],
        kind=row["kind"],
        at=row["at"],
        actor=json.loads(row["actor"]),
        key=row["key"],
        content=row["content"],
        marking=row["marking"],
        public=row["public"],
        event=json.loads(row["event"]),
    )
    erased = json.loads(row["erased"]) if row["erased"] else None
    return Line(said, row["recorded_at"], row["salt"], row["link"], erased)


class Chains:
    """Reads whole chains, chains what is not, and erases what has to go."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def lines(self, chains: Sequence[str]) -> dict[str, list[Line]]:
        """The lines of some chains, oldest first."""
        found: dict[str, list[Line]] = {one: [] for one in chains}
        for names in TABLES:
            for row in await self._pool.fetch(LINES.format(**names), list(chains)):
                found[row["chain"]].append(line_of(row))
        return found

    async def names(self) -> AsyncIterator[list[str]]:
        """The references of all chains, some at a time."""
        for names in TABLES:
            last = ""
            while rows := await self._pool.fetch(NAMES.format(**names), last, AT_ONCE):
                last = rows[-1]["name"]
                yield [row["name"] for row in rows]

    async def stands(self, chains: Sequence[str] | None = None) -> dict[str, int]:
        """How far cycles and programmes are, as their own rows say: some of them, or all."""
        wanted = list(chains) if chains is not None else None
        rows = [row for names in TABLES for row in await self._pool.fetch(STANDS.format(**names), wanted)]
        return {row["reference"]: row["version"] for row in rows}

    async def erasures(self) -> list[Erasure]:
        """What was erased, oldest first."""
        rows = await self._pool.fetch(
            "select at, by, reason, chain, version, pointers, nonce::text from erasures order by number"
        )
        return [Erasure.model_validate(dict(row)) for row in rows]

    async def chain_what_stands(self) -> int:
        """Chain every entry that is not chained yet; how many. May be stopped anywhere and begun again."""
        chains = entries = 0
        for names in TABLES:
            while True:
                async with self._pool.transaction() as connection:
                    await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
                    rows = await connection.fetch(UNCHAINED.format(**names), AT_ONCE)
                    if not rows:
                        break
                    entries += await _chain(connection, names, [row["name"] for row in rows])
                    chains += len(rows)
        if entries:
            await self._pool.execute(
                "insert into chained_on (chains, entries) values ($1, $2)", chains, entries
            )
        return entries

    async def erase_text(self, text: str, without: Callable[[Line], Line], by: str, reason: str) -> Erased:
        """Erase a text, and its reference from every closed cycle's entries; each entry and why is noted."""
        async with self._pool.transaction() as connection:
            await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
            words = await connection.fetchval("delete from texts where ref = $1 returning true", text)
            places = await connection.fetch(PLACES, text)
            closed = [row["chain"] for row in places if row["stage"] in OVER]
            done = 0
            for row in await connection.fetch(LINES.format(**TABLES[0]), closed):
                line = line_of(row)
                left = without(line)
                if left is not line:
                    new = await _erase(connection, TABLES[0], line, left)
                    await connection.execute(NOTE, by, reason, line.said.chain, line.said.version, new)
                    done += 1
            await connection.execute(FROM_ROWS, closed, text, TEXT_GONE)
            await connection.execute(INSTEAD, TEXT_GONE)
        still = tuple(row["chain"] for row in places if row["chain"] not in closed)
        return Erased(words=bool(words), entries=done, still=still)


async def _chain(
    connection: "PoolConnectionProxy[asyncpg.Record]", names: dict[str, str], chains: list[str]
) -> int:
    """Chain what is left of some chains, each from its first entry that is not."""
    done: list[tuple[str, int, bytes, bytes]] = []
    before = b""
    for row in await connection.fetch(LINES.format(**names), chains):
        line = line_of(row)
        if line.said.version == 1:
            before = genesis(line.said.chain)
        if line.link is None:
            salt = line.salt or fresh_salt()
            before = link(before, step(leaf(line.said, salt), line.recorded_at))
            done.append((line.said.chain, line.said.version, salt, before))
        else:
            before = line.link
    await connection.execute(CHAIN.format(**names), *(list(one) for one in zip(*done, strict=True)))
    return len(done)


async def _erase(
    connection: "PoolConnectionProxy[asyncpg.Record]", names: dict[str, str], line: Line, left: Line
) -> list[str]:
    """Write a line without what went; where in it that stood."""
    said, gone = left.said, left.erased or {}
    kept: list[Any] = [said.chain, said.version, json.dumps(said.actor), said.key, said.content]
    await connection.execute(ERASE.format(**names), *kept, json.dumps(said.event), json.dumps(gone))
    return sorted(set(gone["gone"]) - set(line.erased["gone"] if line.erased else {}))
