"""The ledger: entries are appended and rows refreshed in one statement, once, whatever is retried."""

import json
from datetime import datetime
from typing import Any

import asyncpg

from schemas.chain import Said, genesis
from schemas.cycle import Cycle
from schemas.records import Entry, Standing, Writing
from schemas.shape import Shape
from store.chain import sealed
from store.out_tray import OutTray
from store.pool import Pool

APPEND = """
with incoming as (
    select * from jsonb_to_recordset($1::jsonb) as e (
        cycle text, version integer, at timestamptz, actor jsonb, key text, content text,
        marking text, public boolean, event jsonb)
), before as (
    select version, link from ledger where cycle = $2 order by version desc limit 1
), appended as (
    insert into ledger (cycle, version, kind, at, actor, key, content, marking, public, event, recorded_at,
                        salt, link)
    select cycle, version, event ->> 'kind', at, actor, key, content, marking, public, event, now(),
           ($13::bytea[])[version - $3 + 1],
           chained(coalesce((select link from before), $14::bytea),
                   chain_step(($12::bytea[])[version - $3 + 1], now())) over (order by version)
    from incoming
    where coalesce((select version from before), 0) = $3 - 1
    returning version
), cycle_row as (
    insert into cycles (reference, version, stage, title, theme, opened_by, opened_at, changed_at,
                        session_at, paused, state, boards_version, boards_edition)
    select reference, version, stage, title, theme, opened_by, opened_at, changed_at, session_at,
           paused, $5::jsonb, case when $11::jsonb is null then 0 else version end,
           coalesce(($11::jsonb ->> 'edition')::integer, 0)
    from jsonb_to_record($4::jsonb) as c (
        reference text, version integer, stage text, title text, theme text, opened_by text,
        opened_at timestamptz, changed_at timestamptz, session_at timestamptz, paused boolean)
    where exists (select from appended)
    on conflict (reference) do update set version = excluded.version, stage = excluded.stage,
        changed_at = excluded.changed_at, session_at = excluded.session_at,
        paused = excluded.paused, state = excluded.state,
        boards_version = excluded.boards_version, boards_edition = excluded.boards_edition
    returning reference
), request_rows as (
    insert into requests (cycle, number, lead, state, title, form, due_at, missed)
    select $2, number, lead, state, title, form, due_at, missed
    from jsonb_to_recordset($6::jsonb) as r (
        number integer, lead text, state text, title text, form text, due_at timestamptz,
        missed boolean)
    where exists (select from appended)
    on conflict (cycle, number) do update set lead = excluded.lead, state = excluded.state,
        title = excluded.title, form = excluded.form, due_at = excluded.due_at, missed = excluded.missed
    where (requests.lead, requests.state, requests.title, requests.form, requests.due_at,
           requests.missed) is distinct from
          (excluded.lead, excluded.state, excluded.title, excluded.form, excluded.due_at,
           excluded.missed)
), wanted as (
    select * from jsonb_to_recordset($7::jsonb) as d (
        key text, what text, number text, title text, owner text, due_at timestamptz,
        missed boolean, done boolean)
), deadline_rows as (
    insert into deadlines (cycle, key, what, number, title, owner, due_at, missed, done)
    select $2, key, what, number, title, owner, due_at, missed, done from wanted
    where exists (select from appended)
    on conflict (cycle, key) do update set title = excluded.title, owner = excluded.owner,
        due_at = excluded.due_at, missed = excluded.missed, done = excluded.done
    where (deadlines.title, deadlines.owner, deadlines.due_at, deadlines.missed, deadlines.done)
        is distinct from
          (excluded.title, excluded.owner, excluded.due_at, excluded.missed, excluded.done)
), gone as (
    delete from deadlines where cycle = $2 and exists (select from appended)
        and key not in (select key from wanted)
), publication_row as (
    insert into publications (cycle, version, published_at, fingerprint, theme, facts)
    select $2, version, published_at, fingerprint, facts ->> 'theme', facts
    from jsonb_to_recordset($8::jsonb) as p (
        version integer, published_at timestamptz, fingerprint text, facts jsonb)
    where exists (select from appended)
    on conflict (cycle, version) do nothing
), withdrawn as (
    update publications set withdrawn_at = w.at, withdrawal = w.notice
    from jsonb_to_recordset($9::jsonb) as w (at timestamptz, notice text)
    where cycle = $2 and withdrawn_at is null and exists (select from appended)
), awaited as (
    select * from jsonb_to_recordset($10::jsonb) as r (
        version integer, at timestamptz, condition text, title text, notice text)
), release_row as (
    insert into releases (cycle, version, at, condition, title, notice)
    select $2, version, at, condition, title, notice from awaited
    where exists (select from appended)
    on conflict (cycle) do update set version = excluded.version, at = excluded.at,
        condition = excluded.condition, title = excluded.title, notice = excluded.notice
), no_release as (
    delete from releases where cycle = $2 and exists (select from appended)
        and not exists (select from awaited)
), letters_left as (
    insert into out_tray (key, cycle, notice)
    select notice ->> 'key', $2, notice
    from jsonb_array_elements($15::jsonb) with ordinality as l (notice, place)
    where exists (select from appended)
    order by place
    on conflict (key) do nothing
)
select count(*), (select keep_boards(reference, $11::jsonb) from cycle_row where $11::jsonb is not null)
from appended
"""


ENTRIES = "select cycle, version, at, actor, key, content, marking, public, event from ledger"
"""The columns that `entry_of` makes an entry of."""


class LedgerGapError(Exception):
    """An entry came that does not follow the newest one: a bug, never a retry."""


class Ledger:
    """Writes one cycle's acts. The workflow of that cycle is the only caller."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.letters = OutTray(pool, self.entries)

    async def record(self, writing: Writing) -> Standing:
        """Append entries and refresh rows; say what stands there instead where others came first.

        Raises: LedgerGapError: an entry before these is missing.
        """
        first = writing.entries[0]
        try:
            appended = await self._pool.fetchval(APPEND, *_arguments(writing))
        except asyncpg.UniqueViolationError:
            appended = 0
        if appended == len(writing.entries):
            return Standing()
        found = await self.entries(first.cycle, since=first.version)
        if not found:
            raise LedgerGapError(f"{first.cycle}: nothing stands before entry {first.version}")
        ours = [(one.version, one.key, one.content) for one in writing.entries]
        theirs = [(one.version, one.key, one.content) for one in found]
        return (
            Standing()
            if ours == theirs and found == list(writing.entries)
            else Standing(entries=tuple(found))
        )

    async def entries(self, cycle: str, since: int = 1) -> list[Entry]:
        """The entries of a cycle from a version on, oldest first."""
        rows = await self._pool.fetch(
            ENTRIES + " where cycle = $1 and version >= $2 order by version",
            cycle,
            since,
        )
        return [entry_of(row) for row in rows]


def entry_of(row: asyncpg.Record) -> Entry:
    """One entry from its row."""
    facts = dict(row)
    return Entry.model_validate(
        {**facts, "actor": json.loads(facts["actor"]), "event": json.loads(facts["event"])}
    )


def _arguments(writing: Writing) -> tuple[Any, ...]:
    rows, chain = rows_of(writing), writing.cycle.reference
    said = [said_of(one, entry.at) for one, entry in zip(json.loads(rows[0]), writing.entries, strict=True)]
    began = genesis(chain) if writing.entries[0].version == 1 else None
    letters = "[" + ",".join(one.model_dump_json() for one in writing.letters) + "]"
    return *rows, *sealed(said), began, letters


def rows_of(writing: Writing) -> tuple[Any, ...]:
    """What APPEND is given of an act besides its chain, the entries first."""
    cycle = writing.cycle
    return (
        "[" + ",".join(one.model_dump_json() for one in writing.entries) + "]",
        cycle.reference,
        writing.entries[0].version,
        json.dumps(cycle_row(writing), default=str),
        cycle.model_dump_json(),
        json.dumps(request_rows(cycle), default=str),
        "[" + ",".join(one.model_dump_json() for one in writing.deadlines) + "]",
        _one_or_none(writing.publication),
        _one_or_none(writing.withdrawal),
        _one_or_none(writing.placeholder),
        writing.boards.model_dump_json() if writing.boards else None,
    )


def said_of(entry: dict[str, Any], at: datetime) -> Said:
    """An entry as its chain has it, from its JSON as it will stand in the row."""
    return Said(
        chain=entry.get("cycle") or entry["programme"],
        version=entry["version"],
        kind=entry["event"]["kind"],
        at=at,
        actor=entry["actor"],
        key=entry["key"],
        content=entry["content"],
        marking=entry["marking"],
        public=entry.get("public", False),
        event=entry["event"],
    )


def _one_or_none(row: Shape | None) -> str:
    return f"[{row.model_dump_json()}]" if row else "[]"


def cycle_row(writing: Writing) -> dict[str, Any]:
    """What stands of a cycle in its own row, its state left out."""
    cycle = writing.cycle
    coming = next((one for one in cycle.sessions if one.coming), None)
    stands = [one for one in cycle.sessions if one.cancelled_at is None]
    session = coming or (stands[-1] if stands else None)
    return {
        "reference": cycle.reference,
        "version": cycle.version,
        "stage": writing.stage,
        "title": cycle.title,
        "theme": cycle.theme,
        "opened_by": cycle.opened_by.person,
        "opened_at": cycle.opened_at,
        "changed_at": cycle.changed_at,
        "session_at": session.starts_at if session else None,
        "paused": cycle.paused_at is not None,
    }


def request_rows(cycle: Cycle) -> list[dict[str, Any]]:
    """A row for each of its requests."""
    return [
        {
            "number": one.number,
            "lead": one.draft.lead,
            "state": one.state,
            "title": one.draft.title,
            "form": one.draft.form,
            "due_at": one.due.at if one.due else None,
            "missed": one.late,
        }
        for one in cycle.requests
    ]
