-- Editions of bank-holiday calendars that were imported while everything ran; those shipped are files.
create table calendars (
    version     text primary key check (version ~ '^[a-z-]+/\d{4}-\d{2}-\d{2}$'),
    calendar    jsonb       not null,
    imported_by text        not null,
    imported_at timestamptz not null default now()
);

-- Local standards as an office changed them: every edition stays, with who changed it, when and why.
create table standards (
    office     text        not null,
    kind       text        not null,
    edition    integer     not null check (edition >= 2),
    standards  jsonb       not null,
    changed_by text        not null,
    changed_at timestamptz not null default now(),
    reason     text        not null,
    primary key (office, kind, edition)
);
create index cycles_calendar on cycles ((state ->> 'calendar')) where stage not in ('closed', 'cancelled');
