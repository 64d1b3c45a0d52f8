"""Restores: that one was made, that somebody answered for it, and what it leaves to be settled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from schemas.backups import Last, Restored
from schemas.notices import Notice
from store.pool import Pool

COLUMNS = "number, seal, as_at, restored_at, acknowledged_at, by, reason"
FURTHER = 1_000_000
"""By how much the positions of the feeds go on: whoever follows them has seen some that were lost."""
NO_BACKUP = "0" * 64
"""In place of a seal: no backup was restored, the record is whole."""
NOTE = """
with noted as (
    insert into restores (seal, as_at) values ($1, $2) returning number
), walls as (
    delete from migrations where starts_with(name, 'walls.sql')
)
select number, setval('ledger_position_seq', (select last_value from ledger_position_seq) + $3),
       setval('programme_ledger_position_seq', (select last_value from programme_ledger_position_seq) + $3)
from noted
"""
ACKNOWLEDGE = """
with done as (
    update restores set acknowledged_at = $2, by = $3, reason = $5, found = $6::jsonb
    where number = $1 and acknowledged_at is null returning seal, as_at
), noted as (
    insert into access_log (at, person, role, what, reason)
    select $2, $3, $4, case when seal = repeat('0', 64) then 'answered for the loss of the engine''s state'
        else 'answered for the restore of the backup ' || left(seal, 12) || ' as of ' || as_at end, $5
    from done
)
select count(*) from done
"""
LAST = """
select c.reference, c.stage in ('closed', 'cancelled') as over, l.version, l.kind, l.at,
       l.actor ->> 'person' as by, l.key, l.content
from cycles c join ledger l on (l.cycle, l.version) = (c.reference, c.version)
union all
select p.reference, false, l.version, l.kind, l.at, l.actor ->> 'person', l.key, l.content
from programmes p join programme_ledger l on (l.programme, l.version) = (p.reference, p.version)
order by 1
"""
HELD = """
insert into mails (key, cycle, template, told, delivered, at, delivery, delivery_why)
select key, cycle, template, '{}', true, at, 'sent', $5
from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as one (key, cycle, template, at)
on conflict (key) do nothing
"""
WHY_HELD = "held after a restore: it may have gone before"
OTHERS = """
select 'messages handed over without an answer' as what, count(*)::text as found
from mail_recipients where state = 'sending'
union all select 'letters waiting for a digest', count(*)::text from digest_lines where sent_at is null
union all select 'letters in the out-tray', count(*)::text from out_tray
union all select 'letters to be sent again', count(*)::text from mails_again where sent_at is null
union all select 'subscriptions', count(*)::text from subscriptions where state <> 'ended'
union all select 'checkpoint', max(number)::text from checkpoints
union all select 'numbers ' || kind || ' ' || year, max(number)::text from allotments group by kind, year
"""


class NotAcknowledgedError(LookupError):
    """The database was restored from a backup, and nobody has answered yet for what was lost."""


class Restores:
    """What is kept of restores."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def note(self, seal: str, as_at: datetime) -> int:
        """Note that this database was restored; its walls are said anew with the next migration."""
        return int(await self._pool.fetchval(NOTE, seal, as_at, FURTHER))

    async def note_engine_lost(self, at: datetime) -> None:
        """Note that the engine's state was lost and the record was not, unless a restore waits anyway."""
        await self._pool.execute(
            "insert into restores (seal, as_at, restored_at) select $1, $2, $2"
            " where not exists (select from restores where acknowledged_at is null)",
            NO_BACKUP,
            at,
        )

    async def newest(self) -> Restored | None:
        """The newest restore; None where there was none."""
        row = await self._pool.fetchrow(f"select {COLUMNS} from restores order by number desc limit 1")  # noqa: S608 - our own words
        return Restored.model_validate(dict(row)) if row else None

    async def waiting(self) -> Restored | None:
        """The restore for which nobody has answered."""
        found = await self.newest()
        return found if found and found.acknowledged_at is None else None

    async def unless_waiting(self) -> None:
        """Nothing, where the doors may open.

        Raises: NotAcknowledgedError: a restore has to be answered for first.
        """
        if found := await self.waiting():
            raise NotAcknowledgedError(
                f"This database was restored from a backup as of {found.as_at:%Y-%m-%d %H:%M} UTC, and "
                "nobody has answered for what was lost. Read it: starter.py backup reconcile. Then: "
                'starter.py backup acknowledge --reason "…" --as chief-executive'
            )

    async def acknowledge(
        self, number: int, at: datetime, who: tuple[str, str], why: str, found: str
    ) -> bool:
        """Note who answered, as what, why, and all that was found; False where somebody had answered."""
        person, role = who
        return bool(await self._pool.fetchval(ACKNOWLEDGE, number, at, person, role, why, found))

    async def last_entries(self) -> dict[str, tuple[Last, bool]]:
        """Of every cycle and programme the last entry, and whether it is over."""
        rows = await self._pool.fetch(LAST)
        return {row["reference"]: (Last.model_validate(dict(row)), row["over"]) for row in rows}

    async def mails_known(self, keys: Sequence[str]) -> set[str]:
        """Which of some notices were sent, as the database knows."""
        rows = await self._pool.fetch("select key from mails where key = any ($1)", list(keys))
        return {row["key"] for row in rows}

    async def hold(self, notices: Sequence[tuple[Notice, datetime]]) -> None:
        """Note of each notice that it is not sent, as of its own instant."""
        if notices:
            columns: list[list[Any]] = [
                [one.key for one, _ in notices],
                [one.cycle for one, _ in notices],
                [one.template for one, _ in notices],
                [at for _, at in notices],
            ]
            await self._pool.execute(HELD, *columns, WHY_HELD)

    async def others(self) -> dict[str, str]:
        """What else waits or is numbered, by name."""
        return {row["what"]: row["found"] for row in await self._pool.fetch(OTHERS) if row["found"]}
