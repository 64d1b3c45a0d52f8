"""The clock algebra: from a rule, a start and a ledger to a due day that explains itself."""
