"""Published findings as everybody searches and takes them: by words, in parts, and how far they have got."""

import json
from collections.abc import AsyncGenerator, AsyncIterator

import asyncpg

from schemas.rows import PublicationRow
from schemas.searching import MARK_FROM, MARK_TO, Hit, Hits, Wanted
from store.pool import BATCH
from store.texts import TEXT, WORDS, TextReads

HEADLINE = (
    f'StartSel="{MARK_FROM}", StopSel="{MARK_TO}", MaxFragments=2, MaxWords=26, MinWords=10,'
    ' FragmentDelimiter=" … "'
)

MATCHING = """
from findings_search s, websearch_to_tsquery('english', $1) as query
where ($1 = '' or (not s.withdrawn and s.found_by @@ query))
  and ($2 = '' or s.theme = $2)
  and ($3 = '' or $3 = any (s.judgements))
  and ($4 = 0 or extract(year from s.published_at at time zone 'Europe/London') = $4)
  and (not $5 or (not s.withdrawn and exists (
      select from cycles c, jsonb_array_elements(c.state -> 'actions') a
      where c.reference = s.cycle and a ->> 'number' = any (s.actions)
        and a ->> 'state' not in ('verified', 'withdrawn'))))
"""

PAGE = f"""
with page as (
    select s.cycle, s.version, s.said, s.withdrawn, query, ts_rank_cd(s.found_by, query, 1) as rank
    {MATCHING}
    order by case when $1 = '' then 0 else ts_rank_cd(s.found_by, query, 1) end desc,
        s.published_at desc, s.cycle desc
    limit $6 offset $7
)
select p.cycle, p.version, p.published_at, p.fingerprint, p.theme, p.facts, p.withdrawn_at,
       t.words as withdrawal,
       case when $1 = '' then '' else ts_headline('english', page.said, query, $8) end as snippet
from page join publications p using (cycle, version) left join texts t on t.ref = p.withdrawal
order by case when $1 = '' then 0 else page.rank end desc, p.published_at desc, p.cycle desc
"""  # noqa: S608 - put together from our own words

COUNT = f"""
select (select count(*) {MATCHING}) as count, (select count(*) from findings_search) as published,
       $1 <> '' and numnode(websearch_to_tsquery('english', $1)) = 0 as common,
       (select coalesce(array_agg(distinct
            extract(year from published_at at time zone 'Europe/London')::integer), '{{}}')
        from findings_search) as years
"""  # noqa: S608 - put together from our own words

TAKEN = f"""
with found as (
    select s.cycle, s.version, ts_rank_cd(s.found_by, query, 1) as rank {MATCHING}
)
select count(*) over () as count, p.cycle, p.version, p.published_at, p.fingerprint, p.theme, p.facts,
       p.withdrawn_at, t.words as withdrawal
from found join publications p using (cycle, version) left join texts t on t.ref = p.withdrawal
order by case when $1 = '' then 0 else found.rank end desc, p.published_at desc, p.cycle desc
"""  # noqa: S608 - put together from our own words

AFTER = """
select p.cycle, version, published_at, fingerprint, theme, facts, withdrawn_at, t.words as withdrawal
from publications p left join texts t on t.ref = p.withdrawal
where (p.cycle, p.version) > ($1, $2) order by p.cycle, p.version limit 100
"""

PUBLISHED = """
concat_ws('.', (select count(*) from publications),
    (select count(*) from publications where withdrawn_at is not null),
    (select extract(epoch from max(imported_at)) from plans),
    (select md5(string_agg(concat_ws('|', cycle, version, at, condition, notice), ',' order by cycle))
     from releases))
"""
HOW_FAR = f"select {PUBLISHED} || '|' || (select last_value from ledger_position_seq)"  # noqa: S608 - our own words


class FindingReads(TextReads):
    """What can be asked about everything that was published."""

    async def search(self, wanted: Wanted, most: int = 20, skip: int = 0) -> Hits:
        """What was looked for: best match first where words were given, newest first otherwise."""
        facts = _asked(wanted)
        counted = await self._pool.fetchrow(COUNT, *facts)
        assert counted is not None
        rows = await self._pool.fetch(PAGE, *facts, most, skip, HEADLINE) if most else []
        found = zip(await self._published(rows), rows, strict=True)
        return Hits(
            hits=tuple(Hit(row=row, snippet=raw["snippet"]) for row, raw in found),
            count=counted["count"],
            published=counted["published"],
            years=tuple(sorted(counted["years"], reverse=True)),
            common=counted["common"],
        )

    async def every_hit(self, wanted: Wanted) -> AsyncGenerator[Hits]:
        """All that was looked for, some at a time, as it stands at one instant; how many in each of them."""
        async with self._pool.snapshot() as connection:
            found = await connection.cursor(TAKEN, *_asked(wanted))
            while rows := await found.fetch(BATCH):
                said = await connection.fetch(WORDS, _refs(rows))
                hits = _with_words(rows, {row["ref"]: row["words"] for row in said})
                yield Hits(hits=tuple(Hit(row=one) for one in hits), count=rows[0]["count"])

    async def every_publication(self) -> AsyncIterator[PublicationRow]:
        """Every version that was ever published, withdrawn ones too, in the order of their names."""
        after, version = "", 0
        while rows := await self._pool.fetch(AFTER, after, version):
            for row in await self._published(rows):
                yield row
                after, version = row.cycle, row.version

    async def public_mark(self) -> str:
        """How far the record has got: what was published, a bar, and everything that was ever recorded."""
        return str(await self._pool.fetchval(HOW_FAR))

    async def published_mark(self) -> str:
        """What stands before the bar alone."""
        return str(await self._pool.fetchval(f"select {PUBLISHED}"))

    async def withdrawn_count(self) -> int:
        """How many versions were withdrawn."""
        return int(
            await self._pool.fetchval("select count(*) from publications where withdrawn_at is not null")
        )

    async def _published(self, rows: list[asyncpg.Record]) -> list[PublicationRow]:
        return _with_words(rows, await self.words(set(_refs(rows))))


def _asked(wanted: Wanted) -> tuple[object, ...]:
    return wanted.words, wanted.objective, wanted.judgement, wanted.year, wanted.open


def _refs(rows: list[asyncpg.Record]) -> list[str]:
    return list({ref for row in rows for ref in TEXT.findall(row["facts"])})


def _with_words(rows: list[asyncpg.Record], words: dict[str, str]) -> list[PublicationRow]:
    return [
        PublicationRow.model_validate(
            {
                **{name: value for name, value in dict(row).items() if name not in ("snippet", "count")},
                "facts": json.loads(row["facts"]),
                "words": {ref: words[ref] for ref in TEXT.findall(row["facts"]) if ref in words},
            }
        )
        for row in rows
    ]
