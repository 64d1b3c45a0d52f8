-- What everybody can search: the newest published version of each cycle, in the words that it was published in.
-- Kept by the rows of publications themselves, so that a correction replaces and a withdrawal takes away in the
-- same statement that publishes it.
create table findings_search (
    cycle        text        primary key,
    version      integer     not null,
    published_at timestamptz not null,
    withdrawn    boolean     not null,
    theme        text        not null,
    judgements   text[]      not null,
    actions      text[]      not null,
    said         text        not null,
    found_by     tsvector    not null
);
create index findings_search_found on findings_search using gin (found_by);
create index findings_search_newest on findings_search (published_at desc, cycle);

create function words_of(refs text[]) returns text language sql stable as $$
    select coalesce(string_agg(t.words, E'\n' order by r.place), '')
    from unnest(refs) with ordinality as r (ref, place) join texts t on t.ref = r.ref
$$;

create function refs_of(facts jsonb, path jsonpath) returns text[] language sql immutable as $$
    select coalesce(array_agg(one #>> '{}'), '{}') from jsonb_path_query(facts, path) as one
$$;

-- A text may be as long as the office likes: what is too much for an index is found by its title and answer.
create function found_by(head text, told text, beside text, body text) returns tsvector
language plpgsql immutable as $$
begin
    return setweight(to_tsvector('english', head), 'A') || setweight(to_tsvector('english', told), 'B')
        || setweight(to_tsvector('english', beside), 'C') || setweight(to_tsvector('english', body), 'D');
exception when program_limit_exceeded then
    return setweight(to_tsvector('english', left(head, 20000)), 'A');
end $$;

create function search_again(which text) returns void language plpgsql as $$
begin
    delete from findings_search where cycle = which;
    insert into findings_search
    select p.cycle, p.version, p.published_at, p.withdrawn_at is not null, p.theme,
           refs_of(p.facts, '$.judgements[*].judgement'), refs_of(p.facts, '$.actions[*].number'),
           regexp_replace(concat_ws(E'\n', s.answer, s.question, s.promised, s.body, s.beside),
                          '[*_#`|>\x01-\x08]+', ' ', 'g'),
           found_by(concat_ws(' ', p.cycle, s.title, s.answer),
                    concat_ws(' ', s.question, s.promised, replace(p.theme, '-', ' '), s.objective,
                              array_to_string(refs_of(p.facts, '$.commitments[*]'), ' ')),
                    s.beside, s.body)
    from (select * from publications where cycle = which order by version desc limit 1) p,
    lateral (
        select words_of(refs_of(p.facts, '$.title')) as title,
               words_of(refs_of(p.facts, '$.question')) as question,
               words_of(refs_of(p.facts, '$.answer')) as answer,
               words_of(refs_of(p.facts, '$.findings')) as body,
               words_of(refs_of(p.facts, '$.actions[*].what')) as promised,
               words_of(refs_of(p.facts, '$.evidence[*].title')
                   || refs_of(p.facts, '$.decisions[*].title') || refs_of(p.facts, '$.decisions[*].reasons')
                   || refs_of(p.facts, '$.judgements[*].reasons')) as beside,
               (select o ->> 'title' from plans, jsonb_array_elements(plan -> 'objectives') o
                where o ->> 'id' = p.theme order by imported_at desc limit 1) as objective
    ) s;
    update findings_search set said = '', found_by = '', judgements = '{}', actions = '{}'
    where cycle = which and withdrawn;
end $$;

create function publication_is_found() returns trigger language plpgsql security definer
set search_path from current as $$
begin
    perform search_again(new.cycle);
    return null;
end $$;
create trigger publication_is_found after insert or update of withdrawn_at on publications
    for each row execute function publication_is_found();

-- Words that are erased are no longer found.
create function text_is_forgotten() returns trigger language plpgsql security definer
set search_path from current as $$
begin
    perform search_again(p.cycle) from publications p
    where strpos(p.facts::text, old.ref) > 0 group by p.cycle;
    return null;
end $$;
create trigger text_is_forgotten after delete or update of words on texts
    for each row execute function text_is_forgotten();

select search_again(cycle) from (select distinct cycle from publications) as one;

-- Who wants to hear of what by mail. Nothing is kept but what it takes to write to them and to stop.
create table followers (
    id           bigint      generated always as identity primary key,
    address      text        not null check (length(address) <= 254),
    what         text        not null,
    token        text        not null unique,
    asked_at     timestamptz not null default clock_timestamp(),
    invited_at   timestamptz,
    confirmed_at timestamptz,
    bounces      integer     not null default 0,
    unique (address, what)
);
create index followers_unconfirmed on followers (asked_at) where confirmed_at is null;

-- What happened that followers are told of, once each.
create table follower_news (
    id      bigint      generated always as identity primary key,
    cycle   text        not null,
    version integer     not null,
    what    text        not null check (what in ('published', 'corrected', 'withdrawn', 'late')),
    about   text        not null default '',
    at      timestamptz not null default clock_timestamp(),
    unique (cycle, version, what, about)
);
create table follower_told (
    follower bigint not null references followers (id) on delete cascade,
    news     bigint not null references follower_news (id) on delete cascade,
    primary key (follower, news)
);
create index follower_told_news on follower_told (news);

create function publication_is_news() returns trigger language plpgsql security definer
set search_path from current as $$
begin
    if tg_op = 'INSERT' then
        insert into follower_news (cycle, version, what)
        values (new.cycle, new.version, case when new.version > 1 then 'corrected' else 'published' end)
        on conflict do nothing;
    elsif old.withdrawn_at is null and new.withdrawn_at is not null then
        insert into follower_news (cycle, version, what)
        select new.cycle, new.version, 'withdrawn'
        where not exists (select from publications p where p.cycle = new.cycle and p.version > new.version)
        on conflict do nothing;
    end if;
    return null;
end $$;
create trigger publication_is_news after insert or update of withdrawn_at on publications
    for each row execute function publication_is_news();

-- Questions that somebody from the public sent in for a meeting, until the office has dealt with them.
create table public_questions (
    key       text        primary key check (length(key) <= 64),
    meeting   text        not null,
    held_at   timestamptz not null,
    question  text        not null,
    name      text        not null default '',
    asked_at  timestamptz not null default clock_timestamp(),
    told_at   timestamptz,
    done_at   timestamptz,
    done_by   text
);
create index public_questions_open on public_questions (asked_at) where done_at is null;

-- Meetings by their day.
create index cycles_session on cycles (session_at) where session_at is not null;
