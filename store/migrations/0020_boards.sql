-- What the boards read: rows that follow from how a cycle stands, written with its ledger in one statement.
-- Every row can be made again from the cycle (rules.boards); whoever writes them goes through keep_boards.

-- What needs whom, by role or by person. Whether it is late is seen when it is read.
create table needs (
    cycle    text        not null,
    key      text        not null,
    whom     text        not null,
    but_not  text,
    what     text        not null,
    number   text        not null,
    title    text,
    at       timestamptz not null,
    shows_at timestamptz not null,
    can_wait boolean     not null,
    late_at  timestamptz,
    primary key (cycle, key)
);
create index needs_whom on needs (whom, at, cycle, key) include (shows_at, can_wait, late_at, but_not);

-- Actions that are still open, over all cycles.
create table open_actions (
    cycle      text        not null,
    number     text        not null,
    what       text        not null,
    owner      text        not null,
    state      text        not null,
    due_at     timestamptz not null,
    due_on     date        not null,
    missed     boolean     not null,
    moves      integer     not null,
    slips      integer     not null,
    assessment text,
    carried_at timestamptz,
    primary key (cycle, number)
);
create index open_actions_due on open_actions (due_at, number, cycle);
create index open_actions_owner on open_actions (owner, due_at, number, cycle);

-- Sessions of cycles; several that share a meeting are one line of the list.
create table cycle_sessions (
    cycle      text        not null,
    number     integer     not null,
    meeting    text,
    forum      text        not null,
    starts_at  timestamptz not null,
    coming     boolean     not null,
    cancelled  boolean     not null,
    given_at   timestamptz,
    given_late boolean     not null,
    line       text        not null generated always as (coalesce(meeting, cycle || '/' || number::text)) stored,
    primary key (cycle, number)
);
create index cycle_sessions_line on cycle_sessions (line, cycle, number);
create index cycle_sessions_starts on cycle_sessions (coming, starts_at, cycle, number);
create index cycle_sessions_meeting on cycle_sessions (meeting) where meeting is not null;

-- Who may answer a request beside its lead, up to a day or until further notice.
create table colleagues (
    cycle    text    not null,
    number   integer not null,
    person   text    not null,
    until_on date,
    primary key (cycle, number, person)
);
create index colleagues_person on colleagues (person);

-- What a cycle would lend to the agenda of another cycle's session.
create table left_open (
    cycle   text    not null,
    key     text    not null,
    title   text    not null,
    why     text    not null,
    request integer,
    action  text,
    from_on date,
    primary key (cycle, key)
);
create index left_open_from on left_open (from_on nulls first, cycle, key);

-- What each cycle asked about each commitment of the plan, and what came of it. Coverage adds these up.
create table asked_about (
    cycle      text        not null,
    commitment text        not null,
    opened_at  timestamptz not null,
    heard_on   date        not null,
    to_hear    boolean     not null,
    judgement  text,
    due_on     date,
    primary key (cycle, commitment)
);

-- When the engine's round of every minute last began.
create table engine_seen (
    one boolean     primary key default true check (one),
    at  timestamptz not null
);

-- As of which version of the cycle, and by which edition of the rules, its rows were made.
alter table cycles add column boards_version integer not null default 0;
alter table cycles add column boards_edition integer not null default 0;
create index cycles_boards on cycles (boards_edition) where boards_version <> version;
create index requests_due on requests (due_at, cycle, number)
    where state in ('asked', 'acknowledged', 'part_returned', 'sent_back');
create index requests_all_due on requests (due_at, cycle, number);
create index mails_newest on mails (at desc, key);

create function keep_boards(which text, boards jsonb) returns void language plpgsql as $$
begin
    delete from needs where cycle = which
        and key not in (select n ->> 'key' from jsonb_array_elements(boards -> 'needs') n);
    insert into needs (cycle, key, whom, but_not, what, number, title, at, shows_at, can_wait, late_at)
    select which, key, whom, but_not, what, number, title, at, shows_at, can_wait, late_at
    from jsonb_to_recordset(boards -> 'needs') as n (
        key text, whom text, but_not text, what text, number text, title text, at timestamptz,
        shows_at timestamptz, can_wait boolean, late_at timestamptz)
    on conflict (cycle, key) do update set whom = excluded.whom, but_not = excluded.but_not,
        what = excluded.what, number = excluded.number, title = excluded.title, at = excluded.at,
        shows_at = excluded.shows_at, can_wait = excluded.can_wait, late_at = excluded.late_at
    where needs is distinct from excluded;

    delete from open_actions where cycle = which
        and number not in (select a ->> 'number' from jsonb_array_elements(boards -> 'actions') a);
    insert into open_actions (cycle, number, what, owner, state, due_at, due_on, missed, moves, slips,
                              assessment, carried_at)
    select which, number, what, owner, state, due_at, due_on, missed, moves, slips, assessment, carried_at
    from jsonb_to_recordset(boards -> 'actions') as a (
        number text, what text, owner text, state text, due_at timestamptz, due_on date, missed boolean,
        moves integer, slips integer, assessment text, carried_at timestamptz)
    on conflict (cycle, number) do update set what = excluded.what, owner = excluded.owner,
        state = excluded.state, due_at = excluded.due_at, due_on = excluded.due_on,
        missed = excluded.missed, moves = excluded.moves, slips = excluded.slips,
        assessment = excluded.assessment, carried_at = excluded.carried_at
    where open_actions is distinct from excluded;

    delete from cycle_sessions where cycle = which
        and number not in (select (s ->> 'number')::integer from jsonb_array_elements(boards -> 'sessions') s);
    insert into cycle_sessions (cycle, number, meeting, forum, starts_at, coming, cancelled, given_at, given_late)
    select which, number, meeting, forum, starts_at, coming, cancelled, given_at, given_late
    from jsonb_to_recordset(boards -> 'sessions') as s (
        number integer, meeting text, forum text, starts_at timestamptz, coming boolean, cancelled boolean,
        given_at timestamptz, given_late boolean)
    on conflict (cycle, number) do update set meeting = excluded.meeting, forum = excluded.forum,
        starts_at = excluded.starts_at, coming = excluded.coming, cancelled = excluded.cancelled,
        given_at = excluded.given_at, given_late = excluded.given_late
    where cycle_sessions is distinct from excluded;

    delete from colleagues where cycle = which
        and not exists (select from jsonb_array_elements(boards -> 'colleagues') c
                        where (c ->> 'number')::integer = number and c ->> 'person' = person);
    insert into colleagues (cycle, number, person, until_on)
    select which, number, person, until_on
    from jsonb_to_recordset(boards -> 'colleagues') as c (number integer, person text, until_on date)
    on conflict (cycle, number, person) do update set until_on = excluded.until_on
    where colleagues is distinct from excluded;

    delete from left_open where cycle = which
        and key not in (select l ->> 'key' from jsonb_array_elements(boards -> 'left_open') l);
    insert into left_open (cycle, key, title, why, request, action, from_on)
    select which, key, title, why, request, action, from_on
    from jsonb_to_recordset(boards -> 'left_open') as l (
        key text, title text, why text, request integer, action text, from_on date)
    on conflict (cycle, key) do update set title = excluded.title, why = excluded.why,
        request = excluded.request, action = excluded.action, from_on = excluded.from_on
    where left_open is distinct from excluded;

    delete from asked_about where cycle = which
        and commitment not in (select a ->> 'commitment' from jsonb_array_elements(boards -> 'asked_about') a);
    insert into asked_about (cycle, commitment, opened_at, heard_on, to_hear, judgement, due_on)
    select which, commitment, opened_at, heard_on, to_hear, judgement, due_on
    from jsonb_to_recordset(boards -> 'asked_about') as a (
        commitment text, opened_at timestamptz, heard_on date, to_hear boolean, judgement text, due_on date)
    on conflict (cycle, commitment) do update set opened_at = excluded.opened_at,
        heard_on = excluded.heard_on, to_hear = excluded.to_hear, judgement = excluded.judgement,
        due_on = excluded.due_on
    where asked_about is distinct from excluded;
end $$;
