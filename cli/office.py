"""What a command works with: the store for reading, and the Desk for acts, opened from the settings."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from temporalio.client import Client

from clients.shelf import Shelf
from clients.webhooks import Receivers
from engine.connection import reach
from engine.files import GuardedShelf
from engine.learning import learn
from engine.programme_desk import ProgrammeDesk, ProgrammeOutcome
from engine.subscriptions import Subscribing, rows_of
from engine.wiring import address_of, desk_of
from rules.boards import EDITION, board_rows
from rules.programme.verdict import ProgrammeDecision
from schemas.commands import AnyCommand
from schemas.feed import Source
from schemas.outcomes import Decision, Outcome
from schemas.programme.commands import AnyProgrammeCommand
from schemas.shape import Words
from schemas.subscriptions import SubscriptionRow
from settings import Settings, SettingsWrong, load_running
from store.boards import Boards
from store.chain import Chains
from store.feed import Feed, feeds
from store.keeping import Keeping
from store.migrate import migrate
from store.pool import Pool, connect
from store.reads import Reads
from store.subscriptions import Subscriptions

START = "Start the product with: python standalone.py, or set them to one that runs."


class OutOfReachError(Exception):
    """The engine or the store cannot be reached; the message says what to set or start."""


class PlansAhead(Protocol):
    """What commands ask of the programme's Desk."""

    async def send(self, command: AnyProgrammeCommand, words: Words | None = None) -> ProgrammeOutcome:
        """Hand in a command to the programme."""
        ...

    async def preview(self, command: AnyProgrammeCommand) -> ProgrammeDecision:
        """What a command would do now."""
        ...


class Sends(Protocol):
    """What commands ask of the Desk."""

    async def send(self, command: AnyCommand, words: Words | None = None) -> Outcome:
        """Hand in a command."""
        ...

    async def preview(self, command: AnyCommand) -> Decision:
        """What a command would do now."""
        ...

    async def cycle_reference(self, key: str, year: int) -> str:
        """The reference that a cycle opened under this key gets."""
        ...

    async def action_number(self, key: str, year: int) -> str:
        """The number that an action proposed under this key gets."""
        ...


@dataclass
class Office:
    """The store, and the engine where a command needs it."""

    reads: Reads
    keeping: Keeping
    settings: Settings
    pool: Pool | None = None
    client: Client | None = None
    sends: Sends | None = None
    arranges: Subscribing | None = None
    plans: PlansAhead | None = None

    @property
    def programme(self) -> PlansAhead:
        """Where commands to the programme are handed in."""
        assert self.plans is not None, "this command was opened for reading only"
        return self.plans

    @property
    def subscribing(self) -> Subscribing:
        """Where subscriptions are arranged."""
        assert self.arranges is not None, "this command was opened for reading only"
        return self.arranges

    async def subscriptions(self) -> list[SubscriptionRow]:
        """Who outside hears of it, and how far each has got; the engine is not asked."""
        assert self.pool is not None
        return await rows_of(Subscriptions(self.pool), list(self.feeds().values()))

    def feeds(self) -> dict[Source, Feed]:
        """What was recorded, each ledger in one order."""
        assert self.pool is not None
        return {one.source: one for one in feeds(self.pool)}

    @property
    def desk(self) -> Sends:
        """Where commands are handed in."""
        assert self.sends is not None, "this command was opened for reading only"
        return self.sends

    def shelf(self) -> Shelf:
        """Where evidence files lie."""
        return Shelf(self.settings.need("files_url"), self.settings.ring)

    def readable(self) -> GuardedShelf:
        """The shelf for reading: it gives out nothing that is held."""
        lenient = self.settings.unscanned_open
        return GuardedShelf(self.shelf(), self.reads, unscanned_open=lenient)

    async def migrate(self) -> list[str]:
        """Bring the store's shape and the boards' rows up to date; the names of what was applied."""
        assert self.pool is not None
        applied = await migrate(self.pool)
        await Chains(self.pool).chain_what_stands()
        await Boards(self.pool).renew(board_rows, EDITION)
        return applied


class Opens(Protocol):
    """Opens an office: for reading only, or with the engine as well."""

    def __call__(self, *, engine: bool) -> AbstractAsyncContextManager[Office]:
        """An office that closes with the block."""
        ...


def now() -> datetime:
    """The instant: the command line is an edge where one enters."""
    return datetime.now(UTC)  # noqa: TID251 - a door reads the clock


@asynccontextmanager
async def open_office(*, engine: bool) -> AsyncIterator[Office]:
    """The office that the environment's settings describe.

    Raises: OutOfReachError: something is not set or does not answer.
    """
    settings = settings_here()
    async with office_of(settings, engine=engine) as office:
        yield office


@asynccontextmanager
async def office_of(settings: Settings, *, engine: bool) -> AsyncIterator[Office]:
    """The office that some settings describe.

    Raises: OutOfReachError: something is not set or does not answer.
    """
    pool, receivers = await _pool(settings), Receivers(loopback=settings.webhook_loopback)
    try:
        reads, keeping = Reads(pool), Keeping(pool)
        office = Office(reads=reads, keeping=keeping, settings=settings, pool=pool)
        await learn(reads)
        if engine:
            client = office.client = await _client(settings)
            office.sends = desk_of(settings, client, keeping, reads)
            office.plans = ProgrammeDesk(client, settings.temporal_task_queue, keeping, reads)
            office.arranges = _arranges(settings, office, receivers)
        yield office
    finally:
        await receivers.close()
        await pool.close()


def _arranges(settings: Settings, office: Office, receivers: Receivers) -> Subscribing:
    assert office.client is not None
    assert office.pool is not None
    kept, followed = Subscriptions(office.pool), tuple(office.feeds().values())
    queue, loopback = settings.temporal_task_queue, settings.webhook_loopback
    return Subscribing(office.client, queue, kept, followed, office.reads, receivers, loopback)


def settings_here(found: Callable[[], Settings] = load_running) -> Settings:
    """The settings of this process, or of the product that runs here; by `load` of the former alone.

    Raises: OutOfReachError: a variable cannot be used.
    """
    try:
        return found()
    except SettingsWrong as wrong:
        raise OutOfReachError(str(wrong)) from None


async def _pool(settings: Settings) -> Pool:
    if settings.database_url is None:
        raise OutOfReachError(f"ANSWERABLE_DATABASE_URL is not set, so there is no store to ask. {START}")
    try:
        return await connect(settings.database_url, most=2, password=settings.database_password)
    except Exception as wrong:  # noqa: BLE001 - the driver has a dozen; each of them means this
        raise OutOfReachError(
            f"PostgreSQL does not answer where ANSWERABLE_DATABASE_URL says ({_why(wrong)}). {START}"
        ) from None


async def _client(settings: Settings) -> Client:
    if settings.temporal_address is None:
        raise OutOfReachError(f"ANSWERABLE_TEMPORAL_ADDRESS is not set, so no act can be done. {START}")
    try:
        return await reach(address_of(settings))
    except SettingsWrong as wrong:
        raise OutOfReachError(str(wrong)) from None
    except RuntimeError:
        raise OutOfReachError(
            f"Temporal does not answer at {settings.temporal_address} (ANSWERABLE_TEMPORAL_ADDRESS). {START}"
        ) from None


def _why(wrong: Exception) -> str:
    return str(wrong).splitlines()[0].rstrip(".") if str(wrong) else type(wrong).__name__
