"""Subscriptions as they are kept: what each wants, how far it has got, how it goes, and who changed it."""

import json
from typing import Any

import asyncpg

from schemas.feed import Cursor
from schemas.subscriptions import Draft, State, Subscription
from store.pool import Pool

ALL = """
select s.*, (select jsonb_object_agg(c.source, jsonb_build_object('shown', c.shown, 'position', c.position))
             from subscription_cursors c where c.subscription = s.id) as cursors
from subscriptions s where $1::text is null or s.id = $1 order by s.state, s.id
"""

ADD = """
with made as (
    insert into subscriptions (id, url, scope, kinds, cycle, made_by, reason)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id
), started as (
    insert into subscription_cursors (subscription, source, shown, position)
    select id, c.key, (c.value ->> 'shown')::bigint, (c.value ->> 'position')::bigint
    from made, jsonb_each($9::jsonb) as c
), kept as (
    insert into subscription_secrets (subscription, secret) select id, $8 from made
), noted as (
    insert into subscription_acts (subscription, what, by, reason) select id, 'added', $6, $7 from made
)
select count(*) from made
"""

CHANGE = """
with changed as (
    update subscriptions set state = $2, because = $3,
        failing_since = case when $2 = 'active' then null else failing_since end
    where id = $1 and state <> 'ended' and state <> $2 returning id
), noted as (
    insert into subscription_acts (subscription, what, by, reason)
    select id, $4, $5, coalesce($3, '') from changed
)
select count(*), pg_notify('subscriptions', '') from changed
"""

MOVE = """
with moved as (
    update subscription_cursors set shown = $3, position = $4 where subscription = $1 and source = $2
    returning subscription
), noted as (
    insert into subscription_acts (subscription, what, by, reason)
    select subscription, 'replayed', $5, $6 from moved
)
select count(*), pg_notify('subscriptions', '') from moved
"""

ADVANCE = """
with moved as (
    update subscription_cursors c set shown = $5, position = $6
    where subscription = $1 and source = $2 and (shown, position) = ($3, $4)
    returning subscription
)
update subscriptions set last_success_at = case when $7 then clock_timestamp() else last_success_at end,
    failing_since = case when $7 then null else failing_since end
where id in (select subscription from moved) returning id
"""

FAILED = """
update subscriptions set last_failure = $2, last_failure_at = clock_timestamp(),
    failing_since = coalesce(failing_since, clock_timestamp())
where id = $1
"""


class Subscriptions:
    """Reads and writes subscriptions. Every method may be repeated without harm."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def subscriptions(self) -> list[Subscription]:
        """Every subscription, those that are under way first."""
        return [_of(row) for row in await self._pool.fetch(ALL, None)]

    async def subscription(self, name: str) -> Subscription | None:
        """One subscription; None where there is none of that name."""
        row = await self._pool.fetchrow(ALL, name)
        return _of(row) if row else None

    async def add(self, draft: Draft, by: str, secret: str, cursors: dict[str, Cursor]) -> bool:
        """Keep a new subscription; False where there is one of that name already."""
        starts = json.dumps({name: one.model_dump() for name, one in cursors.items()})
        facts = (draft.id, draft.url, draft.scope, list(draft.kinds), draft.cycle, by, draft.reason.strip())
        return bool(await self._pool.fetchval(ADD, *facts, secret, starts))

    async def change(self, name: str, state: State, what: str, by: str, because: str | None) -> bool:
        """Pause, resume or end; False where it is so already, or ended."""
        return bool(await self._pool.fetchval(CHANGE, name, state, because, what, by))

    async def replay(self, name: str, source: str, cursor: Cursor, by: str, reason: str) -> None:
        """Let a subscription hear again what comes after a cursor."""
        await self._pool.fetchval(MOVE, name, source, cursor.shown, cursor.position, by, reason)

    async def advance(self, name: str, source: str, seen: Cursor, through: Cursor, *, sent: bool) -> bool:
        """Note how far it has got; False where somebody has moved it meanwhile."""
        facts = (seen.shown, seen.position, through.shown, through.position, sent)
        return await self._pool.fetchval(ADVANCE, name, source, *facts) is not None

    async def failed(self, name: str, sentence: str) -> None:
        """Note that a delivery was not taken, and why."""
        await self._pool.execute(FAILED, name, sentence)

    async def secret(self, name: str) -> str:
        """What deliveries are signed with. For signing alone: it is never shown and never logged."""
        found: str = await self._pool.fetchval(
            "select secret from subscription_secrets where subscription = $1", name
        )
        return found


def _of(row: asyncpg.Record) -> Subscription:
    facts: dict[str, Any] = {**dict(row), "cursors": json.loads(row["cursors"] or "{}")}
    return Subscription.model_validate(facts)
