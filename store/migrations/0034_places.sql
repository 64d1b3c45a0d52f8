-- Where texts and files stand, once: whoever sees the whole of a cycle sees what stands in any of its parts, so a text
-- that stands in a part need not stand in the whole as well. That was two rows of five for each text of a request.
create or replace function places_of(which text, kind text, event jsonb)
returns table (ref text, part text) language sql stable as $$
    with said as (
        select event as facts, 'whole' as part
        union all
        select d.event, 'fact_check' from ledger d
        where places_of.kind = 'FactCheckInvited' and d.cycle = which and d.kind = 'FindingsDrafted'
          and d.event ->> 'version' = places_of.event ->> 'version'
        union all
        -- what is planned and not asked yet is the office's own
        select event - 'planned' - 'moved', part_of(kind, event)
        where part_of(kind, event) <> 'whole'
        union all
        select jsonb_build_object('title', event -> 'title'), 'any' where kind = 'CycleOpened'
        union all
        select jsonb_build_object('question', event -> 'question'), one
        from unnest(array['asked', 'published']) one where kind = 'CycleOpened'
        union all
        select event -> 'called', 'any' where kind = 'CycleOpened' and event -> 'called' is not null
        union all
        select event, 'open' where kind = 'ReleaseScheduled'
    ), hits as (
        select distinct hit[1] as ref, said.part
        from said, regexp_matches(said.facts::text, '"(text:[0-9a-f]{64}|[0-9a-f]{64})"', 'g') as hit
    )
    select h.ref, h.part from hits h
    where h.part <> 'whole' or not exists (select from hits o where o.ref = h.ref and o.part <> 'whole')
$$;

create temporary table only_whole on commit drop as
    select distinct p.ref, l.cycle from ledger l, places_of(l.cycle, l.kind, l.event) p where p.part = 'whole';
create index on only_whole (cycle, ref);
delete from text_places t where t.part = 'whole'
    and not exists (select from only_whole o where o.cycle = t.cycle and o.ref = t.ref);
delete from file_places f where f.part = 'whole'
    and not exists (select from only_whole o where o.cycle = f.cycle and o.ref = f.digest);
