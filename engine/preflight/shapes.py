"""What a pre-flight finds: one judgement for each history, and the report over all of them."""

from schemas.shape import CycleRef, Instant, Shape


class Taken(Shape):
    """A history as it was taken from the engine or from a file: the bytes of its protobuf."""

    workflow_id: str
    content: bytes


class NotLooked(Shape):
    """A workflow that was not looked at, and why."""

    workflow_id: str
    why: str


class Difference(Shape):
    """Where the code first leaves what a history has."""

    event: int
    """The number of the event in the history; where the history has nothing there, of its last one."""
    event_type: str
    had: str
    asks: str
    line: str | None
    """Our line that asks, such as `workflows/cycle.py:187 _deliver`; the last that asked, where none does."""


class Judged(Shape):
    """One history: would it go on under this code?"""

    workflow_id: str
    run_id: str
    workflow_type: str
    events: int
    breaks: Difference | None = None
    version: int | None = None
    """How many entries the ledger of this cycle has, as the code adds up to."""
    deadlines: dict[str, str] | None = None
    """What the code says is owed after the last act in the history, and by when; None without an act."""


class Standing(Shape):
    """What stands in the store of one cycle: its version, and what is owed by when."""

    cycle: CycleRef
    version: int
    deadlines: dict[str, Instant]


class Moved(Shape):
    """A deadline that is another under this code; no instant where it is not owed."""

    cycle: CycleRef
    key: str
    before: Instant | None
    after: Instant | None


class Report(Shape):
    """A whole pre-flight."""

    source: str
    judged: tuple[Judged, ...]
    not_looked: tuple[NotLooked, ...]
    moved: tuple[Moved, ...] = ()
    not_compared: tuple[NotLooked, ...] = ()
    """Cycles whose deadlines were not compared with those in the store, and why."""
    seconds: float
    processes: int

    @property
    def breaking(self) -> tuple[Judged, ...]:
        """Those that would not go on."""
        return tuple(one for one in self.judged if one.breaks)

    @property
    def events(self) -> int:
        """How many events of history were replayed."""
        return sum(one.events for one in self.judged)
