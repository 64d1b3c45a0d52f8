-- One order for everything that was ever recorded: whoever follows the ledger from outside goes by it.
-- What stands already is numbered in the order in which it was recorded; the guard rests only for that.
alter table ledger add column position bigint;
alter table ledger disable trigger ledger_stands;
update ledger set position = numbered.position
from (select cycle, version, row_number() over (order by recorded_at, cycle, version) as position from ledger)
    as numbered
where (ledger.cycle, ledger.version) = (numbered.cycle, numbered.version);
alter table ledger enable trigger ledger_stands;
alter table ledger alter column position set not null;
alter table ledger alter column position add generated always as identity;
select setval('ledger_position_seq', coalesce(max(position), 0) + 1, false) from ledger;
create unique index ledger_position on ledger (position);
create index ledger_made_public on ledger (cycle, position)
    where kind in ('FindingsPublished', 'FindingsCorrected', 'FindingsWithdrawn');

-- A transaction has its number before it takes positions. So whoever reads the newest position, then takes a
-- number, and then sees every earlier number ended, knows that nothing up to that position is still to come.
create function ledger_is_numbered() returns trigger language plpgsql as $$
begin
    perform pg_current_xact_id();
    return null;
end $$;
create trigger ledger_is_numbered before insert on ledger
    for each statement execute function ledger_is_numbered();

-- Whoever waits for news is woken when it is committed.
create function ledger_is_told() returns trigger language plpgsql as $$
begin
    perform pg_notify('ledger', '');
    return null;
end $$;
create trigger ledger_is_told after insert on ledger
    for each statement execute function ledger_is_told();

-- The same for the programme's ledger, which can be followed beside the cycles'.
alter table programme_ledger add column position bigint;
alter table programme_ledger disable trigger ledger_stands;
update programme_ledger set position = numbered.position
from (select programme, version,
             row_number() over (order by recorded_at, programme, version) as position from programme_ledger)
    as numbered
where (programme_ledger.programme, programme_ledger.version) = (numbered.programme, numbered.version);
alter table programme_ledger enable trigger ledger_stands;
alter table programme_ledger alter column position set not null;
alter table programme_ledger alter column position add generated always as identity;
select setval('programme_ledger_position_seq', coalesce(max(position), 0) + 1, false) from programme_ledger;
create unique index programme_ledger_position on programme_ledger (position);
create trigger ledger_is_numbered before insert on programme_ledger
    for each statement execute function ledger_is_numbered();
create trigger ledger_is_told after insert on programme_ledger
    for each statement execute function ledger_is_told();

-- Who hears of what is recorded, where, and how it goes.
create table subscriptions (
    id              text        primary key check (id ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
    url             text        not null,
    scope           text        not null check (scope in ('public', 'office')),
    kinds           text[]      not null default '{}',
    cycle           text,
    made_by         text        not null,
    made_at         timestamptz not null default now(),
    reason          text        not null,
    state           text        not null default 'active' check (state in ('active', 'paused', 'ended')),
    because         text,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_failure    text,
    failing_since   timestamptz
);

-- How far each of them has got, in each ledger that can be followed.
create table subscription_cursors (
    subscription text   not null references subscriptions (id),
    source       text   not null,
    shown        bigint not null,
    position     bigint not null,
    primary key (subscription, source)
);

-- What deliveries are signed with: apart, so that no list and no log comes near it.
create table subscription_secrets (
    subscription text primary key references subscriptions (id),
    secret       text not null
);

-- Who did what to a subscription, when and why.
create table subscription_acts (
    subscription text        not null references subscriptions (id),
    at           timestamptz not null default clock_timestamp(),
    what         text        not null,
    by           text        not null,
    reason       text        not null
);
create index subscription_acts_of on subscription_acts (subscription, at);
