-- Published findings that were taken back: the row stays, and its address answers with the notice.
alter table publications add column withdrawn_at timestamptz;
alter table publications add column withdrawal text;

-- Findings whose release is scheduled: what everybody reads until they come out.
create table releases (
    cycle     text    primary key,
    version   integer not null,
    at        timestamptz,
    condition text,
    title     text    not null,
    notice    text    not null,
    check (at is null or condition is null)
);
create index releases_at on releases (at);
