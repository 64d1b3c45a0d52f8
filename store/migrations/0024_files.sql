-- What a scanner said of each file (docs/adr/0027-files.md). Whoever sees the file sees this of it; the trigger of
-- 0016 says that something has changed.
alter table files
    add column scan text not null default 'waiting'
        check (scan in ('waiting', 'clean', 'infected', 'not_scanned', 'too_large', 'encrypted')),
    add column found text check (length(found) <= 200),
    add column scanned_at timestamptz,
    -- clean by yesterday's signatures: it stays open while it is looked at again
    add column look_again boolean not null default false,
    add column tries integer not null default 0,
    add column trouble text,
    add column put_away_at timestamptz,
    add column told_at timestamptz,
    add column removed_at timestamptz,
    add column released_by text,
    add column released_role text,
    add column released_at timestamptz,
    add column released_because text check (length(released_because) between 1 and 2000),
    add check ((released_by is null) = (released_because is null) and (released_by is null) = (released_at is null)),
    add check (scan = 'infected' or (put_away_at is null and told_at is null and removed_at is null));

create index files_to_scan on files (tries, kept_at) where scan in ('waiting', 'not_scanned') or look_again;
create index files_infected on files (put_away_at) where scan = 'infected' and removed_at is null;

-- What was found stays found: an infected file is sent anew, as another file.
create function infected_stays() returns trigger language plpgsql as $$
begin
    raise exception 'an infected file stays so: another version has to be sent'
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger infected_stays before update of scan on files for each row
    when (old.scan = 'infected' and new.scan <> 'infected') execute function infected_stays();

-- Whoever looks at a cycle in which the file stands hears of it too: the force is told of cycles only.
create function says_where_scanned() returns trigger language plpgsql as $$
begin
    perform pg_notify('answerable', 'cycle:' || cycle) from file_places where digest = new.digest group by cycle;
    return null;
end $$;
create trigger says_where_scanned after update of scan, released_at on files for each row
    when ((old.scan, old.released_at) is distinct from (new.scan, new.released_at))
    execute function says_where_scanned();
