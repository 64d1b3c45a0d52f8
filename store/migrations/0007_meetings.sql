-- Meetings that several cycles share are found by the reference that their sessions carry.
create index cycles_meetings on cycles using gin ((state -> 'sessions') jsonb_path_ops);
