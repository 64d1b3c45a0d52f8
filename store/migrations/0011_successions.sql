-- What an office announced: who takes over from whom, from which day. Every announcement stays, also one taken back.
create table successions (
    id             bigint generated always as identity primary key,
    office         text        not null,
    what           text        not null check (what in ('body', 'office_holder', 'force', 'panel')),
    was            text        not null,
    was_name       text        not null,
    successor      text        not null,
    successor_name text        not null,
    from_on        date        not null,
    reason         text        not null,
    source         text,
    recorded_late  text,
    announced_by   text        not null,
    announced_at   timestamptz not null default now(),
    taken_back_by  text,
    taken_back_at  timestamptz,
    taken_back_for text,
    check (was <> successor)
);
create unique index successions_was on successions (office, what, was) where taken_back_at is null;
create unique index successions_to on successions (office, what, successor) where taken_back_at is null;
create unique index successions_on on successions (office, what, from_on) where taken_back_at is null;
