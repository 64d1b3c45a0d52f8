"""The post after it was handed over: who got what, what came back, what is sent again, and what waits."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from schemas.notices import Notice
from schemas.posting import Again, Choice, Digest, Edition, Morning, Posted, Receipt, Waiting
from store.pool import Pool

COLUMNS = "reference, person, address, notice, at, state, state_at, why, again"

SENDING = """
insert into mail_recipients
    (reference, key, cycle, request, action, person, address, notice, at, state, state_at)
values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, 'sending', $9) on conflict (reference) do nothing
"""

HANDED_OVER = """
update mail_recipients set state = $2, state_at = $3, why = $4 where reference = $1 and state = 'sending'
"""

RECEIVED = """
update mail_recipients set state = $2, state_at = $3, why = $4
where reference = $1 and (state in ('sending', 'sent') or (state = 'delivered' and $2 = 'bounced'))
returning key
"""
"""The first word stands; but what was delivered may still come back, from a mailbox that forwards."""

SUMMED_UP = """
update mails m set delivery = s.state, delivery_at = s.at, delivery_why = s.why
from (select case when bool_or(state = 'bounced' and again is null) then 'bounced'
                  when bool_and(state = 'delivered' or again is not null) then 'delivered'
                  else 'sent' end as state,
             max(state_at) as at,
             min(why) filter (where state = 'bounced' and again is null) as why
      from mail_recipients where key = $1 having count(*) > 0) s
where m.key = $1 and (m.delivery, m.delivery_why) is distinct from (s.state, s.why)
"""

NOTE = "insert into access_log (at, person, role, what, cycle, reason) values ($1, $2, $3, $4, $5, $6)"

PUT_RIGHT = """
with was as (select id, address from people where id = $1 and address is distinct from $2 for update),
right_now as (update people p set address = $2 from was where p.id = was.id)
insert into people_changes (key, at, by, role, person, what, reason)
select $3, $4, $5, $6, id, array[case when address is null then 'address entered' else 'address changed' end],
       $7
from was on conflict (key) do nothing
"""
"""The directory's own record says it too, as for an address that is changed on the page of people."""

CLAIM = """
update digest_lines d set digest = 'digest/' || d.person || '/' || $1::text
from mail_choices c
where c.person = d.person and d.digest is null and (c.choice = 'daily' or $2)
"""

ANYWAY = """
update digest_lines d set digest = 'digest/' || d.person || '/' || $1::text
where d.digest is null and not exists (
    select from mail_choices c where c.person = d.person and c.choice in ('daily', 'weekly'))
"""
"""Whoever wants each letter again does not wait for what had been put by."""


class PostedReads:
    """What is asked of the post."""

    _pool: Pool

    async def posted(self, cycle: str, request: int | None = None, most: int = 50) -> list[Posted]:
        """To whom the messages of a cycle, or of one request, went, newest first."""
        rows = await self._pool.fetch(
            f"select {COLUMNS} from mail_recipients where cycle = $1 and ($2::int is null or request = $2)"  # noqa: S608 - names of this file
            " order by at desc, reference limit $3",
            cycle,
            request,
            most,
        )
        return [_posted(dict(row)) for row in rows]

    async def posted_as(self, reference: str) -> Posted | None:
        """One message to one person."""
        row = await self._pool.fetchrow(
            f"select {COLUMNS} from mail_recipients where reference = $1",  # noqa: S608 - names of this file
            reference,
        )
        return _posted(dict(row)) if row else None

    async def bounced_for(self, person: str, most: int = 20) -> list[Posted]:
        """What came back and nobody has sent again, in the open cycles that somebody opened, newest first."""
        rows = await self._pool.fetch(
            f"select {COLUMNS} from mail_recipients where state = 'bounced' and again is null"  # noqa: S608 - names of this file
            " and cycle in (select reference from cycles where opened_by = $1"
            "               and stage not in ('closed', 'cancelled'))"
            " order by state_at desc, reference limit $2",
            person,
            most,
        )
        return [_posted(dict(row)) for row in rows]


class Posting(PostedReads):
    """Keeps what became of the post. Every method may be repeated without harm."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def sending(self, notice: Notice, lines: Iterable[tuple[str, str, str]], at: datetime) -> None:
        """Note that a message is about to be handed over: for each, reference, person and address."""
        facts = json.dumps(notice.model_dump(mode="json"))
        for reference, person, address in lines:
            await self._pool.execute(
                SENDING, reference, notice.key, notice.cycle, notice.request, notice.action, person, address,
                facts, at,
            )  # fmt: skip

    async def handed_over(self, reference: str, at: datetime, why: str | None) -> None:
        """Note that the mail server took it, or why it did not."""
        await self._pool.execute(HANDED_OVER, reference, "bounced" if why else "sent", at, why)

    async def summed_up(self, key: str) -> None:
        """Bring a notice's own line up to what became of its messages."""
        await self._pool.execute(SUMMED_UP, key)

    async def received(self, receipt: Receipt) -> bool:
        """Note what became of a message; False where it is not ours, or was known."""
        key = await self._pool.fetchval(RECEIVED, receipt.reference, receipt.state, receipt.at, receipt.why)
        if key is not None:
            await self.summed_up(key)
        return key is not None

    async def send_again(self, again: Again, role: str) -> bool:
        """Put an address right and have the notice sent there, both on record; False where it was done."""
        async with self._pool.transaction() as connection:
            taken = await connection.fetchval(
                "update mail_recipients set again = $2 where reference = $1 and again is null returning key",
                again.reference,
                again.notice.key,
            )
            if taken is None:
                return False
            person = again.notice.to[0]
            await connection.execute(
                PUT_RIGHT, person, again.address, again.notice.key, again.at, again.by, role, again.why
            )
            await connection.execute(
                "insert into mails_again (key, reference, notice, address_was, address, why, by, at)"
                " values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8)",
                again.notice.key, again.reference, json.dumps(again.notice.model_dump(mode="json")),
                again.address_was, again.address, again.why, again.by, again.at,
            )  # fmt: skip
            what = f"put the mail address of {person} right and sent a letter again"
            await connection.execute(NOTE, again.at, again.by, role, what, again.notice.cycle, again.why)
            await connection.execute(SUMMED_UP, taken)
        return True

    async def to_send_again(self, most: int = 50) -> list[Notice]:
        """Notices that are to be sent once more and were not yet."""
        rows = await self._pool.fetch(
            "select notice from mails_again where sent_at is null order by at, key limit $1", most
        )
        return [Notice.model_validate_json(row["notice"]) for row in rows]

    async def sent_again(self, key: str, at: datetime) -> None:
        """Note that one was."""
        await self._pool.execute("update mails_again set sent_at = $2 where key = $1", key, at)


class Choosing:
    """How people want to hear of what may wait, what waits for them, and their calendars' addresses."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def choices(self, people: Sequence[str]) -> dict[str, Choice]:
        """What these people chose; who is not named wants each letter."""
        rows = await self._pool.fetch(
            "select person, choice from mail_choices where person = any($1::text[])", list(people)
        )
        return {row["person"]: row["choice"] for row in rows}

    async def choose(self, person: str, choice: Choice, at: datetime) -> None:
        """Keep what somebody chose."""
        await self._pool.execute(
            "insert into mail_choices (person, choice, at) values ($1, $2, $3)"
            " on conflict (person) do update set choice = excluded.choice, at = excluded.at",
            person,
            choice,
            at,
        )

    async def wait(self, lines: Iterable[Waiting]) -> None:
        """Put letters by for somebody's digest, each once."""
        for one in lines:
            await self._pool.execute(
                "insert into digest_lines (notice, person, cycle, subject, path, at)"
                " values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
                one.notice, one.person, one.cycle, one.subject, one.path, one.at,
            )  # fmt: skip

    async def begin_digests(self, morning: Morning) -> None:
        """Say which lines go out on a day; a line goes into one digest, once."""
        async with self._pool.transaction() as connection:
            await connection.execute(CLAIM, morning.on.isoformat(), morning.weekly)
            await connection.execute(ANYWAY, morning.on.isoformat())

    async def digests(self, most: int = 200) -> list[Digest]:
        """Digests that are to be sent and were not yet."""
        rows = await self._pool.fetch(
            "select * from digest_lines where digest in (select distinct digest from digest_lines"
            " where digest is not null and sent_at is null order by digest limit $1)"
            " order by digest, at, notice",
            most,
        )
        found: dict[str, list[Waiting]] = {}
        for row in rows:
            facts = {name: row[name] for name in Waiting.model_fields}
            found.setdefault(row["digest"], []).append(Waiting.model_validate(facts))
        return [Digest(key=key, person=lines[0].person, lines=tuple(lines)) for key, lines in found.items()]

    async def digest_sent(self, key: str, at: datetime) -> None:
        """Note that one was."""
        await self._pool.execute("update digest_lines set sent_at = $2 where digest = $1", key, at)

    async def calendar_number(self, person: str) -> int:
        """How often somebody has renewed the address of their calendar."""
        found = await self._pool.fetchval("select number from calendar_addresses where person = $1", person)
        return int(found or 0)

    async def renew_calendar(self, person: str, number: int, at: datetime) -> None:
        """Give somebody's calendar another address, from this number on; done twice, it is renewed once."""
        await self._pool.execute(
            "insert into calendar_addresses (person, number, at) values ($1, $2, $3)"
            " on conflict (person) do update set number = excluded.number, at = excluded.at"
            " where calendar_addresses.number < excluded.number",
            person,
            number,
            at,
        )


class LetterEditions:
    """An office's own words for letters, every edition of them."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def in_force(self) -> dict[str, Edition]:
        """The newest edition of every letter that has one, by name."""
        rows = await self._pool.fetch(
            "select distinct on (name) * from letter_editions order by name, version desc"
        )
        return {row["name"]: Edition.model_validate(dict(row)) for row in rows}

    async def editions(self, name: str) -> list[Edition]:
        """Every edition of a letter, newest first."""
        rows = await self._pool.fetch(
            "select * from letter_editions where name = $1 order by version desc", name
        )
        return [Edition.model_validate(dict(row)) for row in rows]

    async def keep_edition(self, edition: Edition) -> bool:
        """Keep the next edition; False where that number is given: somebody else was quicker."""
        done = await self._pool.fetchval(
            "insert into letter_editions (name, version, text, by, at, why) values ($1, $2, $3, $4, $5, $6)"
            " on conflict do nothing returning version",
            edition.name, edition.version, edition.text, edition.by, edition.at, edition.why,
        )  # fmt: skip
        return done is not None


def _posted(row: dict[str, object]) -> Posted:
    return Posted.model_validate({**row, "notice": json.loads(str(row["notice"]))})
