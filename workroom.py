"""How the worker's other effects are put together: the scanning of files and the signing of checkpoints.

A part of the worker's door. The settings are handed to it.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import structlog

from activities.proving import ProvingActivities
from activities.scanning import ScanActivities
from clients.clamd import Clamd
from clients.shelf import Shelf
from engine.checkpoints import Checkpointing
from engine.rebuilding import sampled
from engine.scanning import KnowsCycles, Scanning
from reference.catalogue import calendar
from rules.clocks import civil
from rules.proving.signing import Signer
from sealing.keys import KeyRing
from store.checkpoints import Checkpoints
from store.pool import Pool
from store.rebuilding import Rebuilding
from store.scans import Scans
from store.watched import WatchedReads
from watching.gauges import Gauges, MachineGauges, RowGauges, kept_up
from watching.measures import CountedPost

A_MINUTE, AN_HOUR = 60.0, 3600.0
"""Seconds."""
log = structlog.get_logger("answerable.worker")


class SaysHow(Protocol):
    """What the settings say of files and keys."""

    @property
    def scanner(self) -> str | None: ...
    @property
    def unscanned_open(self) -> bool: ...
    @property
    def ring(self) -> KeyRing | None: ...
    @property
    def ledger_signers(self) -> Sequence[Signer]: ...
    @property
    def home(self) -> Path: ...
    @property
    def secret_files(self) -> Sequence[Path]: ...
    @property
    def public_url(self) -> str: ...

    def need(self, name: str) -> str:
        """A setting's value. Raises SettingsWrong where it has none."""
        ...


def scans_of(
    chosen: SaysHow, records: KnowsCycles, pool: Pool, post: CountedPost, now: Callable[[], datetime]
) -> ScanActivities:
    """What has files scanned, and keeps away what is infected."""
    if chosen.scanner is None:
        log.warning("no scanner is set: files are held as not scanned", demonstration=chosen.unscanned_open)
    scanner = Clamd(chosen.scanner) if chosen.scanner else None
    shelf = Shelf(chosen.need("files_url"), chosen.ring)
    return ScanActivities(Scanning(Scans(pool), shelf, scanner, post, records, now=now))


@asynccontextmanager
async def seen(chosen: SaysHow, pool: Pool, now: Callable[[], datetime]) -> AsyncIterator[None]:
    """Be measured while the block runs: the record, this machine, and whether rows follow from the ledger."""

    async def wrong() -> int:
        return len((await sampled(Rebuilding(pool), now().isoformat())).differences)

    places = {"home": chosen.home}
    if (files := chosen.need("files_url")).startswith("file://"):
        places["files"] = Path(urlsplit(files).path)
    machine = MachineGauges(places, chosen.secret_files, chosen.public_url, lambda: days_left(now()))
    async with (
        kept_up(Gauges(WatchedReads(pool), now)),
        kept_up(machine, A_MINUTE),
        kept_up(RowGauges(wrong, now), AN_HOUR),
    ):
        yield


def days_left(now: datetime) -> int:
    """Days until the newest calendar ends."""
    return (calendar().horizon_on - civil(now)).days


def proving_of(chosen: SaysHow, pool: Pool, now: Callable[[], datetime]) -> ProvingActivities:
    """What signs every day where the ledgers stand."""
    keeps = Checkpoints(pool)
    return ProvingActivities(Checkpointing(keeps, chosen.ledger_signers, chosen.public_url, now))
