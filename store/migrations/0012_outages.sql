-- What was done late is found without reading the whole ledger.
create index ledger_late on ledger (at desc) where kind = 'DutyFiredLate';
