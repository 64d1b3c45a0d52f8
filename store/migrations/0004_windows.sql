-- Windows as an office changed them: every edition stays, with who changed it, when and why.
create table windows (
    office     text        not null,
    rule       text        not null,
    edition    integer     not null check (edition >= 2),
    facts      jsonb       not null,
    changed_by text        not null,
    changed_at timestamptz not null default now(),
    reason     text        not null,
    primary key (office, rule, edition)
);
