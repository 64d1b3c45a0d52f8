-- The feed that everybody may follow, in its own order: an entry comes out with the findings of its cycle, or where
-- those are out already, at its own position. Kept with the ledger in the statement that appends to it, so that
-- whoever follows reads the next hundred along an index, and does not sort all that is public for it.
create table public_feed (
    shown    bigint not null,
    position bigint not null,
    kind     text   not null,
    cycle    text   not null,
    primary key (shown, position) include (kind, cycle)
);
create index public_feed_cycle on public_feed (cycle, shown, position) include (kind);

-- What everybody hears of some cycles: nothing before findings are published, all of what is public from then on, and
-- while they are withdrawn only that they are. Findings that are published again bring it out again, at that position.
create function public_feed_again(cycles text[]) returns void language sql set search_path from current as $$
    delete from public_feed where cycle = any (cycles);
    with opened as materialized (
        select p.cycle, min(p.position) as position from ledger p
        where p.cycle = any (cycles) and p.kind in ('FindingsPublished', 'FindingsCorrected')
          and p.position > coalesce((select max(w.position) from ledger w
              where w.cycle = p.cycle and w.kind = 'FindingsWithdrawn'), 0)
        group by p.cycle
    )
    insert into public_feed (shown, position, kind, cycle)
    select greatest(l.position, o.position), l.position, l.kind, l.cycle
    from opened o join ledger l on l.cycle = o.cycle
    where l.kind <> 'FindingsWithdrawn' and l.public and l.marking = 'OFFICIAL'
    union all
    select l.position, l.position, l.kind, l.cycle from ledger l
    where l.cycle = any (cycles) and l.kind = 'FindingsWithdrawn' and l.public and l.marking = 'OFFICIAL';
$$;

create function ledger_is_heard() returns trigger language plpgsql security definer
set search_path from current as $$
declare
    turned text[] := array(select distinct n.cycle from newly n
        where n.kind in ('FindingsPublished', 'FindingsCorrected', 'FindingsWithdrawn'));
begin
    if cardinality(turned) > 0 then
        perform public_feed_again(turned);
    end if;
    insert into public_feed (shown, position, kind, cycle)
    select n.position, n.position, n.kind, n.cycle from newly n
    where n.public and n.marking = 'OFFICIAL' and n.cycle <> all (turned)
      and (select last.kind <> 'FindingsWithdrawn' from ledger last
           where last.cycle = n.cycle and last.kind in ('FindingsPublished', 'FindingsCorrected', 'FindingsWithdrawn')
           order by last.position desc limit 1);
    return null;
end $$;
create trigger ledger_is_heard after insert on ledger referencing new table as newly
    for each statement execute function ledger_is_heard();
revoke all on function public_feed_again(text[]) from public;

select public_feed_again(array(select distinct cycle from ledger
    where kind in ('FindingsPublished', 'FindingsCorrected', 'FindingsWithdrawn')));

-- The newest acts of one kind, however rare it is.
create index ledger_of_kind on ledger (kind, at desc, position desc);
