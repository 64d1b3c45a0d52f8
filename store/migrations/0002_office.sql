-- Who can be asked, told or signed in.
create table people (
    id           text primary key,
    title        text not null,
    role         text not null,
    organisation text not null,
    address      text,
    deputy       text
);

-- Police and crime plans, as imported.
create table plans (
    id          text primary key,
    plan        jsonb       not null,
    imported_at timestamptz not null default now()
);

-- Numbers that are given once: the same key always gets the same number.
create table allotments (
    key    text    primary key,
    kind   text    not null,
    year   integer not null,
    number integer not null,
    unique (kind, year, number)
);

-- One row per notice: sent once, whatever is retried.
create table mails (
    key        text primary key,
    cycle      text        not null,
    template   text        not null,
    told       text[]      not null,
    delivered  boolean     not null,
    at         timestamptz not null
);
create index mails_cycle on mails (cycle, at);

-- Evidence files by their digest; the bytes lie on the shelf.
create table files (
    digest     text primary key check (digest ~ '^[0-9a-f]{64}$'),
    size       bigint      not null check (size > 0),
    media_type text        not null,
    kept_at    timestamptz not null default now()
);
