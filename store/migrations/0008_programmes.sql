-- The ledger of the programme: appended to, never altered, as the cycles' own.
create table programme_ledger (
    programme   text        not null,
    version     integer     not null check (version >= 1),
    kind        text        not null,
    at          timestamptz not null,
    actor       jsonb       not null,
    key         text        not null,
    content     text        not null,
    marking     text        not null,
    event       jsonb       not null,
    recorded_at timestamptz not null default now(),
    primary key (programme, version)
);
create index programme_ledger_key on programme_ledger (programme, key);
create trigger ledger_stands before update or delete on programme_ledger
    for each row execute function ledger_stands();
create trigger ledger_stays before truncate on programme_ledger
    for each statement execute function ledger_stands();

-- What the ledger adds up to. The row can be made again from it.
create table programmes (
    reference  text        primary key,
    version    integer     not null,
    opened_at  timestamptz not null,
    changed_at timestamptz not null,
    state      jsonb       not null
);
