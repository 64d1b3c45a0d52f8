"""MEMORY: the only SQL. The ledger is the only history of record; rows are what it adds up to."""
