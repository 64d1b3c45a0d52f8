-- Who is signed in at which browser. The random id is only in the browser; its digest stands here.
create table sessions (
    digest       text        primary key check (digest ~ '^[0-9a-f]{64}$'),
    number       bigint      generated always as identity unique,
    person       text        not null,
    role         text        not null,
    organisation text        not null,
    side         text        not null,
    scope        jsonb,
    issuer       text,
    sub          text,
    began_at     timestamptz not null,
    seen_at      timestamptz not null,
    until        timestamptz not null,
    ended_at     timestamptz,
    ended_why    text,
    browser      text        not null,
    csrf         text        not null,
    data         jsonb       not null default '{}',
    check ((ended_at is null) = (ended_why is null)),
    check ((issuer is null) = (sub is null))
);
create index sessions_open on sessions (person) where ended_at is null;
create index sessions_until on sessions (until);

-- Whose account at a sign-in service is whose entry in the directory. One each at a service.
create table identities (
    issuer     text        not null,
    sub        text        not null,
    person     text        not null,
    linked_how text        not null,
    linked_at  timestamptz not null,
    primary key (issuer, sub),
    unique (issuer, person)
);

-- Who ended whose session, linked whose account, looked at what and why: appended to, never altered.
create table access_log (
    number bigint      generated always as identity primary key,
    at     timestamptz not null,
    person text        not null,
    role   text        not null,
    what   text        not null,
    cycle  text,
    reason text
);
create index access_log_at on access_log (at desc);

create function access_log_stands() returns trigger language plpgsql as $$
begin
    raise exception 'the log of access is appended to, never altered'
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger access_log_stands before update or delete on access_log
    for each row execute function access_log_stands();
create trigger access_log_stays before truncate on access_log
    for each statement execute function access_log_stands();
