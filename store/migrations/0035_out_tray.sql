-- Letters that only tell: left here by the statement that wrote the act, and struck out once they have gone.
create table out_tray (
    number     bigint      generated always as identity primary key,
    key        text        not null unique,
    cycle      text        not null,
    notice     jsonb       not null,
    left_at    timestamptz not null default now(),
    tries      integer     not null default 0,
    not_before timestamptz not null default now()
);
create index out_tray_cycle on out_tray (cycle, number);

-- What is watched of it beside the rest: how many letters are there, and since when the oldest.
create function out_tray_at(moment timestamptz) returns jsonb language sql stable security definer
set search_path from current as $$
    select jsonb_build_object('letters_waiting', count(*), 'letters_waiting_since', min(left_at)) from out_tray
    where left_at <= moment
$$;
