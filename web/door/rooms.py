"""What every page can reach: the Desk, the reads, the file shelf and the office, wired once at the start."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, cast, runtime_checkable

from starlette.requests import HTTPConnection

from embedded.temporal import binary
from engine.announcing import KeepsSuccessions
from engine.desk import Desk
from engine.intake import Intake
from engine.programme_desk import ProgrammeDesk
from engine.senders import Senders
from engine.subscriptions import Subscribing
from reference.forums import forums
from rehearsal.apart import Apart
from rules.meeting.forums import Forums
from schemas.evidence import FileItem
from schemas.feed import Cursor, Passage, Source, Wanted
from store.reads import Reads

MEGABYTE = 1_000_000


@runtime_checkable
class OnShelf(Protocol):
    """A file that lies on the shelf."""

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        ...

    @property
    def size(self) -> int:
        """Its bytes."""
        ...

    @property
    def media_type(self) -> str:
        """What it was found to be, whatever its name says."""
        ...


class NotTaken(Protocol):
    """A file that the shelf did not take, and why."""

    @property
    def code(self) -> str:
        """For programs."""
        ...

    @property
    def message(self) -> str:
        """For people."""
        ...


class Shelf(Protocol):
    """Where evidence files lie, named by their digests."""

    async def put(self, chunks: AsyncIterator[bytes], name: str, limit: int) -> OnShelf | NotTaken:
        """Take a file of at most `limit` bytes, piece by piece."""
        ...

    async def open(self, digest: str) -> AsyncIterator[bytes]:
        """The file's bytes, piece by piece."""
        ...


class KeepsFiles(Protocol):
    """Notes that a file lies on the shelf, before a command names it."""

    async def keep_file(self, file: FileItem) -> None:
        """Note the file's digest, size and type."""
        ...


class ReadsFeed(Protocol):
    """Everything that was recorded, in one order."""

    async def after(self, wanted: Wanted, cursor: Cursor, most: int) -> Passage:
        """The next entries that are wanted, and how far that reaches."""
        ...

    async def settled(self) -> int:
        """The newest position."""
        ...


@dataclass(frozen=True)
class Office:
    """The office as its pages print it."""

    name: str
    short: str
    colour: str
    address: str | None
    public_url: str


def true_now() -> datetime:
    """The instant at which a page is made."""
    return datetime.now(UTC)  # noqa: TID251 - a page is the edge where an instant enters


def apart() -> Apart:
    """Where what-ifs are worked out: beside this process, by the Temporal program of this machine."""
    return Apart(binary())


@dataclass(frozen=True)
class Rooms:
    """Everything that a page may ask, wired by `create_app` or by a test."""

    desk: Desk
    reads: Reads
    shelf: Shelf
    keeping: KeepsFiles
    office: Office
    standalone: bool
    home: Path
    upload_limit: int = 50 * MEGABYTE
    """The largest file that is taken, in bytes."""
    body: str = "west-mercia-opcc"
    """The governing body on whose behalf the office acts."""
    now: Callable[[], datetime] = true_now
    forums: Forums = field(default_factory=forums)
    what_ifs: Apart = field(default_factory=apart)
    succeeding: KeepsSuccessions | None = None
    """Where it is kept who takes over for the whole office."""
    feeds: Mapping[Source, ReadsFeed] = field(default_factory=dict)
    """What was recorded, each ledger in one order; none where nothing can be followed."""
    subscribing: Subscribing | None = None
    """Who outside hears of it; None where nobody can."""
    event_types: str = "answerable"
    intake: Intake | None = None
    """Where events from outside are taken in."""
    senders: Senders | None = None
    """Who may send them over HTTP."""
    programme: ProgrammeDesk | None = None
    """Where acts on the programme are handed in; None where nothing can be planned."""


def rooms(request: HTTPConnection) -> Rooms:
    """What this request's page can reach."""
    return cast("Rooms", request.app.state.rooms)
