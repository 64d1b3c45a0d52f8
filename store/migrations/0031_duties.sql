-- What the engine has to do next in each cycle, and when: written behind the ledger with how cycles ran, so that
-- whoever watches sees what is due and was not done, also while no worker runs.
create table duties_ahead (
    cycle   text        primary key,
    version integer     not null,
    kind    text        not null,
    at      timestamptz not null
);
create index duties_ahead_at on duties_ahead (at);
insert into runs_behind (cycle, version) select reference, version from cycles on conflict do nothing;

-- What is watched from outside: numbers and instants alone, so that it may be asked by whoever may read nothing else.
create function watched_at(moment timestamptz) returns jsonb language sql stable security definer
set search_path from current as $$
    select to_jsonb(w) from (select
        (select count(*) from duties_ahead where at < moment) as rungs_due,
        (select min(at) from duties_ahead where at < moment) as rung_due_since,
        (select count(*) from cycles where stage not in ('closed', 'cancelled')) as cycles_open,
        (select count(*) from runs_behind) as cycles_behind,
        (select max(at) from checkpoints) as checkpoint_at,
        (select recorded_at from ledger order by position limit 1) as ledger_since,
        (select at from engine_seen) as engine_seen_at,
        (select coalesce(max(n.newest - c.position), 0) from subscription_cursors c
         join subscriptions s on s.id = c.subscription and s.state = 'active'
         join (select 'cycles' as source, max(position) as newest from ledger
               union all select 'programmes', max(position) from programme_ledger) n on n.source = c.source)
            as feed_behind,
        (select min(failing_since) from subscriptions where state = 'active') as feed_failing_since,
        (select count(*) from sessions where ended_at is null and until > moment) as sessions,
        (select count(*) from files where scan = 'waiting') as files_waiting,
        (select min(kept_at) from files where scan = 'waiting') as files_waiting_since,
        (select count(*) from mails where at > moment - interval '1 day' and delivery = 'bounced') as mails_bounced,
        (select count(*) from mails where at > moment - interval '1 day') as mails
    ) as w
$$;
