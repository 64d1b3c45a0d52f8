-- Each entry is linked to the one before it (docs/ledger.md): what stands here is chained by `starter.py migrate`,
-- what comes is chained as it is appended. `erased` says what of an entry was erased, and with which salts it stays.
alter table ledger add column salt bytea, add column link bytea, add column erased jsonb;
alter table programme_ledger add column salt bytea, add column link bytea, add column erased jsonb;

-- As schemas.chain has it: a step is the hash of an entry with when the store took it, a link that of all up to it.
create function chain_step(leaf bytea, at timestamptz) returns bytea language sql immutable parallel safe
return sha256(convert_to(E'answerable/ledger/1/step\n', 'UTF8') || leaf
              || int8send((extract(epoch from at) * 1000000)::bigint));
create function chain_on(link bytea, before bytea, step bytea) returns bytea
language plpgsql immutable parallel safe as $$
begin
    return sha256(convert_to(E'answerable/ledger/1/link\n', 'UTF8') || coalesce(link, before) || step);
end $$;
create aggregate chained(before bytea, step bytea) (sfunc = chain_on, stype = bytea);

-- An entry stays as it is, but for two things: it is chained, once; and something of it is erased, which leaves its
-- link as it was. Whether that was done rightly, the chain itself says (starter.py ledger verify).
create function ledger_is_guarded() returns trigger language plpgsql as $$
declare
    was jsonb := to_jsonb(old);
    is_now jsonb := to_jsonb(new);
begin
    if old.link is null and new.link is not null and new.erased is null
       and was - array['salt', 'link'] = is_now - array['salt', 'link'] then
        return new;
    end if;
    if old.link is not null and new.link = old.link and new.salt is null and new.erased is not null
       and was - array['actor', 'key', 'content', 'event', 'salt', 'erased']
           = is_now - array['actor', 'key', 'content', 'event', 'salt', 'erased'] then
        return new;
    end if;
    raise exception 'the ledger is appended to, never altered' using errcode = 'integrity_constraint_violation';
end $$;
drop trigger ledger_stands on ledger;
create trigger ledger_stands before delete on ledger for each row execute function ledger_stands();
create trigger ledger_is_guarded before update on ledger for each row execute function ledger_is_guarded();
drop trigger ledger_stands on programme_ledger;
create trigger ledger_stands before delete on programme_ledger for each row execute function ledger_stands();
create trigger ledger_is_guarded before update on programme_ledger
    for each row execute function ledger_is_guarded();
create index ledger_unchained on ledger (cycle) where link is null;
create index programme_ledger_unchained on programme_ledger (programme) where link is null;

-- When what stood already was chained: before that, nothing here proves what it was.
create table chained_on (
    number  integer     generated always as identity primary key,
    at      timestamptz not null default clock_timestamp(),
    chains  integer     not null,
    entries bigint      not null
);

-- Where all chains stood, day by day, signed. What is noted of the chains is what had moved on since the last one.
create table checkpoints (
    number integer     primary key check (number >= 1),
    at     timestamptz not null,
    digest text        not null unique,
    said   jsonb       not null
);
create table checkpoint_heads (
    chain      text    not null,
    checkpoint integer not null references checkpoints (number),
    length     integer not null check (length >= 1),
    head       bytea   not null,
    primary key (chain, checkpoint)
);
create table ledger_keys (
    id     text    primary key,
    public text    not null,
    since  integer not null references checkpoints (number)
);
-- What proves to everybody that published findings stand in their cycle's ledger: made again from the ledger.
create table ledger_proofs (
    chain      text    primary key,
    checkpoint integer not null references checkpoints (number),
    proof      jsonb   not null
);
create table erasures (
    number   bigint      generated always as identity primary key,
    at       timestamptz not null default clock_timestamp(),
    by       text        not null,
    reason   text        not null,
    chain    text        not null,
    version  integer     not null,
    pointers text[]      not null,
    nonce    uuid        not null default gen_random_uuid() -- so that nobody guesses a note from a checkpoint
);
create index erasures_chain on erasures (chain, version);

do $$
declare
    one text;
begin
    foreach one in array array['chained_on', 'checkpoints', 'checkpoint_heads', 'ledger_keys', 'erasures'] loop
        execute format('create trigger stands before update or delete on %I for each row '
                       'execute function ledger_stands()', one);
        execute format('create trigger stays before truncate on %I for each statement '
                       'execute function ledger_stands()', one);
    end loop;
end $$;

-- Whoever follows the record itself is told of every checkpoint.
alter table follower_news drop constraint follower_news_what_check;
alter table follower_news add constraint follower_news_what_check
    check (what in ('published', 'corrected', 'withdrawn', 'late', 'checkpoint'));
create function checkpoint_is_news() returns trigger language plpgsql security definer
set search_path from current as $$
begin
    insert into follower_news (cycle, version, what, about) values ('', new.number, 'checkpoint', new.digest)
    on conflict do nothing;
    return null;
end $$;
create trigger checkpoint_is_news after insert on checkpoints
    for each row execute function checkpoint_is_news();
