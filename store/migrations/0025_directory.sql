-- Every change of the directory: who changed what of whom, and why. Appended to, never altered; addresses stand in
-- the directory alone, so that one can be put right or removed there.
create table people_changes (
    number  bigint      generated always as identity primary key,
    key     text        not null unique,
    at      timestamptz not null,
    by      text        not null,
    role    text        not null,
    person  text        not null,
    what    text[]      not null check (cardinality(what) > 0),
    reason  text        not null check (length(reason) between 1 and 2000)
);
create index people_changes_at on people_changes (at desc);
create index people_changes_person on people_changes (person, at desc);

create function people_changes_stand() returns trigger language plpgsql as $$
begin
    raise exception 'what was changed of the directory is appended to, never altered'
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger people_changes_stand before update or delete on people_changes
    for each row execute function people_changes_stand();
create trigger people_changes_stay before truncate on people_changes
    for each statement execute function people_changes_stand();
