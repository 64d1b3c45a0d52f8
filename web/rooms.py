"""What every page can reach: the Desk, the reads, the file shelf and the office, wired once at the start."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, cast, runtime_checkable

from starlette.requests import HTTPConnection

from engine.desk import Desk
from reference.forums import forums
from rules.meeting.forums import Forums
from schemas.evidence import FileItem
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


def rooms(request: HTTPConnection) -> Rooms:
    """What this request's page can reach."""
    return cast("Rooms", request.app.state.rooms)
