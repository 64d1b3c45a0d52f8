-- How each cycle ran, as its ledger adds up: made again from it at any time. Written behind the ledger by
-- whoever notices that a cycle has moved on, so that no act waits for it; `version` says how far it reaches.
create table runs (
    cycle          text        primary key,
    version        integer     not null,
    kind           text        not null,
    year           integer     not null,
    opened_at      timestamptz not null,
    published_at   timestamptz,
    published_days integer,
    published_late integer,
    published_quarter date,
    question_days  integer,
    evidence_days  integer,
    review_days    integer,
    meeting_days   integer,
    decision_days  integer,
    publish_days   integer,
    actions_days   integer,
    office_held    integer     not null,
    force_held     integer     not null,
    commissioner_held integer  not null,
    panel_held     integer     not null,
    sent_back      integer     not null,
    more_time      integer     not null,
    cancelled      boolean     not null
);
create index runs_kind on runs (kind, year);

-- The cycles that have moved on since they were counted, noted in the statement that moved them on. The row is
-- locked by whoever moves its cycle on, so whoever strikes it off never strikes off what they have not counted.
create table runs_behind (
    cycle   text    primary key,
    version integer not null
);
create function cycle_moved_on() returns trigger language plpgsql as $$
begin
    insert into runs_behind (cycle, version) values (new.reference, new.version)
    on conflict (cycle) do update set version = excluded.version;
    return null;
end $$;
create trigger cycle_moved_on after insert or update of version on cycles
    for each row execute function cycle_moved_on();
insert into runs_behind (cycle, version) select reference, version from cycles;

-- The same stretch by stretch, for the picture of one cycle.
create table run_lines (
    cycle   text    primary key references runs (cycle),
    version integer not null,
    run     jsonb   not null
);

-- Each request that came due or was answered: whether it was in time.
create table run_answers (
    cycle       text    not null references runs (cycle),
    request     integer not null,
    lead        text    not null,
    kind        text    not null,
    year        integer not null,
    due_on      date,
    due_quarter date,
    returned_on date,
    late_days   integer not null,
    late        boolean not null,
    primary key (cycle, request)
);
create index run_answers_of on run_answers (kind, year);

-- Which commitments the newest published findings of each cycle are about; withdrawn ones are about none.
create table commitments_heard (
    commitment   text        not null,
    cycle        text        not null,
    version      integer     not null,
    published_at timestamptz not null,
    primary key (commitment, cycle)
);
create index commitments_heard_of on commitments_heard (cycle);

create function commitments_are_heard(which text) returns void language plpgsql as $$
begin
    delete from commitments_heard where cycle = which;
    insert into commitments_heard
    select distinct c.ref, p.cycle, p.version, p.published_at
    from (select * from publications where cycle = which order by version desc limit 1) p,
         jsonb_array_elements_text(p.facts -> 'commitments') as c (ref)
    where p.withdrawn_at is null;
end $$;

create function publication_is_heard() returns trigger language plpgsql as $$
begin
    perform commitments_are_heard(new.cycle);
    return null;
end $$;
create trigger publication_is_heard after insert or update of withdrawn_at on publications
    for each row execute function publication_is_heard();
select commitments_are_heard(cycle) from (select distinct cycle from publications) as one;

-- A month of the calendar asks for what is due in it, done or not.
create index deadlines_due on deadlines (due_at);
create index cycles_commitments on cycles using gin ((state -> 'commitments'));

-- Figures of measures as everybody may read them, each period's as it came in last: the events themselves are the
-- office's own.
create table measure_figures (
    measure     text             not null,
    period      text             not null,
    value       double precision not null,
    target      double precision,
    title       text             not null,
    unit        text             not null,
    source      text             not null,
    sure        text             not null,
    as_at       text             not null,
    received_at timestamptz      not null,
    primary key (measure, period)
);

create function figure_is_kept(body jsonb, at timestamptz) returns void language plpgsql security definer
set search_path from current as $$
declare
    d jsonb := body -> 'data';
begin
    if jsonb_typeof(d -> 'value') is distinct from 'number' or d ->> 'measure' is null or d ->> 'period' is null then
        return;
    end if;
    insert into measure_figures values (
        d ->> 'measure', d ->> 'period', (d ->> 'value')::float8,
        case when jsonb_typeof(d -> 'target') = 'number' then (d ->> 'target')::float8 end,
        coalesce(d ->> 'title', ''), coalesce(d ->> 'unit', ''), coalesce(d ->> 'source', ''),
        coalesce(d ->> 'sure', ''), coalesce(d ->> 'as_at', ''), at)
    on conflict (measure, period) do update set value = excluded.value, target = excluded.target,
        title = excluded.title, unit = excluded.unit, source = excluded.source, sure = excluded.sure,
        as_at = excluded.as_at, received_at = excluded.received_at
    where measure_figures.received_at <= excluded.received_at;
end $$;

create function outside_is_figured() returns trigger language plpgsql as $$
begin
    perform figure_is_kept(new.body, new.received_at);
    return null;
end $$;
create trigger outside_is_figured after insert on outside_events
    for each row when (new.type = 'answerable.measure.observed') execute function outside_is_figured();
select figure_is_kept(body, received_at) from outside_events
    where type = 'answerable.measure.observed' order by received_at;

-- A snapshot of the delivery plan names its table by digest alone; the table is the office's and the panel's.
create function snapshot_is_placed() returns trigger language plpgsql security definer
set search_path from current as $$
begin
    insert into text_places (ref, cycle, part)
    values ('text:' || (new.event ->> 'table'), new.programme, 'office') on conflict do nothing;
    return null;
end $$;
create trigger snapshot_is_placed after insert on programme_ledger
    for each row when (new.kind = 'DeliveryFrozen') execute function snapshot_is_placed();
