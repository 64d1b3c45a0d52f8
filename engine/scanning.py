"""Having files scanned: the round over those that wait, its schedule, and the nudge when a file arrives."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
)
from temporalio.service import RPCError

from engine.sweeping import Carries
from engine.sweeps import arrange
from rules.scanning import KEPT_IN_QUARANTINE, infected_notices
from schemas.files import InfectedIn, Scanned, Verdict
from schemas.rows import CyclePage
from schemas.shape import Digest
from sealing.keys import UnreadableError
from workflows.scanning import ScanFilesWorkflow

log = logging.getLogger("answerable.scanning")
EVERY = timedelta(minutes=5)
"""For what no nudge was heard of."""
NUDGED_WITHIN = timedelta(seconds=2)
BATCH, MOST = 50, 10_000


class Scanner(Protocol):
    """Looks into one file."""

    async def scan(self, pieces: AsyncIterator[bytes]) -> Verdict:
        """What it says. Raises ConnectionError where it cannot be asked."""
        ...


class Shelves(Protocol):
    """Where the bytes lie."""

    async def open(self, digest: str) -> AsyncIterator[bytes]:
        """The bytes of a file. Raises FileNotFoundError."""
        ...

    async def put_away(self, digest: str) -> None:
        """Move a file into quarantine."""
        ...

    async def remove(self, digest: str) -> None:
        """Delete a file from quarantine."""
        ...


class NotesScans(Protocol):
    """What is known of files."""

    async def to_look_at(
        self, *, scanner: bool, most: int = 50, besides: Iterable[Digest] = ()
    ) -> tuple[Digest, ...]:
        """Files that wait."""
        ...

    async def note(self, digest: Digest, verdict: Verdict | None, at: datetime) -> None:
        """Keep what was said of one."""
        ...

    async def failed(self, digest: Digest, why: str) -> None:
        """It could not be looked at."""
        ...

    async def to_put_away(self) -> tuple[Digest, ...]:
        """Infected files that still lie on the shelf."""
        ...

    async def put_away(self, digest: Digest, at: datetime) -> None:
        """One lies in quarantine now."""
        ...

    async def untold(self) -> tuple[InfectedIn, ...]:
        """Infected files of which nobody was told."""
        ...

    async def told(self, digest: Digest, at: datetime) -> None:
        """They were told."""
        ...

    async def to_remove(self, now: datetime, after: timedelta) -> tuple[Digest, ...]:
        """What has lain in quarantine long enough."""
        ...

    async def removed(self, digest: Digest, at: datetime) -> None:
        """Its bytes are gone."""
        ...


class KnowsCycles(Protocol):
    """Where a file stands."""

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle with its words."""
        ...


class Scanning:
    """Does the rounds. Every step may be done again."""

    def __init__(
        self,
        scans: NotesScans,
        shelf: Shelves,
        scanner: Scanner | None,
        post: Carries,
        knows: KnowsCycles,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._scans = scans
        self._shelf = shelf
        self._scanner = scanner
        self._post = post
        self._knows = knows
        self._now = now

    async def round(self) -> Scanned:
        """Look at every file that waits, put away what is infected, tell whom it concerns, remove the old.

        Raises: ConnectionError: some files could not be looked at; they wait, and it is to be tried again.
        """
        counts = {"clean": 0, "infected": 0, "held": 0, "failed": 0}
        seen: set[Digest] = set()
        why: ConnectionError | None = None
        while why is None and len(seen) < MOST:
            batch = await self._scans.to_look_at(scanner=self._scanner is not None, most=BATCH, besides=seen)
            if not batch:
                break
            for digest in batch:
                seen.add(digest)
                came = await self._look(digest)
                if isinstance(came, ConnectionError):
                    why, came = came, "failed"
                counts[came] += 1
        await self._put_away()
        told, removed = await self._tell(), await self._remove()
        if why:
            log.warning("%s: the files that wait are held, and it is tried again.", why)
            raise why
        return Scanned(**counts, told=told, removed=removed)

    async def _look(self, digest: Digest) -> str | ConnectionError:
        """What one file came to; why, where the scanner could not be asked."""
        if self._scanner is None:
            await self._scans.note(digest, None, self._now())
            return "held"
        try:
            verdict = await self._scanner.scan(await self._shelf.open(digest))
        except FileNotFoundError:
            await self._scans.failed(digest, "It does not lie on the shelf")
            return "failed"
        except UnreadableError as unread:
            await self._scans.failed(digest, str(unread))
            return "failed"
        except ConnectionError as down:
            await self._scans.failed(digest, str(down))
            return down
        await self._scans.note(digest, verdict, self._now())
        log.info("%s: %s", digest[:12], verdict.state)
        return verdict.state if verdict.state in ("clean", "infected") else "held"

    async def _put_away(self) -> None:
        for digest in await self._scans.to_put_away():
            await self._shelf.put_away(digest)
            await self._scans.put_away(digest, self._now())

    async def _tell(self) -> int:
        """Write to whom it concerns; a file that no cycle names yet is refused when it is handed in."""
        told, done = 0, set()
        for one in await self._scans.untold():
            page = await self._knows.cycle(one.cycle) if one.cycle else None
            if page is None:
                continue
            for notice in infected_notices(page.cycle, one.digest, self._now()):
                told += (await self._post.deliver(notice)).delivered
            done.add(one.digest)
        for digest in sorted(done):
            await self._scans.told(digest, self._now())
        return told

    async def _remove(self) -> int:
        gone = await self._scans.to_remove(self._now(), KEPT_IN_QUARANTINE)
        for digest in gone:
            await self._shelf.remove(digest)
            await self._scans.removed(digest, self._now())
        return len(gone)


def schedule_id(queue: str) -> str:
    """The name of the schedule for the workers of a queue."""
    return f"scan-files/{queue}"


async def arrange_scans(client: Client, queue: str) -> None:
    """Make the schedule, or bring it to what it is to be. May be repeated, by several at once."""
    name = schedule_id(queue)
    wanted = Schedule(
        action=ScheduleActionStartWorkflow(ScanFilesWorkflow.run, id=name, task_queue=queue),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=EVERY, offset=_offset(queue))]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=EVERY),
    )
    await arrange(client, name, wanted)


def _offset(queue: str) -> timedelta:
    """Not every queue in the same second."""
    return timedelta(seconds=hashlib.sha256(queue.encode()).digest()[0])


class Nudges:
    """Says that a file has arrived. Unheard, the schedule finds it some minutes later."""

    def __init__(self, client: Client, queue: str) -> None:
        self._client = client
        self._name = schedule_id(queue)

    async def soon(self) -> None:
        """Have the files that wait looked at now; after the round that is under way, where one is."""
        with suppress(RPCError, RuntimeError, TimeoutError):
            async with asyncio.timeout(2 * NUDGED_WITHIN.total_seconds()):
                await self._client.get_schedule_handle(self._name).trigger(
                    overlap=ScheduleOverlapPolicy.BUFFER_ONE, rpc_timeout=NUDGED_WITHIN
                )
