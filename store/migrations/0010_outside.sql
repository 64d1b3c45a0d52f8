-- What came from outside: each event once, whatever the number of deliveries, and what became of it.
-- The body stays in this table: neither the ledger nor the engine's history holds it.
create table outside_events (
    source      text        not null,
    id          text        not null,
    digest      text        not null check (digest ~ '^[0-9a-f]{64}$'),
    type        text        not null,
    body        jsonb       not null,
    via         text        not null check (via in ('http', 'import', 'schedule', 'ledger', 'command')),
    received_at timestamptz not null default now(),
    deliveries  integer     not null default 1,
    state       text        not null default 'waiting' check (state in ('waiting', 'taken')),
    waits_for   text,
    tried_at    timestamptz,
    decision    jsonb,
    programme   text,
    proposal    integer,
    slot        text,
    taken_at    timestamptz,
    primary key (source, id)
);
create index outside_newest on outside_events (received_at desc);
create index outside_waiting on outside_events (received_at) where state = 'waiting';

-- The cycles under way that an event was fed to, and whether their people have been written to.
create table outside_feeds (
    source  text        not null,
    id      text        not null,
    cycle   text        not null,
    because text        not null,
    people  text[]      not null default '{}',
    roles   text[]      not null default '{}',
    at      timestamptz not null default now(),
    told    text[]      not null default '{}',
    told_at timestamptz,
    primary key (source, id, cycle),
    foreign key (source, id) references outside_events (source, id)
);
create index outside_feeds_cycle on outside_feeds (cycle, at desc);
create index outside_feeds_untold on outside_feeds (at) where told_at is null;

-- Trigger rules as an office changed them: every edition stays, with who changed it, when and why.
create table triggers (
    office     text        not null,
    edition    integer     not null check (edition >= 2),
    rules      jsonb       not null,
    changed_by text        not null,
    changed_at timestamptz not null default now(),
    reason     text        not null,
    primary key (office, edition)
);

-- Which entries of the ledger were looked at for what the rules may say of them. What happened before this was
-- there has been dealt with by people.
create table outside_looked_at (
    cycle   text    not null,
    version integer not null,
    primary key (cycle, version)
);
create index ledger_happenings on ledger (cycle, version)
    where kind in ('AssuranceJudged', 'AssuranceConfirmed', 'VoteRecorded');
insert into outside_looked_at (cycle, version)
    select cycle, version from ledger where kind in ('AssuranceJudged', 'AssuranceConfirmed', 'VoteRecorded');
