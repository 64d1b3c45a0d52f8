-- Whoever looks at a page hears that there is something new: a topic, never what it says.
-- Told when it is committed; the same topic twice in one act is told once.
create function says_which_cycle() returns trigger language plpgsql as $$
begin
    perform pg_notify('answerable', told.topic) from (
        select 'cycle:' || cycle as topic from fresh
        union
        select 'meeting:' || meeting from (
            select coalesce(event ->> 'meeting', event -> 'draft' ->> 'meeting',
                            event -> 'session' ->> 'meeting') as meeting
            from fresh where event ? 'meeting' or jsonb_typeof(event -> 'draft') = 'object'
                or jsonb_typeof(event -> 'session') = 'object') as named
        where meeting is not null) as told;
    return null;
end $$;
create trigger says_which_cycle after insert on ledger
    referencing new table as fresh for each statement execute function says_which_cycle();

create function says_which_programme() returns trigger language plpgsql as $$
begin
    perform pg_notify('answerable', 'programme:' || programme) from fresh group by programme;
    return null;
end $$;
create trigger says_which_programme after insert on programme_ledger
    referencing new table as fresh for each statement execute function says_which_programme();

-- One topic for a whole table: which row is nobody's business who only looks again.
create function says_what() returns trigger language plpgsql as $$
begin
    perform pg_notify('answerable', tg_argv[0]) from fresh limit 1;
    return null;
end $$;
create trigger says_mail after insert on mails
    referencing new table as fresh for each statement execute function says_what('mail');
create trigger says_mail_changed after update on mails
    referencing new table as fresh for each statement execute function says_what('mail');
create trigger says_files after insert on files
    referencing new table as fresh for each statement execute function says_what('files');
create trigger says_files_changed after update on files
    referencing new table as fresh for each statement execute function says_what('files');

-- While a session sits: which item is under way. A pointer for the room, not a fact of the record.
create table sittings (
    place text        primary key,
    item  integer     not null check (item >= 1),
    by    text        not null,
    at    timestamptz not null default clock_timestamp()
);

-- What somebody jotted down to write the notes from. Working papers: not of the record, so their words do
-- not lie among the texts, which stay as long as the ledger does.
create table jottings (
    key   text        primary key,
    place text        not null,
    cycle text        not null,
    item  integer     check (item >= 1),
    by    text        not null,
    at    timestamptz not null default clock_timestamp(),
    words text        not null check (length(words) between 1 and 20000)
);
create index jottings_place on jottings (place, at);

create function says_which_room() returns trigger language plpgsql as $$
begin
    perform pg_notify('answerable', 'room:' || place) from fresh group by place;
    return null;
end $$;
create trigger says_sitting after insert on sittings
    referencing new table as fresh for each statement execute function says_which_room();
create trigger says_sitting_moved after update on sittings
    referencing new table as fresh for each statement execute function says_which_room();
create trigger says_jotting after insert on jottings
    referencing new table as fresh for each statement execute function says_which_room();
