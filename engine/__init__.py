"""The one place that knows how to reach Temporal: its address, its worker, and the Desk for commands."""
