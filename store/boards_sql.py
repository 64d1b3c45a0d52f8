"""The statements of the boards: each gives one page, and in its first columns how much there is in all."""

from schemas.counted import MOST_COUNTED

NEEDS = """
with mine as materialized (
    select cycle, key, at, case when late_at <= $3 then 0 when can_wait then 2 else 1 end as place
    from needs where whom = any($1) and but_not is distinct from $2 and shows_at <= $3
), counted as (
    select count(*) as all, count(*) filter (where place < 2) as today from mine
), page as (
    select * from mine order by place, at, cycle, key limit $4 offset $5
)
select counted.all, counted.today, n.cycle, coalesce(ct.words, '') as cycle_title, n.key, n.what, n.number,
       coalesce(t.words, '') as title, n.at, (array['late', 'today', 'later'])[page.place + 1] as state
from counted left join page on true
left join needs n on n.cycle = page.cycle and n.key = page.key
left join cycles c on c.reference = n.cycle left join texts ct on ct.ref = c.title
left join texts t on t.ref = n.title
order by page.place, page.at, page.cycle, page.key
"""
ACTIONS = """
with sought as (
    select *, state = 'confirmed' and (missed or due_at < $3) as late from open_actions
    where ($1::text is null or owner = $1) and ($6::text is null or state = $6)
), found as (
    select * from sought where late or not $2
), page as (
    select * from found order by due_at, number, cycle limit $4 offset $5
)
select counted.all, a.cycle, coalesce(ct.words, '') as cycle_title, a.number, coalesce(t.words, '') as what,
       coalesce(p.title, a.owner) as owner, a.state, a.due_at, a.due_on, a.late, a.moves, a.slips,
       a.assessment, a.carried_at
from (select count(*) as all from found) counted left join page a on true
left join cycles c on c.reference = a.cycle left join texts ct on ct.ref = c.title
left join texts t on t.ref = a.what left join people p on p.id = a.owner
order by a.due_at, a.number, a.cycle
"""
OWNERS = """
with recursive owing as (
    (select min(owner) as owner from open_actions)
    union all
    select (select min(owner) from open_actions where owner > owing.owner) from owing where owner is not null
)
select o.owner as id, coalesce(p.title, o.owner) as title
from owing o left join people p on p.id = o.owner where o.owner is not null order by title
"""
SESSIONS = """
with lines as (
    select line, min(starts_at) as starts_at from cycle_sessions group by line having bool_or(coming) = $1
), page as (
    select * from lines
    order by case when $1 then starts_at end, case when not $1 then starts_at end desc, line
    limit $2 offset $3
)
select counted.all, s.cycle, s.number, s.meeting, s.forum, s.starts_at, s.cancelled, s.given_at, s.given_late,
       d.due_at as owed_at, coalesce(d.missed, false) as owed_missed, on_it.cycles
from (select count(*) as all from lines) counted left join page on true
left join lateral (
    select * from cycle_sessions where line = page.line order by cancelled, cycle, number limit 1) s on true
left join deadlines d on d.cycle = s.cycle
    and d.key = case when s.forum = 'panel' then 'panel-notice/' else 'notice/' end || s.number
left join lateral (
    select jsonb_agg(jsonb_build_array(o.cycle, coalesce((
        select t.words from cycles c join texts t on t.ref = c.title where c.reference = o.cycle), ''))
        order by o.cycle) as cycles
    from cycle_sessions o where o.line = page.line) on_it on true
order by case when $1 then page.starts_at end, case when not $1 then page.starts_at end desc, page.line
"""
_OF_LEAD = """
with mine as (
    select cycle, number, due_at from requests where lead = $5 and (state = any ($1)) = $2
    union all
    select r.cycle, r.number, r.due_at
    from colleagues a join requests r on r.cycle = a.cycle and r.number = a.number
    where a.person = $5 and r.lead <> $5 and (a.until_on is null or a.until_on >= $6)
      and (r.state = any ($1)) = $2
), sought as ("""
_OF_ALL = """
with mine as not materialized (
    select cycle, number, due_at from requests where (state = any ($1)) = $2
), sought as not materialized ("""
_TASKS = """
    select * from mine where cycle not in (select reference from cycles where stage = 'cancelled')
), page as (
    select * from sought order by due_at nulls last, cycle, number limit $3 offset $4
)
select counted.all, r.cycle, r.number, coalesce(t.words, '') as title, coalesce(ct.words, '') as cycle_title,
       r.state, r.form, r.due_at, r.missed
from (select count(*) as all from sought) counted left join page on true
left join requests r on r.cycle = page.cycle and r.number = page.number
left join cycles c on c.reference = r.cycle
left join texts t on t.ref = r.title left join texts ct on ct.ref = c.title
order by page.due_at nulls last, page.cycle, page.number
"""
TASKS_OF_LEAD = _OF_LEAD + _TASKS
TASKS_OF_ALL = _OF_ALL + _TASKS
"""Counted in one pass and read along an index: kept as a table in between, all that was ever answered
took twice as long."""
LENT = """
with lent as (
    select * from left_open where cycle <> all ($1) and (from_on is null or from_on <= $2)
)
select counted.all, l.cycle, l.title, l.why, l.request, l.action
from (select count(*) as all from lent) counted
left join (select * from lent order by from_on nulls first, cycle, key limit $3) l on true
order by l.from_on nulls first, l.cycle, l.key
"""
MINE = """
with mine as (
    select reference, stage, title, theme, opened_by, opened_at, changed_at, session_at, paused
    from cycles where stage not in ('closed', 'cancelled') and ($1::text is null or opened_by = $1)
), page as (
    select * from mine order by changed_at desc, reference limit $2 offset $3
)
select counted.all, c.reference, c.stage, coalesce(t.words, '') as title, c.theme, c.opened_by, c.opened_at,
       c.changed_at, c.session_at, c.paused, d.open_requests, d.late, d.next_due_at
from (select count(*) as all from mine) counted left join page c on true
left join texts t on t.ref = c.title
left join lateral (
    select count(*) filter (where what = 'return') as open_requests,
           count(*) filter (where missed) as late, min(due_at) filter (where due_at >= $4) as next_due_at
    from deadlines where cycle = c.reference and not done) d on true
order by c.changed_at desc, c.reference
"""
NEXT = (
    "select cycle, what, due_at from deadlines where not done and due_at > $1 order by due_at, cycle limit 1"
)
SOONEST = """
with page as (
    select * from deadlines
    where not done and what = $1 and ($2::timestamptz is null or due_at >= $2)
    order by due_at, cycle, key limit $3
)
select d.cycle, coalesce(ct.words, '') as cycle_title, d.key, d.what, d.number,
       coalesce(t.words, '') as title, d.owner, p.title as owner_title, d.due_at, d.missed, d.done
from page d left join cycles c on c.reference = d.cycle
left join texts ct on ct.ref = c.title left join texts t on t.ref = d.title
left join people p on p.id = d.owner order by d.due_at, d.cycle, d.key
"""
STALE = """
select reference, state from cycles where boards_edition < $1 or boards_version <> version
order by reference limit $2 for update
"""
RENEW = """
with made as (select keep_boards($1, $2::jsonb))
update cycles set boards_version = version, boards_edition = $3
where reference = $1 and (select count(*) from made) = 1
"""
MEETINGS_TO_JOIN = """
select meeting, min(starts_at) as starts_at from cycle_sessions
where meeting is not null and coming and forum = $1
  and meeting not in (select meeting from cycle_sessions where cycle = $2 and meeting is not null)
group by meeting order by starts_at, meeting limit $3
"""
CHOICES = """
with found as (
    select reference, title, changed_at from cycles c
    where stage not in ('closed', 'cancelled')
      and ($1 = '' or strpos(reference, upper($1)) > 0 or reference in (
          select cycle from cycle_titles where strpos(sought, lower($1)) > 0))
), page as (
    (select * from found order by changed_at desc, reference limit $3)
    union select reference, title, changed_at from cycles
    where reference = any ($2) and stage not in ('closed', 'cancelled')
)
select counted.all, page.reference, coalesce(t.words, '') as title
from (select count(*) as all from found) counted
left join page on true left join texts t on t.ref = page.title
order by page.changed_at desc, page.reference
"""
JOINABLE = """
with found as (
    select s.cycle, s.number, s.starts_at, s.meeting from cycle_sessions s
    where s.coming and s.forum = $1 and s.meeting is distinct from $2
      and ($3 = '' or strpos(s.cycle, upper($3)) > 0 or s.line = $4 or s.cycle in (
          select cycle from cycle_titles where strpos(sought, lower($3)) > 0))
), page as (
    select * from found order by cycle || '/' || number = $4 desc, starts_at, cycle, number limit $5
)
select counted.all, page.*, coalesce(t.words, '') as title
from (select count(*) as all from found) counted left join page on true
left join cycles c on c.reference = page.cycle left join texts t on t.ref = c.title
order by page.starts_at, page.cycle, page.number
"""


def owed(*, of_one: bool, of_kind: bool) -> str:
    """Deadlines that are still owed, of one owner or of one kind: each part counted along its own index."""
    whose = "owner = $1" if of_one else "$1::text is null"
    what = "what = $2" if of_kind else "$2::text is null"
    sought = f"from deadlines where not done and {whose} and {what}"
    parts = {
        "late": "due_at <= $3",
        "soon": "due_at > $3 and due_at < $4",
        "later": "due_at > $3 and due_at >= $4",
    }
    counts = ", ".join(
        f"(select count(*) from (select {sought} and {part} limit {MOST_COUNTED + 1}) c) as {name}"  # noqa: S608 - our own words
        for name, part in parts.items()
    )
    return f"""
with counted as (
    select {counts}
), page as (
    select cycle, key, due_at {sought} order by due_at, cycle, key limit $5 offset $6
)
select counted.late, counted.soon, counted.later, d.cycle, coalesce(ct.words, '') as cycle_title, d.key,
       d.what, d.number, coalesce(t.words, '') as title, d.owner, p.title as owner_title, d.due_at, d.missed,
       d.done
from counted left join page on true
left join deadlines d on d.cycle = page.cycle and d.key = page.key
left join cycles c on c.reference = d.cycle left join texts ct on ct.ref = c.title
left join texts t on t.ref = d.title left join people p on p.id = d.owner
order by page.due_at, page.cycle, page.key
"""  # noqa: S608 - our own words


OWING = """
with recursive owing as (
    (select min(owner) as owner from deadlines where not done)
    union all
    select (select min(owner) from deadlines where not done and owner > owing.owner)
    from owing where owner is not null
)
select o.owner as id, coalesce(p.title, o.owner) as title
from owing o left join people p on p.id = o.owner where o.owner is not null order by title
"""
CONCERNING = """
with due as (
    select cycle, min(due_at) as due_at from deadlines
    where not done and ($1::text[] is null or owner = any ($1)) group by cycle
), named as (
    select cycle from deadlines where owner = any ($1)
    union select cycle from colleagues where person = any ($1)
    union select reference from cycles where opened_by = any ($1)
), concerning as (
    select c.reference, due.due_at from cycles c left join due on due.cycle = c.reference
    where (c.stage not in ('closed', 'cancelled') or c.changed_at >= $3) and ($2 = '' or c.reference = $2)
      and ($1::text[] is null or c.reference in (select cycle from named))
), page as (
    select * from concerning order by due_at nulls last, reference limit $4 offset $5
)
select counted.all, c.stage, c.state
from (select count(*) as all from concerning) counted left join page on true
left join cycles c on c.reference = page.reference
order by page.due_at nulls last, page.reference
"""
