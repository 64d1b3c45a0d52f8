"""How long a cycle waits for what it has done, and when it asks again."""

from datetime import timedelta

from temporalio.common import RetryPolicy

RECORD_WITHIN = timedelta(seconds=10)
RECORD_AGAIN = RetryPolicy(
    initial_interval=timedelta(milliseconds=100), maximum_interval=timedelta(seconds=5)
)
"""The ledger is tried until it answers: no act is answered before it is written down."""

DELIVER_WITHIN = timedelta(seconds=60)
SILENT_AT_MOST = timedelta(seconds=10)
"""Then a delivery has lost its worker. A shorter time would take a busy worker for a dead one."""
DELIVER_AGAIN = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5))
