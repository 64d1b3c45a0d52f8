"""How things stand, for Prometheus: asked of the store every few seconds, by workers and by pages alike.

Both ask, because an alert about the worker has to come from somebody else.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import structlog
from prometheus_client import Gauge

from schemas.watched import Watched
from watching import machine

log = structlog.get_logger("answerable.measures")
EVERY = 15.0
"""Seconds."""

STORE = Gauge("answerable_store_up", "Whether PostgreSQL answered when it was last asked: 1 or 0")
RUNGS = Gauge("answerable_rungs_due", "Cycles in which something of the engine's own is due and not done")
RUNG_LATE = Gauge("answerable_rung_late_seconds", "For how long the oldest of these has been due")
OPEN = Gauge("answerable_cycles_open", "Cycles under way")
BEHIND = Gauge("answerable_cycles_behind", "Cycles of which it was not counted yet how they run")
CHECKPOINT = Gauge("answerable_checkpoint_age_seconds", "Age of the newest checkpoint, or of the ledger")
ROUND = Gauge("answerable_round_age_seconds", "Since the engine's round of every minute last began")
FEED = Gauge("answerable_feed_behind", "Entries that the subscriber furthest behind has not heard of")
FEED_FAILING = Gauge("answerable_feed_failing_seconds", "For how long a subscriber has taken nothing")
SESSIONS = Gauge("answerable_sessions", "Browsers that are signed in")
FILES = Gauge("answerable_files_waiting", "Files that wait for the scanner")
FILES_LATE = Gauge("answerable_files_waiting_seconds", "For how long the oldest of these has waited")
BOUNCED = Gauge("answerable_mails_bounced", "Letters of the last day that came back")
MAILS = Gauge("answerable_mails_day", "Letters of the last day")
LETTERS = Gauge("answerable_letters_waiting", "Letters in the out-tray that the post has not taken")
LETTERS_LATE = Gauge("answerable_letters_waiting_seconds", "For how long the oldest of these has waited")
CONNECTIONS = Gauge(
    "answerable_store_connections_ratio", "Part of PostgreSQL's connections that is in use: 0 to 1"
)
DISK = Gauge("answerable_disk_free_ratio", "Free part of the disk on which something lies: 0 to 1", ["place"])
ROWS_WRONG = Gauge("answerable_rows_wrong", "Rows of a sample that were not what the ledger comes to")
ROWS_LOOKED = Gauge("answerable_rows_looked_age_seconds", "Since rows were last compared with the ledger")
CERTIFICATE = Gauge("answerable_certificate_seconds", "Until the certificate of the public address ends")
KEYS_WRONG = Gauge("answerable_keys_wrong", "Key files that are missing, or that others may read")
CALENDAR = Gauge("answerable_calendar_days", "Days until the newest calendar ends")

NOT_KNOWN = float("nan")
ALL = (
    *(
        STORE,
        RUNGS,
        RUNG_LATE,
        OPEN,
        BEHIND,
        CHECKPOINT,
        ROUND,
        FEED,
        FEED_FAILING,
        SESSIONS,
        FILES,
        FILES_LATE,
    ),
    *(BOUNCED, MAILS, LETTERS, LETTERS_LATE, CONNECTIONS),
    *(ROWS_WRONG, ROWS_LOOKED, CERTIFICATE, KEYS_WRONG, CALENDAR),
)
for one in ALL:  # what a process never looked at is not nought: no alert compares with it
    one.set(NOT_KNOWN)


class Asks(Protocol):
    """Who knows how the record stands."""

    async def watched(self, now: datetime) -> Watched:
        """How it stands at an instant."""
        ...


class Round(Protocol):
    """Something that is looked at again and again."""

    async def look(self) -> None:
        """Look once."""
        ...


class Gauges:
    """What the store says, as numbers."""

    def __init__(self, asks: Asks, now: Callable[[], datetime]) -> None:
        self._asks = asks
        self._now = now

    async def look(self) -> None:
        """Ask once; a store that does not answer is said to be down, and every other number goes stale."""
        now = self._now()
        try:
            found = await self._asks.watched(now)
        except Exception:
            STORE.set(0)
            raise
        STORE.set(1)
        for gauge, number in (
            (RUNGS, found.rungs_due),
            (RUNG_LATE, since(now, found.rung_due_since)),
            (OPEN, found.cycles_open),
            (BEHIND, found.cycles_behind),
            (CHECKPOINT, since(now, found.checkpoint_at or found.ledger_since)),
            (ROUND, since(now, found.engine_seen_at or found.ledger_since)),
            (FEED, found.feed_behind),
            (FEED_FAILING, since(now, found.feed_failing_since)),
            (SESSIONS, found.sessions),
            (FILES, found.files_waiting),
            (FILES_LATE, since(now, found.files_waiting_since)),
            (BOUNCED, found.mails_bounced),
            (MAILS, found.mails),
            (LETTERS, found.letters_waiting),
            (LETTERS_LATE, since(now, found.letters_waiting_since)),
            (CONNECTIONS, found.connected),
        ):
            gauge.set(number)


class MachineGauges:
    """What this machine says: its disks, its keys, the certificate of the address that people type."""

    def __init__(
        self, places: Mapping[str, Path], keys: Sequence[Path], address: str, days_left: Callable[[], int]
    ) -> None:
        self._places = places
        self._keys = keys
        self._address = address
        self._days_left = days_left

    async def look(self) -> None:
        """Look once."""
        for name, place in self._places.items():
            if (free := machine.free(place)) is not None:
                DISK.labels(place=name).set(free)
        KEYS_WRONG.set(sum(bool(machine.key_wrong(one)) for one in self._keys))
        CALENDAR.set(self._days_left())
        left = await asyncio.to_thread(machine.certificate_left, self._address)
        if left is not None:
            CERTIFICATE.set(left)


class RowGauges:
    """Whether rows are what the ledger comes to, of some cycles after others."""

    def __init__(self, compare: Callable[[], Awaitable[int]], now: Callable[[], datetime]) -> None:
        self._compare = compare
        self._now = now
        self._looked_at = now()
        ROWS_LOOKED.set_function(lambda: since(self._now(), self._looked_at))

    async def look(self) -> None:
        """Compare once."""
        ROWS_WRONG.set(await self._compare())
        self._looked_at = self._now()


def since(now: datetime, at: datetime | None) -> float:
    """Seconds since an instant; 0 where there was none."""
    return max((now - at).total_seconds(), 0.0) if at else 0.0


@asynccontextmanager
async def kept_up(round_: Round, every: float = EVERY) -> AsyncIterator[None]:
    """Look again and again while the block runs; what fails is tried again at its next turn."""
    looking = asyncio.create_task(_keep_up(round_, every))
    try:
        yield
    finally:
        looking.cancel()


async def _keep_up(round_: Round, every: float) -> None:
    while True:
        try:
            await round_.look()
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the work goes on
            log.warning("not measured", round=type(round_).__name__, reason=type(trouble).__name__)
        await asyncio.sleep(every)
