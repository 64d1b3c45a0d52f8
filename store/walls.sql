-- Who sees which row: said again whenever this file or a table has changed (store.migrate). A table that is not
-- named here is seen by nobody through the face; tests/store/test_walls.py says so of a new one.

-- The face reads in a page's viewer's name. The hand keeps what pages keep, and nothing of the engine's.
do $$
declare
    who text;
begin
    foreach who in array array['answerable_face', 'answerable_hand'] loop
        begin
            if not exists (select from pg_roles where rolname = who) then
                execute format('create role %I nologin', who);
            end if;
            if not pg_has_role(current_user, who, 'member') then
                execute format('grant %I to %I', who, current_user);
            end if;
        exception
            when duplicate_object or unique_violation then null;
            when insufficient_privilege then
                raise exception using errcode = 'insufficient_privilege', message = format(
                    'The database user %I may not make the role %I. Ask whoever runs PostgreSQL to run, once: '
                    'create role %2$I nologin; grant %2$I to %1$I; and then start this again.', current_user, who);
        end;
    end loop;
end $$;

create schema if not exists face;
grant usage on schema face, public to answerable_face;
grant usage on schema public to answerable_hand;

-- The keys of whoever looks. Nobody has been named: what everybody sees.
create or replace function viewer_keys() returns text[] language sql stable parallel safe as $$
    select coalesce(nullif(current_setting('answerable.keys', true), '')::text[], '{public}')
$$;

-- An organisation with all before and after it, as far as they have taken over (rules.acting.seeing.line).
create or replace function line_of(org text, part text, day date) returns setof text language sql stable as $$
    with recursive after as (
        select org as one union
        select s.successor from after join successions s on s.was = after.one
        where s.what = part and s.taken_back_at is null and s.from_on <= day
    ), before as (
        select org as one union
        select s.was from before join successions s on s.successor = before.one
        where s.what = part and s.taken_back_at is null and s.from_on <= day
    )
    select one from after union select one from before
$$;

-- Whether somebody's office has ended with their body (rules.acting.seeing.ended).
create or replace function has_ended(told jsonb) returns boolean language sql stable as $$
    select exists (
        select from successions s
        where s.taken_back_at is null and s.from_on <= (told ->> 'on')::date
          and s.was = case s.what when 'body' then told ->> 'organisation'
                                  when 'office_holder' then told ->> 'person' end
          and told ->> 'role' in ('commissioner', 'acting_commissioner', 'deputy_commissioner')
          and not exists (
              select from people p, jsonb_array_elements(p.appointments) a
              where p.id = told ->> 'person' and a ->> 'role' = told ->> 'role'
                and (a ->> 'from_on')::date <= (told ->> 'on')::date
                and coalesce((a ->> 'to_on')::date, 'infinity') >= (told ->> 'on')::date
                and (a ->> 'to_on' is not null or (a ->> 'from_on')::date >= s.from_on)))
$$;

-- For whom somebody of the force answers on a day: themselves, and the leads whose deputy they are.
create or replace function answers_for(person text, day date) returns setof text language sql stable as $$
    select person
    union
    select lead.id from people lead
    where case when exists (select from people p, jsonb_array_elements(p.appointments) a
                            where p.id = person and a ->> 'deputises' = lead.id)
          then exists (select from people p, jsonb_array_elements(p.appointments) a
                       where p.id = person and a ->> 'deputises' = lead.id
                         and (a ->> 'from_on')::date <= day
                         and coalesce((a ->> 'to_on')::date, 'infinity') >= day)
          else lead.deputy = person end
$$;

-- Names who looks, for all that follows on this connection; null is nobody (rules.acting.seeing.keys_of). It says
-- by which path they find their tables.
drop function if exists look_as(jsonb);
create function look_as(told jsonb) returns text language plpgsql security definer
set search_path from current as $$
declare
    day  date := (told ->> 'on')::date;
    role text := told ->> 'role';
    keys text[] := '{}';
begin
    if told ->> 'task' is not null then
        keys := keys || ('task:' || (told ->> 'task'));
    elsif told ->> 'side' = 'opcc' and not has_ended(told) then
        keys := array['office', 'office:' || role, 'named:' || (told ->> 'person')]
            || array(select 'body:' || one from line_of(told ->> 'organisation', 'body', day) as one);
    elsif told ->> 'side' = 'force' then
        keys := keys || array(select 'person:' || one from answers_for(told ->> 'person', day) as one);
        if role in ('chief_constable', 'force_coordination') then
            keys := keys
                || array(select 'force:' || one from line_of(told ->> 'organisation', 'force', day) as one);
        end if;
    elsif told ->> 'side' = 'panel' then
        keys := keys || array['panel'];
    end if;
    if cardinality(keys) = 0 then
        keys := '{public}';
    end if;
    perform set_config('answerable.keys', keys::text, false);
    return case when 'office' = any (keys) then 'public' else 'face, public' end;
end $$;
revoke all on function look_as(jsonb) from public;
grant execute on function look_as(jsonb) to answerable_face;

-- A cycle as those see it who see parts of it (rules.acting.seeing.seen).
create or replace function seen_state(state jsonb, parts text[]) returns jsonb language sql immutable as $$
    select state - array['planned', 'wakes', 'judgements', 'decisions'] || jsonb_build_object(
        'requests', (
            select coalesce(jsonb_agg(
                case when 'request/' || (r ->> 'number') = any (parts) then r else r - array[
                    'amendments', 'bounced', 'chased', 'claims', 'clarifications', 'delegations', 'escalations',
                    'extension', 'reassignments', 'reminded', 'returns'] end order by place), '[]')
            from jsonb_array_elements(state -> 'requests') with ordinality as asked (r, place)
            where 'request/' || (r ->> 'number') = any (parts)
               or ('published' = any (parts) and r ->> 'state' <> 'withdrawn')),
        'actions', (
            select coalesce(jsonb_agg(
                case when 'action/' || (a ->> 'number') = any (parts) then a else a - array[
                    'chased', 'date_asked', 'dispute', 'disputed_by', 'escalations', 'progress', 'progress_asked',
                    'proof'] end order by place), '[]')
            from jsonb_array_elements(state -> 'actions') with ordinality as done (a, place)
            where 'action/' || (a ->> 'number') = any (parts)
               or ('published' = any (parts) and a ->> 'state' <> 'proposed')),
        'sessions', (
            select coalesce(jsonb_agg(
                case when 'meeting' = any (parts) then s else s - array['interests', 'questions', 'votes'] end
                order by place), '[]')
            from jsonb_array_elements(state -> 'sessions') with ordinality as met (s, place)
            where parts && '{session,published}'),
        'findings', (
            select coalesce(jsonb_agg(f - array['approvals', 'redaction', 'release', 'sent_back'] order by place), '[]')
            from jsonb_array_elements(state -> 'findings') with ordinality as hits (f, place)
            where ('fact_check' = any (parts) and f ->> 'fact_check' is not null)
               or ('published' = any (parts) and f ->> 'published_at' is not null)))
$$;

-- The cycles for whoever is not of the office: in the parts that they see. The office reads the table itself, under
-- the policy below; which of the two is meant by `cycles`, the path says that look_as gives.
drop view if exists face.cycles, face.people, face.seen_sessions;
create view face.cycles as
    select reference, version, stage, title, theme, opened_by, opened_at, changed_at, session_at, paused,
           seen_state(state, array(
               select a.part from cycle_access a where a.cycle = c.reference
                 and a.who = any ((select viewer_keys())::text[]) and (a.until is null or a.until > now())))
               as state
    from public.cycles c
    where (exists (
        select from cycle_access a where a.cycle = c.reference and a.who = any ((select viewer_keys())::text[])
          and a.part <> 'restricted' and (a.until is null or a.until > now()))) is true;
-- "is true" keeps this a question of its own, which PostgreSQL answers once for all rows of a long list or by the
-- index for one. As a join it is laid out for the few keys that are guessed for a viewer, where a lead has thousands.

-- Sessions as their own pages show them, each with what it takes from its cycle: the cycle's whole state would be
-- put together for each line of a list.
create view face.seen_sessions as
    select s.line, s.cycle, s.number, c.title, c.version, c.changed_at, x.calendar,
           x.standards ->> 'due_hour' as due_hour, one - array['interests', 'questions', 'votes'] as session,
           exists (select from findings_search f where f.cycle = s.cycle and not f.withdrawn) as published
    from public.cycle_sessions s
    join public.cycles c on c.reference = s.cycle
    cross join lateral jsonb_to_record(c.state) as x (calendar text, standards jsonb, sessions jsonb)
    cross join lateral jsonb_array_elements(x.sessions) as one
    where one ->> 'number' = s.number::text and c.stage <> 'cancelled' and exists (
        select from cycle_access a where a.cycle = s.cycle and a.who = any ((select viewer_keys())::text[])
          and a.part in ('session', 'whole') and (a.until is null or a.until > now()));

-- Everybody is known by title; an address is for the office, for their own force's coordination, and for them.
create view face.people as
    select id, title, role, organisation,
           case when (select viewer_keys()) && array['office', 'force:' || organisation, 'person:' || id]
                then address end as address, deputy, appointments
    from public.people;
grant select on face.cycles, face.people, face.seen_sessions to answerable_face;

-- Behind the walls: every table is closed, and opened by name.
do $$
declare
    one record;
begin
    for one in select tablename as name from pg_tables where schemaname = 'public' loop
        execute format('alter table %I enable row level security', one.name);
        execute format('drop policy if exists face on %I', one.name);
        execute format('drop policy if exists hand on %I', one.name);
        execute format('revoke all on %I from answerable_face, answerable_hand', one.name);
        execute format('create policy hand on %I to answerable_hand using (true) with check (true)', one.name);
        if one.name in ('ledger', 'cycles', 'requests', 'deadlines', 'publications', 'releases', 'migrations',
                        'programme_ledger', 'programmes', 'cycle_access', 'text_places', 'file_places', 'needs',
                        'open_actions', 'cycle_sessions', 'colleagues', 'left_open', 'asked_about', 'engine_seen', 'runs', 'run_lines',
                        'run_answers', 'runs_behind', 'duties_ahead', 'commitments_heard', 'measure_figures',
                        'findings_search', 'cycle_titles', 'public_feed') then
            execute format('grant select on %I to answerable_hand', one.name);
        elsif one.name in ('chained_on', 'checkpoints', 'checkpoint_heads', 'ledger_keys', 'ledger_proofs',
                           'erasures', 'restores', 'out_tray') then
            execute format('grant select on %I to answerable_hand', one.name);
        elsif one.name in ('access_log', 'people_changes') then
            execute format('grant select, insert on %I to answerable_hand', one.name);
        else
            execute format('grant select, insert, update, delete on %I to answerable_hand', one.name);
        end if;
    end loop;
end $$;

-- Whether whoever looks is of the office whose cycles all of these are: then only what is restricted to others is
-- kept from them, and not every row of a list has to be asked about. Asked once in each statement.
create or replace function sees_office() returns boolean language sql stable security definer
set search_path from current as $$
    with recursive bodies as (
        (select min(who) as who from cycle_access where who >= 'body:' and who < 'body;')
        union all
        select (select min(a.who) from cycle_access a where a.who > bodies.who and a.who < 'body;')
        from bodies where bodies.who is not null
    )
    select 'office' = any (viewer_keys())
       and (select coalesce(bool_and(who = any (viewer_keys())), false) from bodies where who is not null)
$$;

-- The restricted cycles that whoever looks is not named in, and has not opened.
create or replace function kept_from_viewer() returns text[] language sql stable security definer
set search_path from current as $$
    select array(select r.cycle from restrictions r where not exists (
        select from cycle_access a where a.cycle = r.cycle and a.part = 'whole'
          and a.who = any (viewer_keys()) and (a.until is null or a.until > now())))
$$;

-- Of whom whoever looks sees what they are asked and what they undertook: themselves, whom they answer for, and all
-- of their own force (who_sees gives a request to its lead and the lead's force, an action to its owner and theirs).
-- A row that names one of them needs no question to cycle_access.
create or replace function leads_seen() returns text[] language sql stable security definer
set search_path from current as $$
    select array(
        select substr(key, 8) from unnest(viewer_keys()) as key where starts_with(key, 'person:')
        union
        select id from people where 'force:' || organisation = any (viewer_keys())
          and role in ('chief_constable', 'thematic_lead', 'force_coordination'))
$$;
revoke all on function sees_office(), kept_from_viewer(), leads_seen() from public;
grant execute on function sees_office(), kept_from_viewer(), leads_seen() to answerable_face;

drop function if exists shows(text, text);
create or replace function shows(tab text, rows text, cycle text default null) returns void language plpgsql as $$
begin
    if cycle is not null then
        rows := format('((select sees_office()) and %I <> all ((select kept_from_viewer())::text[])) or (%s)',
                       cycle, rows);
    end if;
    if to_regclass('public.' || tab) is not null then
        execute format('create policy face on public.%I for select to answerable_face using (%s)', tab, rows);
        execute format('grant select on public.%I to answerable_face', tab);
    end if;
end $$;
revoke all on function shows(text, text, text) from public;

-- The keys themselves: whoever looks sees what their own keys open, and all else follows from it.
select shows('cycle_access', $$who = any ((select viewer_keys())::text[]) and (until is null or until > now())$$);
select shows('cycles', $$exists (select from cycle_access a where a.cycle = cycles.reference and a.part = 'whole')$$, 'reference');
select shows('ledger', $$kind = 'FindingsWithdrawn' or exists (
    select from cycle_access a where a.cycle = ledger.cycle and (
        a.part in ('whole', part_of(ledger.kind, ledger.event))
        or (a.part = 'published' and ledger.public and ledger.marking = 'OFFICIAL')
        or (a.part <> 'restricted' and ledger.kind = 'BodySucceeded')))$$, 'cycle');
-- Each question below is one equality of each column, so that PostgreSQL may answer it once for all rows of a long
-- list (a hash of what the keys open) or by the index for few, as it estimates; with `in (…)` it could not.
select shows('requests', $$lead in (select unnest(leads_seen()))
    or exists (select from cycle_access a where a.cycle = requests.cycle and a.part = 'whole')
    or exists (select from cycle_access a where a.cycle = requests.cycle
               and a.part = 'request/' || requests.number)$$, 'cycle');
select shows('deadlines', $$exists (select from cycle_access a where a.cycle = deadlines.cycle and a.part = 'whole')
    or exists (select from cycle_access a where a.cycle = deadlines.cycle
               and a.part = part_owed(deadlines.what, deadlines.number))$$, 'cycle');
select shows('text_places', $$part = 'open' or (part = 'office' and (select viewer_keys()) && '{office,panel}')
    or exists (select from cycle_access a where a.cycle = text_places.cycle and (
        a.part in ('whole', text_places.part) or (text_places.part = 'any' and a.part <> 'restricted')))$$, 'cycle');
select shows('texts', $$exists (select from text_places t where t.ref = texts.ref)$$);
select shows('file_places', $$exists (select from cycle_access a where a.cycle = file_places.cycle
    and a.part in ('whole', file_places.part))$$, 'cycle');
select shows('files', $$exists (select from file_places f where f.digest = files.digest)$$);
select shows('mails', $$exists (select from cycle_access a where a.cycle = mails.cycle and a.part = 'whole')$$, 'cycle');
select shows('restrictions', $$exists (select from cycle_access a where a.cycle = restrictions.cycle
    and a.part in ('whole', 'restricted'))$$);
select shows('openings', $$exists (select from cycle_access a where a.cycle = openings.cycle
    and a.part in ('whole', 'restricted'))$$);

-- The boards: each row belongs to a part, as what it was made from does.
select shows('needs', $$exists (select from cycle_access a where a.cycle = needs.cycle and (a.part = 'whole'
    or (a.part = 'meeting' and needs.whom = 'panel_secretariat')
    or (a.part in ('fact_check', 'request/' || needs.number, 'action/' || needs.number)
        and (needs.whom in ('chief_constable', 'force_coordination', 'thematic_lead')
             or starts_with(needs.whom, '/')))))$$, 'cycle');
select shows('open_actions', $$owner in (select unnest(leads_seen()))
    or (state <> 'proposed' and exists (select from cycle_access a where a.cycle = open_actions.cycle
                                        and a.part = 'published'))
    or exists (select from cycle_access a where a.cycle = open_actions.cycle and a.part = 'whole')
    or exists (select from cycle_access a where a.cycle = open_actions.cycle
               and a.part = 'action/' || open_actions.number)$$, 'cycle');
select shows('cycle_sessions', $$exists (select from cycle_access a where a.cycle = cycle_sessions.cycle
    and a.part = 'session')
    or exists (select from cycle_access a where a.cycle = cycle_sessions.cycle and a.part = 'whole')$$, 'cycle');
select shows('cycle_titles', $$exists (select from cycle_access a where a.cycle = cycle_titles.cycle
    and a.part <> 'restricted')$$, 'cycle');
select shows('colleagues', $$exists (select from cycle_access a where a.cycle = colleagues.cycle
    and a.part in ('whole', 'request/' || colleagues.number))$$, 'cycle');
select shows('left_open', $$exists (select from cycle_access a where a.cycle = left_open.cycle
    and a.part = 'whole')$$, 'cycle');
select shows('run_lines', $$exists (select from cycle_access a where a.cycle = run_lines.cycle
    and a.part in ('whole', 'published'))$$, 'cycle');
select shows(one, format($$exists (select from cycle_access a where a.cycle = %I.cycle and a.part = 'whole')$$, one),
             'cycle')
    from unnest(array['runs', 'run_answers', 'runs_behind', 'asked_about']) as one;

-- What everybody reads.
select shows(one, 'true') from unnest(array[
    'publications', 'releases', 'plans', 'calendars', 'standards', 'windows', 'findings_search',
    'public_feed', 'chained_on', 'checkpoints', 'ledger_keys', 'ledger_proofs',
    'commitments_heard', 'measure_figures']) as one;
-- What the office and the panel's secretariat read.
select shows(one, $$(select viewer_keys()) && '{office,panel}'$$)
    from unnest(array['programmes', 'programme_ledger', 'successions', 'sittings']) as one;
-- Working notes of a room go with the cycle that they are about.
select shows('jottings', $$exists (select from cycle_access a where a.cycle = jottings.cycle
    and a.part in ('whole', 'meeting'))$$, 'cycle');
-- What the office reads.
select shows(one, $$(select 'office' = any (viewer_keys()))$$)
    from unnest(array['outside_events', 'outside_feeds', 'triggers', 'people', 'engine_seen',
                      'tracker_history']) as one;
select shows(one, $$(select viewer_keys()) && '{office:chief_executive,office:policy_officer}'$$)
    from unnest(array['access_log', 'people_changes']) as one;

grant select on sequence ledger_position_seq, programme_ledger_position_seq to answerable_face, answerable_hand;
