-- What pages read of many cycles at once, narrow enough to be read over all of them.

-- The titles of cycles in words: words are sought among these, and not among every text that there is.
create table cycle_titles (
    cycle text primary key,
    title text not null,
    words text not null,
    sought text not null generated always as (lower(words)) stored
);
create index cycle_titles_title on cycle_titles (title);

create function title_is_kept() returns trigger language plpgsql security definer
set search_path from current as $$
begin
    insert into cycle_titles (cycle, title, words)
    values (new.reference, new.title, coalesce((select t.words from texts t where t.ref = new.title), ''))
    on conflict (cycle) do update set title = excluded.title, words = excluded.words;
    return null;
end $$;
create trigger title_is_kept after insert or update of title on cycles
    for each row execute function title_is_kept();

-- Words that are erased are found in no title any more; words that come later than their cycle are.
create function title_is_said() returns trigger language plpgsql security definer
set search_path from current as $$
begin
    update cycle_titles c set words = n.words from newly n where c.title = n.ref and c.words <> n.words;
    return null;
end $$;
create trigger title_is_said after insert on texts referencing new table as newly
    for each statement execute function title_is_said();
create trigger title_is_said_again after update on texts referencing new table as newly
    for each statement execute function title_is_said();
create function title_is_forgotten() returns trigger language plpgsql security definer
set search_path from current as $$
begin
    update cycle_titles c set words = '' from gone g where c.title = g.ref;
    return null;
end $$;
create trigger title_is_forgotten after delete on texts referencing old table as gone
    for each statement execute function title_is_forgotten();

insert into cycle_titles (cycle, title, words)
select c.reference, c.title, coalesce(t.words, '') from cycles c left join texts t on t.ref = c.title;

-- What the walls ask of every list is answered from the index alone: which cycles somebody's keys open, and in part.
drop index cycle_access_who;
create index cycle_access_who on cycle_access (who, part, cycle) include (until);
-- Most keys open one task each; those that are looked with open thousands of parts. Guessed from the average, every
-- list was laid out for a handful.
alter table cycle_access alter column who set (n_distinct = 50);
analyze cycle_access;

-- The soonest of one kind, whatever else is due before it.
create index deadlines_soonest on deadlines (what, due_at, cycle, key) where not done;

-- What was published or withdrawn last.
create index publications_lately on publications (greatest(published_at, withdrawn_at) desc, cycle, version desc);

-- The newest of the whole record, and of what one person did.
create index ledger_lately on ledger (at desc, position desc);
drop index ledger_at;
create index ledger_of_person on ledger ((actor ->> 'person'), at desc, position desc);

-- The cycles on a meeting are found by the rows of their sessions.
drop index cycles_meetings;

-- What was asked about each commitment, the newest cycle first.
create index asked_about_newest on asked_about (commitment, opened_at desc, cycle desc);
