"""What came from outside as it is kept: each event once, what became of it, and the rules of an office."""

import json
from collections.abc import Sequence
from typing import Any

import asyncpg

from schemas.outside import (
    FeedRow,
    OutsideEvent,
    OutsideRow,
    State,
    Taken,
    Told,
    TriggerEdition,
    TriggerRule,
    Via,
)
from schemas.programme.records import ProgrammeReceipt
from schemas.records import Entry
from schemas.shape import Instant
from store.ledger import entry_of
from store.pool import Pool

KEEP = """
insert into outside_events (source, id, digest, type, body, via) values ($1, $2, $3, $4, $5::jsonb, $6)
on conflict (source, id) do update set deliveries = outside_events.deliveries
    + case when outside_events.digest = excluded.digest then 1 else 0 end
returning *
"""

DECIDE = """
update outside_events set decision = $3::jsonb, tried_at = now()
where source = $1 and id = $2 and state = 'waiting' and decision is not distinct from $4::jsonb
"""

SETTLE = """
update outside_events set state = 'taken', waits_for = null, programme = $3, proposal = $4, slot = $5,
    taken_at = $6, decision = $7::jsonb
where source = $1 and id = $2 and state = 'waiting' returning true
"""

FEED = """
insert into outside_feeds (source, id, cycle, because, people, roles) values ($1, $2, $3, $4, $5, $6)
on conflict do nothing
"""

LISTED = """
select * from outside_events
where ($1::text is null or state = $1) and ($2::text is null or decision ->> 'outcome' = $2)
order by received_at desc, source, id limit $3 offset $4
"""

WAITING = """
select * from outside_events where state = 'waiting'
order by tried_at nulls first, received_at limit $1
"""

FEEDS = """
select f.cycle, e.body, f.because, f.at, f.people, f.roles, f.told, f.told_at
from outside_feeds f join outside_events e using (source, id)
where ($1::text is null or f.cycle = $1) and (not $2 or f.told_at is null)
order by f.at desc, f.cycle limit $3
"""

HAPPENED = """
select l.cycle, l.version, l.at, l.actor, l.key, l.content, l.marking, l.public, l.event from ledger l
where l.kind in ('AssuranceJudged', 'AssuranceConfirmed', 'VoteRecorded')
  and not exists (select from outside_looked_at o where (o.cycle, o.version) = (l.cycle, l.version))
order by l.at, l.cycle, l.version limit $1
"""


class OutsideReads:
    """What can be asked about events from outside, and about the rules that an office made."""

    _pool: Pool

    async def outside(
        self, state: State | None = None, outcome: str | None = None, most: int = 100, skip: int = 0
    ) -> list[OutsideRow]:
        """Events, newest first: all, those in a state, or those of which this became."""
        rows = await self._pool.fetch(LISTED, state, outcome, most, skip)
        return [_row(row) for row in rows]

    async def outside_event(self, source: str, event: str) -> OutsideRow | None:
        """One event; None where it never came."""
        query = "select * from outside_events where source = $1 and id = $2"
        row = await self._pool.fetchrow(query, source, event)
        return _row(row) if row else None

    async def outside_waiting(self, most: int = 100) -> list[OutsideRow]:
        """Events that were kept and not yet taken, those that were tried least lately first."""
        return [_row(row) for row in await self._pool.fetch(WAITING, most)]

    async def outside_feeds(self, cycle: str | None = None, most: int = 100) -> list[FeedRow]:
        """What cycles were told from outside, newest first; of one cycle, or of all."""
        return [_feed(row) for row in await self._pool.fetch(FEEDS, cycle, False, most)]

    async def outside_untold(self, most: int = 100) -> list[FeedRow]:
        """What cycles were told of and nobody was written to yet."""
        return [_feed(row) for row in await self._pool.fetch(FEEDS, None, True, most)]

    async def happened(self, most: int = 200) -> list[Entry]:
        """Judgements and votes of the ledger that nobody has looked at for the trigger rules yet."""
        return [entry_of(row) for row in await self._pool.fetch(HAPPENED, most)]

    async def triggers_history(self, office: str) -> list[TriggerEdition]:
        """Every edition of the trigger rules that an office made, oldest first."""
        rows = await self._pool.fetch(
            "select * from triggers where office = $1 order by edition",
            office,
        )
        return [
            TriggerEdition.model_validate({**dict(row), "rules": json.loads(row["rules"])}) for row in rows
        ]


class OutsideKeeping:
    """Keeps events from outside. Every method may be repeated without harm."""

    _pool: Pool

    async def keep_outside(self, event: OutsideEvent, digest: str, via: Via) -> OutsideRow:
        """Keep an event, or count one more delivery; the row as it stands, whose digest may be another."""
        arguments = (event.source, event.id, digest, event.type, event.model_dump_json(), via)
        row = await self._pool.fetchrow(KEEP, *arguments)
        assert row is not None
        return _row(row)

    async def decide_outside(self, event: OutsideEvent, decision: Taken, instead_of: Taken | None) -> Taken:
        """Keep what the rules said, unless somebody kept something first; what is kept."""
        before = instead_of.model_dump_json() if instead_of else None
        await self._pool.execute(DECIDE, event.source, event.id, decision.model_dump_json(), before)
        kept = await self._pool.fetchval(
            "select decision from outside_events where source = $1 and id = $2", event.source, event.id
        )
        return Taken.model_validate_json(kept)

    async def settle_outside(self, event: OutsideEvent, decision: Taken, receipt: ProgrammeReceipt) -> None:
        """Note what became of an event, and the cycles that it was fed to, in one transaction; once."""
        slot = receipt.slots[0] if receipt.slots else None
        async with self._pool.transaction() as connection:
            facts = decision.model_dump_json()
            arguments = (receipt.programme, receipt.proposal, slot, receipt.at, facts)
            if not await connection.fetchval(SETTLE, event.source, event.id, *arguments):
                return
            await connection.executemany(FEED, [_told(event, decision, one) for one in decision.told])

    async def wait_outside(self, event: OutsideEvent, why: str) -> None:
        """Note why an event was not taken yet."""
        await self._pool.execute(
            "update outside_events set waits_for = $3, tried_at = now()"
            " where source = $1 and id = $2 and state = 'waiting'",
            event.source,
            event.id,
            why,
        )

    async def keep_told(self, feed: FeedRow, told: Sequence[str], at: Instant) -> None:
        """Note that the people of a cycle were written to about an event; the first note stands."""
        await self._pool.execute(
            "update outside_feeds set told = $4, told_at = $5"
            " where source = $1 and id = $2 and cycle = $3 and told_at is null",
            feed.event.source,
            feed.event.id,
            feed.cycle,
            list(told),
            at,
        )

    async def looked_at(self, entry: Entry) -> None:
        """Note that an entry of the ledger was looked at for the trigger rules."""
        await self._pool.execute(
            "insert into outside_looked_at (cycle, version) values ($1, $2) on conflict do nothing",
            entry.cycle,
            entry.version,
        )

    async def keep_triggers(
        self, office: str, rules: Sequence[TriggerRule], edition: int, by: str, reason: str
    ) -> bool:
        """Keep one edition of an office's trigger rules; False where somebody has made that one already."""
        made = await self._pool.fetchval(
            "insert into triggers (office, edition, rules, changed_by, reason)"
            " values ($1, $2, $3::jsonb, $4, $5) on conflict do nothing returning edition",
            office,
            edition,
            json.dumps([one.model_dump(mode="json") for one in rules]),
            by,
            reason,
        )
        return made is not None


def _told(event: OutsideEvent, decision: Taken, one: Told) -> tuple[Any, ...]:
    return (event.source, event.id, one.cycle, decision.because, list(one.people), list(one.roles))


def _row(row: asyncpg.Record) -> OutsideRow:
    facts = dict(row)
    decision = facts["decision"]
    return OutsideRow.model_validate(
        {
            **facts,
            "event": json.loads(facts.pop("body")),
            "decision": json.loads(decision) if decision else None,
        }
    )


def _feed(row: asyncpg.Record) -> FeedRow:
    facts = dict(row)
    return FeedRow.model_validate({**facts, "event": json.loads(facts.pop("body"))})
