-- What somebody has begun and not handed in yet. It is theirs to change and to throw away, so it is no ledger:
-- the words stay in the row and go with it.
create table drafts (
    id         text        primary key,
    kind       text        not null,
    about      text        not null default '',
    person     text        not null,
    facts      jsonb       not null,
    version    integer     not null check (version >= 1),
    begun_at   timestamptz not null,
    changed_by text        not null,
    changed_at timestamptz not null,
    sent_as    text
);
create index drafts_open on drafts (kind, changed_at desc) where sent_as is null;

-- The list of cycles is filtered by objective, by who opened them, and by what is owed.
create index cycles_theme on cycles (theme, changed_at desc);
create index cycles_opened_by on cycles (opened_by, changed_at desc);
create index cycles_changed on cycles (changed_at desc);
create index deadlines_cycle_open on deadlines (cycle, due_at) where not done;
