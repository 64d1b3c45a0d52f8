-- Which version of a cycle's findings whoever may sign it has read, when, and until when they put it off.
-- Theirs alone: it is no fact of the record, and a reading list at most.
create table seen (
    person   text        not null,
    cycle    text        not null,
    version  integer     not null check (version >= 1),
    at       timestamptz not null,
    until_on date,
    primary key (person, cycle, version)
);
