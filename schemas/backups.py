"""Backups: what lies in one, what a check of it found, and what is to be settled after it was restored."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.people import Role
from schemas.shape import Digest, Instant, Shape, Slug


class Part(Shape):
    """One file of a backup by its path in it, with its digest."""

    path: str
    size: Annotated[int, Field(ge=0)]
    sha256: Digest


class ShelvedPart(Part):
    """A file of the shelf as it lies there, encrypted or not: its path is that on the shelf."""

    modified: Instant


class ChainHead(Shape):
    """How far one ledger had got: the number of its last entry, and the link of its chain."""

    chain: str
    version: Annotated[int, Field(ge=1)]
    link: str | None


class RunThen(Shape):
    """A workflow that was open in the engine when the backup was made."""

    workflow: str
    run: str
    kind: str
    started_at: Instant


class Manifest(Shape):
    """What a backup holds, as of which instants, and what it does not hold."""

    format: Literal[1] = 1
    product: str
    began_at: Instant
    temporal_at: Instant
    """The engine is taken first: so the ledger has at least what the engine's runs know."""
    postgres_at: Instant
    """The record is as it stood at this instant; what was recorded later is lost with a restore."""
    finished_at: Instant
    server: str
    migrations: tuple[str, ...]
    tables: dict[str, int]
    temporal: Literal["state", "runs"]
    """Whether the engine's whole state is here, or only the list of its open runs."""
    namespace: str
    queue: str
    open_runs: int
    keys: tuple[str, ...]
    """The names of the keys without which files and the engine's state cannot be read."""
    not_in_it: dict[str, str]
    """What has to be kept apart from backups, and where it was."""
    chains: int
    entries: int
    files: int
    files_bytes: int
    parts: tuple[Part, ...]

    @property
    def migration(self) -> str:
        """The newest migration that the database had."""
        return max(one for one in self.migrations if one[:4].isdecimal())


class Check(Shape):
    """One thing that was looked at, and what was wrong with it."""

    what: str
    found: str
    wrong: tuple[str, ...] = ()


class Checked(Shape):
    """A backup that was verified."""

    backup: str
    seal: Digest
    checks: tuple[Check, ...]

    @property
    def wrong(self) -> tuple[str, ...]:
        """Everything that is wrong."""
        return tuple(f"{one.what}: {why}" for one in self.checks for why in one.wrong)


class Restored(Shape):
    """One restore, as the database that was restored knows it, until somebody answers for what was lost."""

    number: int
    seal: Digest
    as_at: Instant
    restored_at: Instant
    acknowledged_at: Instant | None = None
    by: Slug | None = None
    reason: str | None = None

    @property
    def whole(self) -> bool:
        """Whether the record is whole, and only the engine's state was lost."""
        return not self.seal.strip("0")


Verdict = Literal["stands", "no_run", "behind", "ahead", "another", "not_on_record", "unreadable"]
"""How a run stands to its ledger; `another` has as many entries, and others."""


class LostAct(Shape):
    """An act of which only the engine still knows: it is not in the ledger that was restored."""

    version: int
    kind: str
    at: Instant
    by: str


class Last(Shape):
    """The last entry of a ledger."""

    version: int
    kind: str
    at: Instant
    by: str
    key: str
    content: str


class Ahead(Shape):
    """A run as far as its own history tells."""

    workflow: str
    run: str
    version: int | None
    """None where its history cannot be read by this code."""
    last: Last | None = None
    """None where it has written nothing since it continued afresh."""
    acts: tuple[LostAct, ...] = ()


class CycleFound(Shape):
    """One cycle or programme: what the ledger says, what its run says, and what will be done about it."""

    reference: str
    verdict: Verdict
    last: Last | None
    run_version: int | None
    does: str
    lost: tuple[LostAct, ...] = ()


class DutyFound(Shape):
    """A duty that fell due after the backup and before now: it is done late, or was done and is not known."""

    cycle: str
    duty: str
    due_at: Instant
    tells: bool
    """Whether it is done by telling somebody."""
    may_be_done: bool
    """Whether the product that was lost still ran then."""


class MailFound(Shape):
    """A mail that the engine would send now and that may have gone already. It is held."""

    key: str
    cycle: str
    template: str
    due_at: Instant
    to: tuple[str, ...]
    roles: tuple[Role, ...] = ()


class Found(Shape):
    """Everything that is to be settled after a restore."""

    restored: Restored
    until: Instant
    """Until when the product that was lost is taken to have run."""
    at: Instant
    cycles: tuple[CycleFound, ...]
    duties: tuple[DutyFound, ...]
    mails: tuple[MailFound, ...]
    """Mails that are held unless somebody says that they go."""
    others: dict[str, str]
    """What else may come twice or get a number again, each with what to do."""

    @property
    def again(self) -> tuple[CycleFound, ...]:
        """Whose runs are begun again, or ended."""
        return tuple(one for one in self.cycles if one.verdict != "stands")
