"""What is watched from outside: numbers and instants of the whole office, and nothing of any cycle."""

from schemas.shape import Instant, Shape


class Watched(Shape):
    """How the record and what hangs on it stand."""

    rungs_due: int
    """Cycles in which something that falls to the engine is due and has not been done."""
    rung_due_since: Instant | None
    """When the oldest of these fell due."""
    cycles_open: int
    cycles_behind: int
    """Cycles that have moved on since it was last counted how they run."""
    checkpoint_at: Instant | None
    ledger_since: Instant | None
    """When the first entry was recorded; None of an empty ledger."""
    engine_seen_at: Instant | None
    feed_behind: int
    """Entries that the subscriber who is furthest behind has not heard of."""
    feed_failing_since: Instant | None
    sessions: int
    files_waiting: int
    files_waiting_since: Instant | None
    mails_bounced: int
    """Of the last day."""
    mails: int
    """Of the last day."""
    letters_waiting: int
    """That acts have left and the post has not taken."""
    letters_waiting_since: Instant | None
    connections: int
    """That PostgreSQL has open, of everybody who uses the server."""
    connections_most: int
    """That it opens to those who do not run it."""

    @property
    def connected(self) -> float:
        """The part of PostgreSQL's connections that is in use: from 0 to 1."""
        return self.connections / max(self.connections_most, 1)
