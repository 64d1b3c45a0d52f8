"""The words in which rows are made again: which tables follow from the ledger, and how each is written."""

from typing import NamedTuple


class Table(NamedTuple):
    """A table whose rows follow from the ledger: its column that names the chain, and those of its key."""

    name: str
    key: tuple[str, ...]
    chain: str = "cycle"
    only: str = "true"
    """Which of its rows are compared."""

    @property
    def names(self) -> dict[str, str]:
        """For the statements below."""
        return {"table": self.name, "chain": self.chain, "only": self.only}


KEPT_WORDS = "exists (select from texts x where x.ref = t.ref)"
"""Where words stand that are erased, or were never kept, opens nothing to anybody."""

TABLES = (
    Table("run_lines", ("cycle",)),
    Table("run_answers", ("cycle", "request")),
    Table("runs", ("cycle",)),
    Table("duties_ahead", ("cycle",)),
    Table("commitments_heard", ("cycle", "commitment")),
    Table("findings_search", ("cycle",)),
    Table("public_feed", ("cycle", "position")),
    Table("publications", ("cycle", "version")),
    Table("text_places", ("cycle", "ref", "part"), only=KEPT_WORDS),
    Table("file_places", ("cycle", "digest", "part")),
    Table("cycle_titles", ("cycle",)),
    Table("cycle_access", ("cycle", "who", "part")),
    Table("needs", ("cycle", "key")),
    Table("open_actions", ("cycle", "number")),
    Table("cycle_sessions", ("cycle", "number")),
    Table("colleagues", ("cycle", "number", "person")),
    Table("left_open", ("cycle", "key")),
    Table("asked_about", ("cycle", "commitment")),
    Table("releases", ("cycle",)),
    Table("deadlines", ("cycle", "key")),
    Table("requests", ("cycle", "number")),
    Table("cycles", ("reference",), chain="reference"),
    Table("programmes", ("reference",), chain="reference"),
)
"""In the order in which they are taken away."""
BEHIND_THE_LEDGER = frozenset({"run_lines", "run_answers", "runs", "duties_ahead"})

ROWLESS = """
select exists (
    select from unnest($1::text[]) as named (chain)
    where not exists (select from cycles c where c.reference = chain)
      and not exists (select from programmes p where p.reference = chain))
"""
NONE_BEGINS = "lock table cycles in share mode"
"""A chain without a row has nothing to hold: an act that began it meanwhile would be half taken away."""
HOLD = """
select from (select from cycles where reference = any ($1::text[]) order by reference for update) as c
"""
BEHIND = "select cycle from runs_behind where cycle = any ($1::text[])"
FROZEN = "select * from publications where cycle = any ($1::text[])"
STANDING = "select to_jsonb(t) as row from {table} t where {chain} = any ($1::text[]) and {only}"
REMOVE = "delete from {table} where {chain} = any ($1::text[])"
ENTRIES_OF = "{0} where {1} = any ($1::text[]) order by {1}, version"

CHAINS = """
select chain from (
    (select distinct cycle as chain from ledger where cycle > $1 order by 1 limit $2)
    union (select reference from cycles where reference > $1 order by 1 limit $2)
    union (select distinct programme from programme_ledger where programme > $1 order by 1 limit $2)
    union (select reference from programmes where reference > $1 order by 1 limit $2)
) as named order by chain limit $2
"""
SOME = """
select reference as chain from (
    select reference from cycles union all select reference from programmes) as named
order by md5($1 || reference) limit $2
"""

CYCLE = """
with cycle_row as (
    insert into cycles (reference, version, stage, title, theme, opened_by, opened_at, changed_at, session_at,
                        paused, state, boards_version, boards_edition)
    select reference, version, stage, title, theme, opened_by, opened_at, changed_at, session_at,
           paused, $3::jsonb, case when $8 then version else 0 end, $7
    from jsonb_to_record($2::jsonb) as c (
        reference text, version integer, stage text, title text, theme text, opened_by text,
        opened_at timestamptz, changed_at timestamptz, session_at timestamptz, paused boolean)
), request_rows as (
    insert into requests (cycle, number, lead, state, title, form, due_at, missed)
    select $1, number, lead, state, title, form, due_at, missed
    from jsonb_to_recordset($4::jsonb) as r (
        number integer, lead text, state text, title text, form text, due_at timestamptz, missed boolean)
), deadline_rows as (
    insert into deadlines (cycle, key, what, number, title, owner, due_at, missed, done)
    select $1, key, what, number, title, owner, due_at, missed, done
    from jsonb_to_recordset($5::jsonb) as d (
        key text, what text, number text, title text, owner text, due_at timestamptz,
        missed boolean, done boolean)
)
insert into releases (cycle, version, at, condition, title, notice)
select $1, version, at, condition, title, notice
from jsonb_to_recordset($6::jsonb) as r (
    version integer, at timestamptz, condition text, title text, notice text)
"""
BOARDS = "select keep_boards($1, $2::jsonb)"
PUBLICATION = """
insert into publications (cycle, version, published_at, fingerprint, theme, facts, withdrawn_at, withdrawal)
values ($1, $2, $3, $4, $5::jsonb ->> 'theme', $5::jsonb, $6, $7)
"""
PROGRAMME = """
insert into programmes (reference, version, opened_at, changed_at, state) values ($1, $2, $3, $4, $5::jsonb)
"""

PLACES = (
    """
insert into text_places (ref, cycle, part)
select p.ref, l.cycle, p.part from ledger l, places_of(l.cycle, l.kind, l.event) p
where l.cycle = any ($1::text[]) and p.ref like 'text:%' and p.ref <> $2 on conflict do nothing
""",
    """
insert into file_places (digest, cycle, part)
select p.ref, l.cycle, p.part from ledger l, places_of(l.cycle, l.kind, l.event) p
where l.cycle = any ($1::text[]) and p.ref not like 'text:%' and p.ref <> $2
  and l.event::text like '%"digest"%' on conflict do nothing
""",
    """
insert into text_places (ref, cycle, part)
select distinct hit[1], l.programme, 'office'
from programme_ledger l, regexp_matches(l.event::text, '"(text:[0-9a-f]{64})"', 'g') as hit
where l.programme = any ($1::text[]) and hit[1] <> $2 on conflict do nothing
""",
    """
insert into text_places (ref, cycle, part)
select 'text:' || (event ->> 'table'), programme, 'office' from programme_ledger
where programme = any ($1::text[]) and kind = 'DeliveryFrozen' and 'text:' || (event ->> 'table') <> $2
on conflict do nothing
""",
    """
delete from text_places t where cycle = any ($1::text[])
  and (ref = $2 or not exists (select from texts x where x.ref = t.ref)
       and exists (select from erasures e where e.chain = t.cycle))
""",
)
"""Where texts and files stand: as the triggers of the ledger put them; what was erased stands nowhere."""

HEARD = "select public_feed_again($1::text[])"
"""What everybody hears of a cycle, in the feed's own order: as the ledger's trigger keeps it."""

NOT_BEHIND = """
delete from runs_behind b where cycle = any ($1::text[])
  and not exists (select from cycles c where c.reference = b.cycle)
"""
"""Of a cycle that there is not, nothing is to be counted."""
NO_NEWS = "delete from follower_news where cycle = any ($1::text[]) and xmin = pg_current_xact_id()::xid"
"""What is made again is news to nobody."""
