"""The programme: its ledger appended to, its row refreshed, and what its pages ask."""

import json
from datetime import date, datetime
from typing import Any

import asyncpg

from schemas.chain import genesis
from schemas.programme import Programme
from schemas.programme.records import ProgrammeEntry, ProgrammeStanding, ProgrammeWriting
from schemas.programme.rows import Asked, ProgrammePage
from store.chain import sealed
from store.ledger import LedgerGapError, said_of
from store.pool import Pool
from store.texts import TEXT, TextReads

APPEND = """
with incoming as (
    select * from jsonb_to_recordset($1::jsonb) as e (
        programme text, version integer, at timestamptz, actor jsonb, key text, content text,
        marking text, event jsonb)
), before as (
    select version, link from programme_ledger where programme = $2 order by version desc limit 1
), appended as (
    insert into programme_ledger (programme, version, kind, at, actor, key, content, marking, event,
                                  recorded_at, salt, link)
    select programme, version, event ->> 'kind', at, actor, key, content, marking, event, now(),
           ($6::bytea[])[version - $3 + 1],
           chained(coalesce((select link from before), $7::bytea),
                   chain_step(($5::bytea[])[version - $3 + 1], now())) over (order by version)
    from incoming
    where coalesce((select version from before), 0) = $3 - 1
    returning version
), row as (
    insert into programmes (reference, version, opened_at, changed_at, state)
    select $2, (p ->> 'version')::integer, (p ->> 'opened_at')::timestamptz,
           (p ->> 'changed_at')::timestamptz, p
    from (select $4::jsonb as p) as one where exists (select from appended)
    on conflict (reference) do update set version = excluded.version,
        changed_at = excluded.changed_at, state = excluded.state
)
select count(*) from appended
"""

ENTRIES = "select programme, version, at, actor, key, content, marking, event from programme_ledger"

ASKED = """
select commitment, count(*) as times, bool_or(to_hear) as being_asked,
       (array_agg(cycle order by opened_at desc, cycle desc))[1] as last,
       (array_agg(heard_on order by opened_at desc, cycle desc))[1] as last_on,
       (array_agg(cycle order by opened_at desc, cycle desc) filter (where judgement is not null))[1]
           as judged_in,
       (array_agg(judgement order by opened_at desc, cycle desc) filter (where judgement is not null))[1]
           as judgement,
       (array_agg(cycle order by opened_at desc, cycle desc) filter (where due_on < $1))[1] as overdue_in,
       coalesce(
           (select array_agg(o.due_on order by o.due_on) from open_actions o join asked_about a using (cycle)
            where a.commitment = asked_about.commitment and o.state in ('confirmed', 'claimed_done')),
           '{}') as open_days
from asked_about group by commitment
"""
COMING = """
select distinct s.starts_at as at from cycle_sessions s join cycles c on c.reference = s.cycle
where s.coming and c.stage not in ('closed', 'cancelled') order by at
"""


class ProgrammeLedger:
    """Writes a programme's acts. The workflow of that programme is the only caller."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def record_programme(self, writing: ProgrammeWriting) -> ProgrammeStanding:
        """Append entries and refresh the row; say what stands there instead where others came first.

        Raises: LedgerGapError: an entry before these is missing.
        """
        first = writing.entries[0]
        try:
            appended = await self._pool.fetchval(APPEND, *_arguments(writing))
        except asyncpg.UniqueViolationError:
            appended = 0
        if appended == len(writing.entries):
            return ProgrammeStanding()
        rows = await self._pool.fetch(
            ENTRIES + " where programme = $1 and version >= $2 order by version",
            first.programme,
            first.version,
        )
        found = tuple(programme_entry(row) for row in rows)
        if not found:
            raise LedgerGapError(f"{first.programme}: nothing stands before entry {first.version}")
        return ProgrammeStanding() if found == writing.entries else ProgrammeStanding(entries=found)


class ProgrammeReads(TextReads):
    """What can be asked about programmes."""

    async def programmes(self) -> list[Programme]:
        """Every programme, the one begun first first. An office has one."""
        rows = await self._pool.fetch("select state from programmes order by opened_at, reference")
        return [Programme.model_validate_json(row["state"]) for row in rows]

    async def programme(self, reference: str) -> ProgrammePage | None:
        """One programme with its words; None where there is none of that reference."""
        row = await self._pool.fetchrow("select state from programmes where reference = $1", reference)
        if row is None:
            return None
        words = await self.words(set(TEXT.findall(row["state"])))
        return ProgrammePage(programme=Programme.model_validate_json(row["state"]), words=words)

    async def programme_entries(
        self, reference: str, key: str | None = None, kind: str | None = None, most: int | None = None
    ) -> tuple[ProgrammeEntry, ...]:
        """A programme's entries, oldest first: all or the newest so many, under one key or of one kind."""
        rows = await self._pool.fetch(
            ENTRIES + " where programme = $1 and ($2::text is null or key = $2)"
            " and ($3::text is null or kind = $3) order by version desc limit $4",
            reference,
            key,
            kind,
            most,
        )
        return tuple(programme_entry(row) for row in reversed(rows))

    async def sessions_coming(self) -> list[datetime]:
        """When a session is to be held, in any cycle and any forum: neither held yet nor called off."""
        return [row["at"] for row in await self._pool.fetch(COMING)]

    async def asked(self, today: date) -> dict[str, Asked]:
        """What all cycles asked about each commitment, as of a day; cancelled ones asked nothing."""
        rows = await self._pool.fetch(ASKED, today)
        return {row["commitment"]: Asked.model_validate(dict(row)) for row in rows}


def _arguments(writing: ProgrammeWriting) -> tuple[Any, ...]:
    first = writing.entries[0]
    entries = [one.model_dump_json() for one in writing.entries]
    said = [said_of(json.loads(one), at.at) for one, at in zip(entries, writing.entries, strict=True)]
    return (
        "[" + ",".join(entries) + "]",
        first.programme,
        first.version,
        writing.programme.model_dump_json(),
        *sealed(said),
        genesis(first.programme) if first.version == 1 else None,
    )


def programme_entry(row: asyncpg.Record) -> ProgrammeEntry:
    """One entry from its row."""
    facts = dict(row)
    return ProgrammeEntry.model_validate(
        {**facts, "actor": json.loads(facts["actor"]), "event": json.loads(facts["event"])}
    )
