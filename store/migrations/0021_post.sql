-- The post after it was handed over: one row per message and person, found again by its reference.
create table mail_recipients (
    reference text        primary key,
    key       text        not null,
    cycle     text        not null,
    request   integer,
    action    text,
    person    text        not null,
    address   text        not null,
    notice    jsonb       not null,
    at        timestamptz not null,
    state     text        not null check (state in ('sending', 'sent', 'delivered', 'bounced')),
    state_at  timestamptz not null,
    why       text,
    again     text
);
create index mail_recipients_key on mail_recipients (key);
create index mail_recipients_cycle on mail_recipients (cycle, request, at);
create index mail_recipients_bounced on mail_recipients (cycle, state_at) where state = 'bounced' and again is null;

alter table mails add column delivery text not null default 'sent'
    check (delivery in ('sent', 'delivered', 'bounced'));
alter table mails add column delivery_at timestamptz;
alter table mails add column delivery_why text;
update mails set delivery = 'bounced', delivery_at = at where not delivered;

-- Notices sent once more to an address put right: the engine sends each, once for its key.
create table mails_again (
    key         text        primary key,
    reference   text        not null unique,
    notice      jsonb       not null,
    address_was text        not null,
    address     text        not null,
    why         text        not null,
    by          text        not null,
    at          timestamptz not null,
    sent_at     timestamptz
);

-- How somebody wants to hear of what may wait, and what waits for them.
create table mail_choices (
    person text        primary key,
    choice text        not null check (choice in ('each', 'daily', 'weekly')),
    at     timestamptz not null
);
create table digest_lines (
    notice  text        not null,
    person  text        not null,
    cycle   text        not null,
    subject text        not null,
    path    text        not null,
    at      timestamptz not null,
    digest  text,
    sent_at timestamptz,
    primary key (notice, person)
);
create index digest_lines_unsent on digest_lines (person, at) where sent_at is null;

-- How often somebody has renewed the address of their calendar: the number is part of what is signed.
create table calendar_addresses (
    person text        primary key,
    number integer     not null check (number > 0),
    at     timestamptz not null
);

-- An office's own words for a letter. Never altered; the newest is in force, and one without a text gives
-- the product's words back.
create table letter_editions (
    name    text        not null,
    version integer     not null check (version > 0),
    text    text,
    by      text        not null,
    at      timestamptz not null,
    why     text        not null,
    primary key (name, version)
);
create function letter_editions_stand() returns trigger language plpgsql as $$
begin
    raise exception 'an edition of a letter is never altered: write a new one'
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger letter_editions_stand before update or delete on letter_editions
    for each row execute function letter_editions_stand();
create trigger letter_editions_stay before truncate on letter_editions
    for each statement execute function letter_editions_stand();
