-- Whether the chief executive was written to because somebody opened a restricted cycle. What was opened before this
-- is not written about now.
alter table openings add column told_at timestamptz;
update openings set told_at = at;
create index openings_untold on openings (at) where told_at is null;

-- What old trackers say is over: kept as they say it, beside the record and never in it. It goes with its import.
create table tracker_history (
    mark      text        primary key check (mark ~ '^[0-9a-f]{64}$'),
    import    bigint      not null references imports on delete cascade,
    row       integer     not null,
    what      text        not null check (what <> ''),
    status    text        not null,
    owner     text        not null default '',
    number    text        not null default '',
    due       text        not null default '',
    closed    text        not null default '',
    closed_on date,
    notes     text        not null default '',
    file      text        not null,
    sheet     text        not null,
    digest    text        not null,
    by        text        not null,
    at        timestamptz not null,
    unique (import, row)
);
create index tracker_history_newest on tracker_history (closed_on desc nulls last, mark);

-- The part of a cycle to which an entry of its ledger belongs: as before, and reminders that a person had sent.
create or replace function part_of(kind text, event jsonb) returns text language sql immutable parallel safe as $$
    select case
        when kind in ('EvidenceRequested', 'RequestWithdrawn', 'RequestAcknowledged', 'RequestAmended',
                      'RequestDelegated', 'RequestReassigned', 'RequestEscalated', 'RequestReminded', 'ReturnSubmitted',
                      'ReturnSentBack', 'ReturnAccepted', 'ReturnCertified', 'ExtensionRequested',
                      'ExtensionGranted', 'ExtensionRefused', 'ReminderDelivered', 'ReminderBounced',
                      'ClarificationAsked', 'ClarificationAnswered', 'ClockSuspended', 'ClockResumed',
                      'NonResponseDeemed', 'SensitivityClaimed', 'SensitivityDecided', 'SensitivityLapsed')
            then 'request/' || (event ->> 'request')
        when kind in ('ActionProposed', 'ActionConfirmed', 'ActionClaimedDone', 'ActionVerified',
                      'ActionDisputed', 'ActionWithdrawn', 'ActionDateAsked', 'ActionDateMoved',
                      'ActionDateKept', 'ActionSlipped', 'ActionEscalated', 'ActionReminded', 'ActionReopened',
                      'ActionPassedOn', 'ProgressAsked', 'ProgressReported')
            then 'action/' || (event ->> 'action')
        when kind in ('SessionFixed', 'SessionMoved', 'SessionCancelled', 'AgendaPublished',
                      'PapersPublished') then 'session'
        when kind in ('SessionHeld', 'InterestDeclared', 'QuestionAsked', 'AnswerRecorded', 'VoteRecorded')
            then 'meeting'
        when kind in ('FactCheckInvited', 'FactCheckReceived', 'FactCheckDeemed') then 'fact_check'
        when kind = 'BodySucceeded' then 'any'
        when kind = 'FindingsWithdrawn' then 'open'
        else 'whole'
    end
$$;

-- The sign-in service's own name of the session in which somebody signed in there: by it the service ends ours.
alter table sessions add column sid text;
create index sessions_there on sessions (issuer, sub) where ended_at is null and issuer is not null;

-- What a service said of somebody who signed out there: each word counts once.
create table logout_tokens (
    issuer text        not null,
    jti    text        not null check (jti ~ '^[0-9a-f]{64}$'),
    at     timestamptz not null,
    primary key (issuer, jti)
);
create index logout_tokens_at on logout_tokens (at);
