-- Links that letters carry to one person for one request. The link itself is kept nowhere: a digest is.
create table task_links (
    digest     text primary key check (digest ~ '^[0-9a-f]{64}$'),
    cycle      text        not null,
    request    integer     not null check (request > 0),
    person     text        not null,
    letter     text        not null,
    made_at    timestamptz not null,
    made_by    text,
    sent_at    timestamptz,
    opened_at  timestamptz,
    revoked_at timestamptz,
    revoked_by text,
    why        text check (why in ('wrong_person', 'not_theirs_now', 'may_be_known')),
    unique (letter, person),
    check ((revoked_at is null) = (why is null))
);
create index task_links_request on task_links (cycle, request, made_at);

-- The newest code of a link; an older one is overwritten and so no longer holds.
create table link_codes (
    link    text primary key references task_links (digest) on update cascade on delete cascade,
    digest  text        not null check (digest ~ '^[0-9a-f]{64}$'),
    made_at timestamptz not null,
    tries   integer     not null default 0,
    used_at timestamptz
);

-- How often something was asked for, under names that hold digests; rows older than a day are swept away.
create table link_asks (
    counted text        not null,
    at      timestamptz not null
);
create index link_asks_counted on link_asks (counted, at);
