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
from engine.files import GuardedShelf
from engine.following import KeepsFollowers
from engine.intake import Intake
from engine.programme_desk import ProgrammeDesk
from engine.sealed import OPEN, Sealing
from engine.senders import Senders
from engine.subscriptions import Subscribing
from engine.task_links import TaskLinks
from reference.forums import forums
from reference.starts import starts
from rehearsal.apart import Apart
from rules.meeting.forums import Forums
from schemas.evidence import FileItem
from schemas.feed import Cursor, Passage, Source, Wanted
from schemas.sittings import Jotting
from schemas.starts import Start
from store.reads import Reads
from web.door.directory import AsksEngine, KeepsDirectory, Told
from web.door.drafting import KeepsDrafts
from web.door.holding import KeepsScans, MakesCopies, NudgesScans
from web.door.keeping import KeepsAccounts, KeepsSessions, KeepsStandards, Limits
from web.door.linking import SendsLinkLetters
from web.door.often import Often
from web.door.posting import PostKept
from web.door.seeing import KeepsSeen
from web.door.token_keeping import KeepsTokens
from web.door.tracker_keeping import KeepsTrackers
from web.door.walls import KeepsWalls
from web.language.governing import Governing
from web.live.hub import Hub
from web.papers.archive import Archive
from web.papers.held import HeldTables
from web.papers.turns import Turns

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


class KeepsSittings(Protocol):
    """Keeps what belongs to a session while it sits and is not of the record."""

    async def keep_under_way(self, place: str, item: int, by: str) -> None:
        """Note that a room is at an item now."""
        ...

    async def keep_jotting(self, key: str, place: str, one: Jotting) -> None:
        """Keep what somebody jotted down in a room, once for its key."""
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
    logo: Path | None = None
    """The office's sign for the head of every page."""
    security_contact: str | None = None
    """Whom somebody tells who found a weakness: mailto: or https:."""


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
    languages: tuple[str, ...] = ("en",)
    """The languages in which pages can be read."""
    governing: Governing = field(default_factory=Governing)
    """Who governs on a day, and the titles that go with it."""
    now: Callable[[], datetime] = true_now
    forums: Forums = field(default_factory=forums)
    starts: Mapping[str, Start] = field(default_factory=starts)
    """What each kind of cycle begins with."""
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
    drafts: KeepsDrafts | None = None
    """Where what was begun on a form is kept; None where nothing is."""
    followers: KeepsFollowers | None = None
    """Who follows what is published, and what the public asks; None where nobody can."""
    archive: Archive = field(default_factory=Archive)
    """Everything that is public in one file."""
    tables: HeldTables = field(default_factory=HeldTables)
    """Searches of findings as files."""
    turns: Turns = field(default_factory=Turns)
    """Who takes a whole table just now."""
    papers: Turns = field(default_factory=lambda: Turns(2))
    """Turns at the copies of papers that everybody may have."""
    packs: Turns = field(default_factory=lambda: Turns(2))
    """Who takes everything away."""
    programme: ProgrammeDesk | None = None
    """Where acts on the programme are handed in; None where nothing can be planned."""
    sessions: KeepsSessions | None = None
    """Who is signed in; None where nobody can."""
    tokens: KeepsTokens | None = None
    """Which programs may come in; None where none can."""
    trackers: KeepsTrackers | None = None
    """Where trackers are kept that are brought in; None where none can be."""
    accounts: KeepsAccounts | None = None
    """Whose account at the sign-in service is whose."""
    directory: KeepsDirectory | None = None
    """Where entries of the directory are changed; None where nobody can."""
    standards: KeepsStandards | None = None
    """Where the office's own standards are kept; None where nobody can change them."""
    engine_well: AsksEngine | None = None
    """How the engine is; None where nobody can ask."""
    told: tuple[Told, ...] = ()
    """What this deployment was told by its settings."""
    limits: Limits = field(default_factory=Limits)
    walls: KeepsWalls | None = None
    """Where cycles are restricted, and opened all the same."""
    links: TaskLinks | None = None
    """Which link leads whom to which task; None where no links are sent."""
    link_letters: SendsLinkLetters | None = None
    """Who writes to a lead at once: codes and new links."""
    scans: KeepsScans | None = None
    """What is known of viruses in files; None where nobody asks, and then every file is held."""
    nudges: NudgesScans | None = None
    """Who is told that a file has come which is to be scanned."""
    copies: MakesCopies | None = None
    """Who makes cleaned copies for giving out."""
    unscanned_open: bool = False
    """Whether files that nobody scanned may be opened all the same: a demonstration without a scanner."""
    post: PostKept = field(default_factory=PostKept)
    """What became of the post, how people want it, and the office's own words for letters."""
    live: Hub | None = None
    """Who is told of news; None where nothing is followed live."""
    seen: KeepsSeen | None = None
    """What whoever signs has read; None where that is not kept."""
    sealing: Sealing = OPEN
    """With which keys what the engine keeps is encrypted."""
    temporal_ui: str | None = None
    """Where Temporal's own pages are; None where nobody said."""
    decoded: Often = field(default_factory=Often)
    """How often they asked for what is encrypted."""
    sittings: KeepsSittings | None = None
    """Where it is kept which item a room is at, and what is jotted down there."""


def readable(request: HTTPConnection) -> GuardedShelf:
    """The shelf for reading: it gives out nothing that is held."""
    here = rooms(request)
    return GuardedShelf(here.shelf, here.scans, unscanned_open=here.unscanned_open)


def rooms(request: HTTPConnection) -> Rooms:
    """What this request's page can reach."""
    return cast("Rooms", request.app.state.rooms)
