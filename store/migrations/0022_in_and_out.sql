-- What a program comes in with, in its person's name: the digest of the token, never the token (ADR 0026).
create table api_tokens (
    number       bigint      generated always as identity primary key,
    digest       text        not null unique check (digest ~ '^[0-9a-f]{64}$'),
    made_key     text        not null unique,
    name         text        not null check (length(name) between 1 and 60),
    person       text        not null,
    role         text        not null,
    scopes       text[]      not null check (cardinality(scopes) > 0),
    made_at      timestamptz not null,
    last_used_at timestamptz,
    until        timestamptz not null check (until > made_at),
    ended_at     timestamptz
);
create index api_tokens_person on api_tokens (person);

-- A sheet of a tracker that was uploaded: its rows as they stand in the file, and what they were said to mean.
create table imports (
    number       bigint      generated always as identity primary key,
    digest       text        not null check (digest ~ '^[0-9a-f]{64}$'),
    sheet        text        not null,
    name         text        not null,
    person       text        not null,
    at           timestamptz not null,
    read         jsonb       not null,
    meant        jsonb       not null default '{}',
    confirmed_at timestamptz,
    unique (digest, sheet)
);

-- What became of each row, once it has been handed in. A run that dies goes on after the last of these.
create table import_rows (
    import bigint      not null references imports on delete cascade,
    row    integer     not null,
    became text        not null check (became in ('proposed', 'refused')),
    cycle  text,
    action text,
    said   text        not null,
    at     timestamptz not null,
    primary key (import, row)
);

-- What an office calls the columns of its trackers, as it last said.
create table import_headings (
    heading text        primary key,
    meaning text        not null,
    at      timestamptz not null
);
