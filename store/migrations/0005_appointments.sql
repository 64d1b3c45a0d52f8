-- Roles with the days on which they are held; without any, the role beside them is held without limit.
alter table people add column appointments jsonb not null default '[]';
