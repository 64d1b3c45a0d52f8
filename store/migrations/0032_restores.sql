-- Each restore of this database from a backup. Until somebody has answered for what was lost, no door opens.
create table restores (
    number          bigint      generated always as identity primary key,
    seal            text        not null check (seal ~ '^[0-9a-f]{64}$'),
    as_at           timestamptz not null,
    restored_at     timestamptz not null default now(),
    acknowledged_at timestamptz,
    by              text,
    reason          text,
    found           jsonb,
    check ((acknowledged_at is null) = (by is null) and (by is null) = (reason is null))
);
