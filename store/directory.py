"""The directory of people as it is kept and changed, and the whole record searched: who did what when."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime

import asyncpg

from schemas.directory import Done, Lead, PersonChange, Sought, Standing
from schemas.people import Person
from store.pool import Pool
from store.record_sql import CYCLES, FEW, REFERENCE, Search

KNOWN = "select person from people_changes where key = $1"
NOW = "select * from people where id = $1 for update"
KEEP = """
insert into people (id, title, role, organisation, address, deputy, appointments)
values ($1, $2, $3, $4, $5, $6, $7::jsonb) on conflict (id) do update set title = excluded.title,
    role = excluded.role, organisation = excluded.organisation, address = excluded.address,
    deputy = excluded.deputy, appointments = excluded.appointments
"""
NOTE = """
insert into people_changes (key, at, by, role, person, what, reason) values ($1, $2, $3, $4, $5, $6, $7)
"""
CHANGES = """
select key, at, by, role, person, what, reason from people_changes
where $1::text is null or person = $1 order by number desc limit $2
"""
LEADS = """
select r.cycle, r.number, coalesce(t.words, '') as title, r.due_at
from requests r left join texts t on t.ref = r.title
where r.lead = $1 and r.state in ('asked', 'acknowledged', 'part_returned', 'sent_back')
order by r.due_at nulls last, r.cycle, r.number
"""
COUNTED = 1_000
"""So many acts are counted: what is beyond them is found by looking at fewer days."""
STANDING = """
select
    (select count(*) from cycles where stage not in ('closed', 'cancelled')) as cycles_under_way,
    (select coalesce(max(position), 0) from ledger) as acts,
    (select max(at) from ledger) as last_act_at,
    (select count(*) from deadlines where not done and due_at < $1) as late,
    (select min(due_at) from deadlines where not done and due_at < $1) as late_since,
    (select count(*) from mails where delivery = 'sent' and at > $1 - interval '7 days') as mails_under_way,
    (select count(*) from mails where delivery = 'bounced' and at > $1 - interval '7 days') as mails_bounced,
    (select count(*) from files where scan in ('waiting', 'not_scanned')) as files_waiting,
    (select min(kept_at) from files where scan in ('waiting', 'not_scanned')) as files_waiting_since
"""


class DirectoryReads:
    """What can be asked about the directory, and of the whole record."""

    _pool: Pool

    async def people_changes(self, person: str | None = None, most: int = 50) -> list[PersonChange]:
        """What was changed in the directory, of somebody or of all, newest first."""
        rows = await self._pool.fetch(CHANGES, person, most)
        return [PersonChange.model_validate(dict(row)) for row in rows]

    async def leads(self, person: str) -> list[Lead]:
        """The requests that are open with somebody, the soonest due first."""
        return [Lead.model_validate(dict(row)) for row in await self._pool.fetch(LEADS, person)]

    async def done(
        self, sought: Sought, kinds: tuple[str, ...], most: int, skip: int = 0
    ) -> tuple[list[Done], int]:
        """The acts that are looked for, newest first, and how many; `kinds` are acts by their codes.

        Beyond `COUNTED` they are not counted: one more says so.
        """
        search = await self._search(sought, kinds)
        page, count = search.statements()
        found = _done(await self._pool.fetch(page, *search.asked, most, skip))
        return found, int(await self._pool.fetchval(count, *search.asked, COUNTED + 1))

    async def every_done(self, sought: Sought, kinds: tuple[str, ...]) -> AsyncGenerator[list[Done]]:
        """All of them, some at a time, as they stand at one instant."""
        search = await self._search(sought, kinds)
        page, _count = search.statements()
        async with aclosing(self._pool.batches(page, *search.asked, None, 0)) as batches:
            async for rows in batches:
                yield _done(rows)

    async def _search(self, sought: Sought, kinds: tuple[str, ...]) -> Search:
        """What is looked for, with the cycles that are meant where they are few."""
        cycles: list[str] | None = None
        if REFERENCE.fullmatch(sought.about):
            cycles = [sought.about.upper()]
        elif sought.about:
            rows = await self._pool.fetch(CYCLES, sought.about, FEW + 1)
            cycles = [row["reference"] for row in rows] if len(rows) <= FEW else None
        return Search(sought, kinds, cycles)

    async def standing_now(self, now: datetime) -> Standing:
        """How far the record has got, and what waits."""
        row = await self._pool.fetchrow(STANDING, now)
        return Standing.model_validate(dict(row or {}))


def _done(rows: list[asyncpg.Record]) -> list[Done]:
    return [Done.model_validate({name: row[name] for name in Done.model_fields}) for row in rows]


class DirectoryKept:
    """Changes entries of the directory; each change and its line on record are one transaction."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def change(self, change: PersonChange, before: Person | None, after: Person) -> bool:
        """Keep an entry, once under one key; False where it has moved on since it was looked at."""
        async with self._pool.transaction() as connection:
            if await connection.fetchval(KNOWN, change.key):
                return True
            row = await connection.fetchrow(NOW, after.id)
            stands = (
                Person.model_validate({**dict(row), "appointments": json.loads(row["appointments"])})
                if row
                else None
            )
            if stands != before:
                return False
            held = json.dumps([one.model_dump(mode="json") for one in after.appointments])
            await connection.execute(
                KEEP,
                after.id,
                after.title,
                after.role.value,
                after.organisation,
                after.address,
                after.deputy,
                held,
            )
            await connection.execute(
                NOTE,
                change.key,
                change.at,
                change.by,
                change.role.value,
                change.person,
                list(change.what),
                change.reason,
            )
            return True
