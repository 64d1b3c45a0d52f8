"""What is kept beside the ledger: texts, files' facts, people, plans, numbers, and which mails went out."""

import json
from collections.abc import Iterable, Mapping

from schemas.evidence import FileItem
from schemas.notices import Delivery, Notice
from schemas.people import Person
from schemas.plans import Plan
from store.editions import EditionKeeping
from store.outside import OutsideKeeping
from store.pool import Pool
from store.successions import SuccessionKeeping


class Keeping(EditionKeeping, SuccessionKeeping, OutsideKeeping):
    """Writes everything that is not a cycle's own act. Every method may be repeated without harm."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def keep_words(self, words: Mapping[str, str]) -> None:
        """Keep texts under their references; a text that is kept already stays as it is.

        In the order of the references: two callers with the same texts wait for each other, never in a ring.
        """
        if words:
            await self._pool.execute(
                "insert into texts (ref, words) select * from unnest($1::text[], $2::text[])"
                " on conflict (ref) do nothing",
                sorted(words),
                [words[ref] for ref in sorted(words)],
            )

    async def keep_file(self, file: FileItem) -> None:
        """Note that a file lies on the shelf; one that is known to be infected has to be put away again."""
        await self._pool.execute(
            "insert into files (digest, size, media_type) values ($1, $2, $3) on conflict (digest)"
            " do update set put_away_at = null, removed_at = null where files.scan = 'infected'",
            file.digest,
            file.size,
            file.media_type,
        )

    async def keep_people(self, people: Iterable[Person]) -> int:
        """Enter or correct people; return how many."""
        rows = [
            (
                one.id,
                one.title,
                one.role.value,
                one.organisation,
                one.address,
                one.deputy,
                json.dumps([held.model_dump(mode="json") for held in one.appointments]),
            )
            for one in people
        ]
        await self._pool.executemany(
            "insert into people (id, title, role, organisation, address, deputy, appointments)"
            " values ($1, $2, $3, $4, $5, $6, $7::jsonb) on conflict (id) do update set"
            " title = excluded.title, role = excluded.role, organisation = excluded.organisation,"
            " address = excluded.address, deputy = excluded.deputy, appointments = excluded.appointments",
            rows,
        )
        return len(rows)

    async def keep_plan(self, plan: Plan) -> None:
        """Import a plan, or its corrected version."""
        await self._pool.execute(
            "insert into plans (id, plan) values ($1, $2::jsonb)"
            " on conflict (id) do update set plan = excluded.plan, imported_at = now()",
            plan.id,
            json.dumps(plan.model_dump(mode="json")),
        )

    async def allot(self, key: str, kind: str, year: int) -> int:
        """The next free number of a kind in a year; the same key gets the same number again."""
        async with self._pool.transaction() as connection:
            await connection.execute("select pg_advisory_xact_lock(hashtext($1), $2)", kind, year)
            number: int = await connection.fetchval(
                "with given as (select number from allotments where key = $1), made as ("
                " insert into allotments (key, kind, year, number)"
                " select $1, $2, $3, coalesce(max(number), 0) + 1 from allotments"
                " where kind = $2 and year = $3 having not exists (select from given)"
                " returning number) select number from given union all select number from made",
                key,
                kind,
                year,
            )
        return number

    async def delivery(self, key: str) -> Delivery | None:
        """What became of a notice; None if it has not been sent."""
        row = await self._pool.fetchrow("select delivered, told, at from mails where key = $1", key)
        return Delivery.model_validate(dict(row)) if row else None

    async def keep_delivery(self, notice: Notice, delivery: Delivery) -> None:
        """Note what became of a notice; the first note stands."""
        await self._pool.execute(
            "insert into mails (key, cycle, template, told, delivered, at, delivery)"
            " values ($1, $2, $3, $4, $5, $6, case when $5 then 'sent' else 'bounced' end)"
            " on conflict (key) do nothing",
            notice.key,
            notice.cycle,
            notice.template,
            list(delivery.told),
            delivery.delivered,
            delivery.at,
        )
