"""Sessions as everybody may know of them: each with what its page says of the cycle, without the cycle."""

from schemas.cycle import Session
from schemas.shape import CycleRef, Instant, Shape


class SeenSession(Shape):
    """One session of one cycle, with the words of the texts that it names."""

    cycle: CycleRef
    title: str
    """The cycle's, in words."""
    published: bool
    """Whether its findings can be read."""
    calendar: str
    due_hour: str
    """The hour at which the cycle's own standards have what is owed on a day fall due."""
    version: int
    changed_at: Instant
    session: Session
    words: dict[str, str]


class SeenSessions(Shape):
    """The sessions of some meetings, and how many meetings there are in all."""

    rows: tuple[SeenSession, ...] = ()
    all: int = 0
