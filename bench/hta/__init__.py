"""HTA-bench: one workload on several systems, each beside a bare workflow of the same shape (ADR 0034)."""
