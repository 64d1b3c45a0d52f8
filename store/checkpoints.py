"""Checkpoints: where all chains stand, what was signed, and what proves published findings from it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from schemas.proving import ChainedOn, Head, HeadAt, PublicKey, Signed
from store.chain import TABLES, Chains
from store.pool import Pool

LOCK = 4_261_907_333
"""One at a time makes a checkpoint."""
NEWEST = """
with recursive names as (
    (select min({key}) as name from {table})
    union all
    select (select min({key}) from {table} where {key} > names.name) from names where names.name is not null
)
select n.name as chain, l.version as length, encode(l.link, 'hex') as head
from names n cross join lateral (
    select version, link from {table} where {key} = n.name order by version desc limit 1) l
where l.link is not null
"""
WHERE_ALL_STAND = "\nunion all\n".join(
    f"select * from ({NEWEST.format(**one)}) as one"  # noqa: S608 - names of our own tables
    for one in TABLES
)
KEPT = """
select distinct on (chain) chain, checkpoint, length, encode(head, 'hex') as head
from checkpoint_heads order by chain, checkpoint desc
"""
HEADS = """
select chain, checkpoint, length, encode(head, 'hex') as head from checkpoint_heads order by chain
"""


class CheckpointReads:
    """What everybody may ask: checkpoints, keys, proofs, and since when there are chains."""

    _pool: Pool

    async def checkpoints(self, most: int | None = None, skip: int = 0) -> list[Signed]:
        """Checkpoints, the newest first."""
        rows = await self._pool.fetch(
            "select said from checkpoints order by number desc limit $1 offset $2", most, skip
        )
        return [Signed.model_validate_json(row["said"]) for row in rows]

    async def checkpoint_count(self) -> int:
        """How many there are."""
        return int(await self._pool.fetchval("select count(*) from checkpoints"))

    async def checkpoint(self, number: int) -> Signed | None:
        """One checkpoint; None where there is none of that number."""
        row = await self._pool.fetchrow("select said from checkpoints where number = $1", number)
        return Signed.model_validate_json(row["said"]) if row else None

    async def ledger_keys(self) -> list[PublicKey]:
        """The keys that ever signed, the first one first."""
        rows = await self._pool.fetch("select id, public, since from ledger_keys order by since")
        return [PublicKey.model_validate(dict(row)) for row in rows]

    async def ledger_proof(self, chain: str) -> dict[str, Any] | None:
        """What proves that published findings stand in a ledger; None before its next checkpoint."""
        row = await self._pool.fetchrow("select proof from ledger_proofs where chain = $1", chain)
        return json.loads(row["proof"]) if row else None

    async def ledger_proofs(self) -> list[str]:
        """The cycles that have a proof."""
        rows = await self._pool.fetch("select chain from ledger_proofs order by chain")
        return [row["chain"] for row in rows]

    async def chained_on(self) -> list[ChainedOn]:
        """When what stood already was chained, the first time first."""
        rows = await self._pool.fetch("select at, chains, entries from chained_on order by number")
        return [ChainedOn.model_validate(dict(row)) for row in rows]


class Checkpoints(CheckpointReads, Chains):
    """Keeps checkpoints."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def where_all_stand(self) -> tuple[datetime, list[Head]]:
        """The head of every chain, as of one instant of the store's own clock."""
        async with self._pool.transaction() as connection:
            await connection.execute("set transaction isolation level repeatable read")
            at = await connection.fetchval("select now()")
            rows = await connection.fetch(WHERE_ALL_STAND)
        return at, [Head.model_validate(dict(row)) for row in rows]

    async def noted_heads(self) -> dict[str, HeadAt]:
        """How far each chain was at the newest checkpoint that noted it."""
        rows = await self._pool.fetch(KEPT)
        return {row["chain"]: HeadAt.model_validate(dict(row)) for row in rows}

    async def signed_and_noted(self) -> tuple[list[Signed], list[HeadAt]]:
        """Every checkpoint, the first one first, and what they noted of the chains, as of one instant."""
        async with self._pool.transaction() as connection:
            await connection.execute("set transaction isolation level repeatable read")
            signed = await connection.fetch("select said from checkpoints order by number")
            noted = await connection.fetch(HEADS)
        return (
            [Signed.model_validate_json(row["said"]) for row in signed],
            [HeadAt.model_validate(dict(row)) for row in noted],
        )

    async def keep_checkpoint(
        self, signed: Signed, digest: str, moved: Sequence[Head], publics: Mapping[str, str]
    ) -> bool:
        """Keep a checkpoint with what had moved on; False where another took its number meanwhile."""
        one = signed.checkpoint
        async with self._pool.transaction() as connection:
            await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
            last = await connection.fetchval("select coalesce(max(number), 0) from checkpoints")
            if last != one.number - 1:
                return False
            await connection.execute(
                "insert into checkpoints (number, at, digest, said) values ($1, $2, $3, $4::jsonb)",
                one.number, one.at, digest, signed.model_dump_json(),
            )  # fmt: skip
            await connection.execute(
                "insert into checkpoint_heads (chain, checkpoint, length, head)"
                " select chain, $1, length, head from unnest($2::text[], $3::integer[], $4::bytea[])"
                " as one (chain, length, head)",
                one.number,
                [head.chain for head in moved],
                [head.length for head in moved],
                [bytes.fromhex(head.head) for head in moved],
            )
            await connection.executemany(
                "insert into ledger_keys (id, public, since) values ($1, $2, $3) on conflict do nothing",
                [(id_of, publics[id_of], one.number) for id_of in signed.signatures if id_of in publics],
            )
        return True

    async def keep_proof(self, chain: str, checkpoint: int, proof: dict[str, Any]) -> None:
        """Keep what proves one chain; the newest checkpoint's stands."""
        await self._pool.execute(
            "insert into ledger_proofs (chain, checkpoint, proof) values ($1, $2, $3::jsonb)"
            " on conflict (chain) do update set checkpoint = excluded.checkpoint, proof = excluded.proof"
            " where ledger_proofs.checkpoint < excluded.checkpoint",
            chain,
            checkpoint,
            json.dumps(proof),
        )

    async def unproved(self) -> list[str]:
        """Published cycles whose newest noted head no proof leads to yet."""
        rows = await self._pool.fetch(
            "select h.chain from (select chain, max(checkpoint) as checkpoint from checkpoint_heads"
            " where chain in (select cycle from publications) group by chain) h"
            " left join ledger_proofs p using (chain)"
            " where p.checkpoint is null or p.checkpoint < h.checkpoint order by h.chain"
        )
        return [row["chain"] for row in rows]
