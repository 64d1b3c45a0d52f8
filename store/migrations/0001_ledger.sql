-- The ledger of every cycle: appended to, never altered.
create table ledger (
    cycle       text        not null,
    version     integer     not null check (version >= 1),
    kind        text        not null,
    at          timestamptz not null,
    actor       jsonb       not null,
    key         text        not null,
    content     text        not null,
    marking     text        not null,
    public      boolean     not null,
    event       jsonb       not null,
    recorded_at timestamptz not null default now(),
    primary key (cycle, version)
);
create index ledger_at on ledger (at);

create function ledger_stands() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is appended to, never altered' using errcode = 'integrity_constraint_violation';
end $$;
create trigger ledger_stands before update or delete on ledger
    for each row execute function ledger_stands();
create trigger ledger_stays before truncate on ledger
    for each statement execute function ledger_stands();

-- Texts by the digest of their words. Workflow history and the ledger hold only the reference.
create table texts (
    ref     text primary key check (ref ~ '^text:[0-9a-f]{64}$'),
    words   text not null,
    kept_at timestamptz not null default now()
);

-- What the ledger adds up to, for the pages. Every row can be made again from the ledger.
create table cycles (
    reference  text        primary key,
    version    integer     not null,
    stage      text        not null,
    title      text        not null,
    theme      text        not null,
    opened_by  text        not null,
    opened_at  timestamptz not null,
    changed_at timestamptz not null,
    session_at timestamptz,
    paused     boolean     not null,
    state      jsonb       not null
);
create index cycles_stage on cycles (stage, changed_at desc);

create table requests (
    cycle   text    not null,
    number  integer not null,
    lead    text    not null,
    state   text    not null,
    title   text    not null,
    form    text    not null,
    due_at  timestamptz,
    missed  boolean not null,
    primary key (cycle, number)
);
create index requests_lead on requests (lead, state);

create table deadlines (
    cycle  text        not null,
    key    text        not null,
    what   text        not null,
    number text        not null,
    title  text        not null,
    owner  text,
    due_at timestamptz not null,
    missed boolean     not null,
    done   boolean     not null,
    primary key (cycle, key)
);
create index deadlines_open on deadlines (due_at) where not done;
create index deadlines_owner on deadlines (owner, due_at) where not done;

create table publications (
    cycle        text        not null,
    version      integer     not null,
    published_at timestamptz not null,
    fingerprint  text        not null,
    theme        text        not null,
    facts        jsonb       not null,
    primary key (cycle, version)
);
create index publications_at on publications (published_at desc);
