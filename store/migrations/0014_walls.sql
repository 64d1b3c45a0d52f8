-- Who may see what, decided below the pages. Who sees it is a list of keys (rules.acting.seeing.keys_of); what is
-- seen is a part of a cycle (rules.acting.seeing.part_of); this says which key opens which part of which cycle.
-- `until`: it opens only up to then.
create table cycle_access (
    cycle text not null,
    who   text not null,
    part  text not null,
    until timestamptz,
    primary key (cycle, who, part)
);
create index cycle_access_who on cycle_access (who, part);

-- In which parts of which cycles a text or a file stands. `any`: whoever sees anything of the cycle reads it;
-- `open`: everybody does.
create table text_places (
    ref   text not null,
    cycle text not null,
    part  text not null,
    primary key (ref, cycle, part)
);
create table file_places (
    digest text not null,
    cycle  text not null,
    part   text not null,
    primary key (digest, cycle, part)
);

-- A cycle that only named people of the office may see, and everybody who was ever named.
create table restrictions (
    cycle  text        primary key,
    named  text[]      not null check (cardinality(named) > 0),
    reason text        not null,
    by     text        not null,
    at     timestamptz not null
);

-- Whoever opened one all the same, until when and why. The log of access has it for ever; this ends.
create table openings (
    cycle  text        not null,
    person text        not null,
    role   text        not null,
    reason text        not null check (length(reason) between 1 and 2000),
    at     timestamptz not null,
    until  timestamptz not null check (until > at),
    primary key (cycle, person, at)
);
create index openings_until on openings (until desc);

-- The part of a cycle to which an entry of its ledger belongs.
create function part_of(kind text, event jsonb) returns text language sql immutable parallel safe as $$
    select case
        when kind in ('EvidenceRequested', 'RequestWithdrawn', 'RequestAcknowledged', 'RequestAmended',
                      'RequestDelegated', 'RequestReassigned', 'RequestEscalated', 'ReturnSubmitted',
                      'ReturnSentBack', 'ReturnAccepted', 'ReturnCertified', 'ExtensionRequested',
                      'ExtensionGranted', 'ExtensionRefused', 'ReminderDelivered', 'ReminderBounced',
                      'ClarificationAsked', 'ClarificationAnswered', 'ClockSuspended', 'ClockResumed',
                      'NonResponseDeemed', 'SensitivityClaimed', 'SensitivityDecided', 'SensitivityLapsed')
            then 'request/' || (event ->> 'request')
        when kind in ('ActionProposed', 'ActionConfirmed', 'ActionClaimedDone', 'ActionVerified',
                      'ActionDisputed', 'ActionWithdrawn', 'ActionDateAsked', 'ActionDateMoved',
                      'ActionDateKept', 'ActionSlipped', 'ActionEscalated', 'ActionReopened',
                      'ActionPassedOn', 'ProgressAsked', 'ProgressReported')
            then 'action/' || (event ->> 'action')
        when kind in ('SessionFixed', 'SessionMoved', 'SessionCancelled', 'AgendaPublished',
                      'PapersPublished') then 'session'
        when kind in ('SessionHeld', 'InterestDeclared', 'QuestionAsked', 'AnswerRecorded', 'VoteRecorded')
            then 'meeting'
        when kind in ('FactCheckInvited', 'FactCheckReceived', 'FactCheckDeemed') then 'fact_check'
        when kind = 'BodySucceeded' then 'any'
        when kind = 'FindingsWithdrawn' then 'open'
        else 'whole'
    end
$$;

-- The part to which something owed belongs.
create function part_owed(what text, number text) returns text language sql immutable parallel safe as $$
    select case what when 'return' then 'request/' || number when 'action' then 'action/' || number
        when 'fact_check' then 'fact_check' else 'session' end
$$;

create function end_of(day text) returns timestamptz language sql immutable as $$
    select ((day::date + 1)::timestamp) at time zone 'Europe/London'
$$;

-- The organisations of the force to which some people belong.
create function forces_of(who text[]) returns table (force text) language sql stable as $$
    select distinct organisation from people
    where id = any (who) and role in ('chief_constable', 'thematic_lead', 'force_coordination')
$$;

-- Which key opens which part, as a cycle stands (rules.acting.seeing.opens).
create function who_sees(state jsonb) returns table (who text, part text, until timestamptz)
language plpgsql stable as $$
#variable_conflict use_column
begin
    return query with asked as (
        select r ->> 'number' as number, r #>> '{draft,lead}' as lead, r from jsonb_array_elements(state -> 'requests') r
    ), done as (
        select a ->> 'number' as number, a ->> 'owner' as owner, a from jsonb_array_elements(state -> 'actions') a
    ), forces as (
        select force from forces_of((select array_agg(lead) from asked) || (select array_agg(owner) from done))
    ), opens as (
        select 'person:' || lead as who, 'request/' || number as part, null::timestamptz as until from asked
        union all
        select 'person:' || (r #>> '{draft,certifier}'), 'request/' || number, null from asked
        where r #>> '{draft,certifier}' is not null
        union all
        select 'person:' || (e ->> 'to'), 'request/' || number, null
        from asked, jsonb_array_elements(r -> 'escalations') e
        union all
        (select distinct on (number, d ->> 'to') 'person:' || (d ->> 'to'), 'request/' || number,
               end_of(d ->> 'until_on')
        from asked, jsonb_array_elements(r -> 'delegations') with ordinality as given (d, place)
        order by number, d ->> 'to', place desc)
        union all
        select 'force:' || force, 'request/' || number, null from asked, forces_of(array[lead])
        union all
        select 'task:' || (state ->> 'reference') || '/' || number, 'request/' || number, null from asked
        union all
        select 'person:' || owner, 'action/' || number, null from done
        union all
        select 'force:' || force, 'action/' || number, null
        from done, lateral (select force from forces_of(array[owner])
                            union all
                            select force from forces where not exists (select from forces_of(array[owner]))) f
        union all
        select 'force:' || force, 'fact_check', null from forces
        where jsonb_path_exists(state, '$.findings[*].fact_check ? (@ != null)')
        union all
        select key, 'published', null from unnest(array['public', 'panel']) as key
        where jsonb_path_exists(state,
            '$.findings[*] ? (@.published_at != null && (!exists (@.withdrawn_at) || @.withdrawn_at == null))')
        union all
        select key, part, null
        from (values ('public', 'session'), ('panel', 'session'), ('panel', 'meeting')) as meets (key, part)
        where jsonb_array_length(state -> 'sessions') > 0
          and not exists (select from restrictions x where x.cycle = state ->> 'reference')
        union all
        select 'body:' || (state ->> 'body'), 'whole', null
        where not exists (select from restrictions x where x.cycle = state ->> 'reference')
        union all
        select 'body:' || (state ->> 'body'), 'restricted', null
        where exists (select from restrictions x where x.cycle = state ->> 'reference')
        union all
        select 'named:' || one, 'whole', null
        from restrictions x, unnest(x.named) one where x.cycle = state ->> 'reference'
        union all
        select 'named:' || o.person, 'whole', o.until
        from openings o where o.cycle = state ->> 'reference'
    )
    select o.who, o.part, nullif(max(coalesce(o.until, 'infinity')), 'infinity')
    from (select who, part, until from opens union all
          select who, 'asked', until from opens where part like 'request/%' union all
          select who, 'session', until from opens
          where part like 'request/%' or part like 'action/%' or part = 'fact_check' union all
          select who, 'published', until from opens
          where (part like 'request/%' or part like 'action/%' or part = 'fact_check')
            and exists (select from opens where who = 'public' and part = 'published')) o
    where o.who is not null and o.part is not null group by o.who, o.part;
end $$;

-- Writes down who sees a cycle, as it stands now. It runs with the owner's rights: nobody else writes it.
create function open_cycle(which text) returns void language plpgsql security definer
set search_path from current as $$
#variable_conflict use_column
begin
    with wanted as (
        select o.who, o.part, o.until from cycles c, who_sees(c.state) o where c.reference = which
    ), gone as (
        delete from cycle_access a where a.cycle = which
            and not exists (select from wanted w where (w.who, w.part) = (a.who, a.part))
    )
    insert into cycle_access (cycle, who, part, until) select which, who, part, until from wanted
    on conflict (cycle, who, part) do update set until = excluded.until
    where cycle_access.until is distinct from excluded.until;
end $$;

create function cycle_is_opened() returns trigger language plpgsql as $$
begin
    perform open_cycle(new.reference);
    return null;
end $$;
create trigger cycle_is_opened after insert or update of state on cycles
    for each row execute function cycle_is_opened();

create function restriction_is_kept() returns trigger language plpgsql as $$
begin
    perform open_cycle(coalesce(new.cycle, old.cycle));
    return null;
end $$;
create trigger restriction_is_kept after insert or update or delete on restrictions
    for each row execute function restriction_is_kept();
create trigger opening_is_kept after insert or update or delete on openings
    for each row execute function restriction_is_kept();

-- Whoever belongs to another force than before is seen by it.
create function person_is_kept() returns trigger language plpgsql as $$
begin
    perform open_cycle(cycle) from cycle_access where who = 'person:' || new.id group by cycle;
    return null;
end $$;
create trigger person_is_kept after insert on people for each row execute function person_is_kept();
create trigger person_is_moved after update of role, organisation on people for each row
    when ((old.role, old.organisation) is distinct from (new.role, new.organisation))
    execute function person_is_kept();

-- Where the texts and files of an entry stand.
create function places_of(which text, kind text, event jsonb)
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
    )
    select distinct hit[1], said.part
    from said, regexp_matches(said.facts::text, '"(text:[0-9a-f]{64}|[0-9a-f]{64})"', 'g') as hit
$$;

create function texts_are_placed() returns trigger language plpgsql security definer
set search_path from current as $$
begin
    insert into text_places (ref, cycle, part)
    select p.ref, f.cycle, p.part from fresh f, places_of(f.cycle, f.kind, f.event) p
    where p.ref like 'text:%' on conflict do nothing;
    insert into file_places (digest, cycle, part)
    select p.ref, f.cycle, p.part from fresh f, places_of(f.cycle, f.kind, f.event) p
    where p.ref not like 'text:%' and f.event::text like '%"digest"%' on conflict do nothing;
    return null;
end $$;
create trigger texts_are_placed after insert on ledger
    referencing new table as fresh for each statement execute function texts_are_placed();

create function facts_are_placed() returns trigger language plpgsql security definer
set search_path from current as $$
begin
    insert into text_places (ref, cycle, part)
    select distinct hit[1], new.cycle, 'published'
    from regexp_matches(new.facts::text, '"(text:[0-9a-f]{64})"', 'g') as hit on conflict do nothing;
    insert into text_places (ref, cycle, part)
    select one, new.cycle, 'open' from unnest(array[new.withdrawal]) one where one is not null
    on conflict do nothing;
    return null;
end $$;
create trigger facts_are_placed after insert or update on publications
    for each row execute function facts_are_placed();

-- The programme is the office's own.
create function programme_is_placed() returns trigger language plpgsql security definer
set search_path from current as $$
begin
    insert into text_places (ref, cycle, part)
    select distinct hit[1], new.programme, 'office'
    from regexp_matches(new.event::text, '"(text:[0-9a-f]{64})"', 'g') as hit on conflict do nothing;
    return null;
end $$;
create trigger programme_is_placed after insert on programme_ledger
    for each row execute function programme_is_placed();

-- What stands already.
insert into text_places (ref, cycle, part)
    select p.ref, l.cycle, p.part from ledger l, places_of(l.cycle, l.kind, l.event) p
    where p.ref like 'text:%' on conflict do nothing;
insert into file_places (digest, cycle, part)
    select p.ref, l.cycle, p.part from ledger l, places_of(l.cycle, l.kind, l.event) p
    where p.ref not like 'text:%' and l.event::text like '%"digest"%' on conflict do nothing;
insert into text_places (ref, cycle, part)
    select distinct hit[1], p.cycle, 'published'
    from publications p, regexp_matches(p.facts::text, '"(text:[0-9a-f]{64})"', 'g') as hit
    on conflict do nothing;
insert into text_places (ref, cycle, part)
    select withdrawal, cycle, 'open' from publications where withdrawal is not null on conflict do nothing;
insert into text_places (ref, cycle, part)
    select distinct hit[1], l.programme, 'office'
    from programme_ledger l, regexp_matches(l.event::text, '"(text:[0-9a-f]{64})"', 'g') as hit
    on conflict do nothing;
select open_cycle(reference) from cycles;
