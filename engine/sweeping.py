"""Looking outside: the import folder, what our own ledger says, promises that come due, and what was left."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from engine.intake import Intake
from engine.reading_files import MOST_BYTES, Line, read_file
from reference.catalogue import calendar
from reference.working import working_calendar
from rules.clocks import civil
from rules.outside.coming_due import coming_due
from rules.outside.happening import happening
from schemas.notices import Delivery, Notice
from schemas.outcomes import Refused
from schemas.outside import Became, FeedRow, OutsideRow, Promise, Swept
from schemas.people import Role
from schemas.plans import Plan
from schemas.records import Entry
from schemas.rows import CyclePage
from schemas.shape import Instant

log = logging.getLogger("answerable.outside")
MOST_SAID = 200
"""Lines about single rows in the note beside a file."""


class File(Protocol):
    """A file that has come, whole."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    def content(self, most: int) -> bytes:
        """Its bytes, one more than so many at the most."""
        ...


class Folder(Protocol):
    """Where files are put by others."""

    def arrived(self) -> Sequence[File]:
        """The files that have stopped growing."""
        ...

    def put_aside(self, name: str, *, well: bool, why: str) -> None:
        """Move a file aside, with a note beside it."""
        ...


class KnowsOutside(Protocol):
    """What has to be known for a round."""

    async def plan(self) -> Plan | None:
        """The plan in force."""
        ...

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle with its words."""
        ...

    async def happened(self, most: int = 200) -> list[Entry]:
        """Judgements and votes of the ledger that nobody has looked at yet."""
        ...

    async def outside_waiting(self, most: int = 100) -> list[OutsideRow]:
        """Events that were kept and not yet taken."""
        ...

    async def outside_untold(self, most: int = 100) -> list[FeedRow]:
        """What cycles were told of and nobody was written to yet."""
        ...


class NotesOutside(Protocol):
    """Where a round notes what it has done."""

    async def looked_at(self, entry: Entry) -> None:
        """An entry of the ledger was looked at."""
        ...

    async def keep_told(self, feed: FeedRow, told: Sequence[str], at: Instant) -> None:
        """The people of a cycle were written to."""
        ...


class Carries(Protocol):
    """Sends one notice, once per key."""

    async def deliver(self, notice: Notice) -> Delivery:
        """Delivered or bounced. Raises where the post itself is down."""
        ...


class Lookout:
    """Does the rounds. Every step may be done again: an event is known by its source and id."""

    def __init__(
        self,
        intake: Intake,
        knows: KnowsOutside,
        notes: NotesOutside,
        post: Carries,
        now: Callable[[], datetime],
        *,
        folder: Folder | None = None,
        promises: Sequence[Promise] = (),
    ) -> None:
        self._intake = intake
        self._knows = knows
        self._notes = notes
        self._post = post
        self._now = now
        self._folder = folder
        self._promises = tuple(promises)

    async def look(self) -> Swept:
        """What is to be done every minute: what was left first, then what is new, then the mails."""
        left = await self._take_up()
        files = await self._import()
        ledger = await self._ledger()
        told = await self._tell()
        return added(left, files, ledger, Swept(told=told))

    async def look_ahead(self) -> Swept:
        """What is to be done once a day: promises that come due."""
        plan, days = await self._knows.plan(), working_calendar(calendar().version)
        if plan is None or isinstance(days, Refused):
            return Swept()
        found = coming_due(self._promises, plan, civil(self._now()), days)
        answers = [await self._intake.take(one, "schedule") for one in found]
        return counted(answers)

    async def _take_up(self) -> Swept:
        """Hand in what was kept and not taken; the first that still waits ends it: so will the rest."""
        taken = waiting = 0
        for row in await self._knows.outside_waiting():
            now = await self._intake.take_up(row)
            if now.state == "waiting":
                waiting += 1
                break
            taken += 1
        return Swept(taken=taken, waiting=waiting)

    async def _ledger(self) -> Swept:
        answers: list[Became | Refused] = []
        for entry in await self._knows.happened():
            page = await self._knows.cycle(entry.cycle)
            event = happening(entry, page) if page else None
            if event:
                answers.append(await self._intake.take(event, "ledger"))
            await self._notes.looked_at(entry)
        return counted(answers)

    async def _import(self) -> Swept:
        if self._folder is None:
            return Swept()
        total = Swept()
        try:
            for file in await asyncio.to_thread(self._folder.arrived):
                total = added(total, await self._one_file(self._folder, file))
        except ConnectionError:  # the store is away, not the folder
            raise
        except OSError as trouble:
            log.warning(
                "The import folder cannot be used: %s. It is tried again.", trouble.strerror or trouble
            )
        return total

    async def _one_file(self, folder: Folder, file: File) -> Swept:
        lines = read_file(file.name, await asyncio.to_thread(file.content, MOST_BYTES))
        if isinstance(lines, Refused):
            return await self._aside(folder, file, lines.message, Swept(wrong_files=1))
        if any(isinstance(one.event, Refused) for one in lines):
            return await self._aside(folder, file, _unreadable(lines), Swept(wrong_files=1))
        answers = [
            await self._intake.take(one.event, "import")
            for one in lines
            if not isinstance(one.event, Refused)
        ]
        swept = counted(answers)
        kind = Swept(wrong_files=1) if swept.refused else Swept(files=1)
        return await self._aside(folder, file, _came_to(lines, answers, swept), added(swept, kind))

    async def _aside(self, folder: Folder, file: File, why: str, swept: Swept) -> Swept:
        await asyncio.to_thread(folder.put_aside, file.name, well=not swept.wrong_files, why=why)
        log.info("%s: %s", file.name, why.splitlines()[0])
        return swept

    async def _tell(self) -> int:
        """Write to the people of cycles that were told of something; the post that is down is tried again."""
        told = 0
        for feed in await self._knows.outside_untold():
            delivery = await self._post.deliver(notice_of(feed))
            await self._notes.keep_told(feed, delivery.told, delivery.at)
            told += 1
        return told


def notice_of(feed: FeedRow) -> Notice:
    """The mail that tells of it; what the event says stays on the page."""
    name = hashlib.sha256(feed.event.name.encode()).hexdigest()[:24]
    return Notice(
        key=f"outside:{feed.cycle}:{name}",
        template="outside_fed",
        cycle=feed.cycle,
        to=feed.people,
        roles=tuple(Role(one) for one in feed.roles),
        planned_at=feed.at,
    )


def counted(answers: Sequence[Became | Refused]) -> Swept:
    """What taking some events came to."""
    came = [one for one in answers if not isinstance(one, Refused)]
    return Swept(
        events=sum(not one.again for one in came),
        again=sum(one.again for one in came),
        refused=len(answers) - len(came),
    )


def added(*parts: Swept) -> Swept:
    """Counts together."""
    return Swept(**{name: sum(getattr(one, name) for one in parts) for name in Swept.model_fields})


def _unreadable(lines: Sequence[Line]) -> str:
    wrong = [(one.number, one.event) for one in lines if isinstance(one.event, Refused)]
    first = (
        f"Nothing of this file was taken: {len(wrong)} of {len(lines)} rows cannot be read. "
        "Mend them and put the whole file into the folder again."
    )
    return "\n".join([first, *(f"Row at line {n}: {why.message}" for n, why in wrong[:MOST_SAID])])


def _came_to(lines: Sequence[Line], answers: Sequence[Became | Refused], swept: Swept) -> str:
    said = [f"{len(lines)} rows: {swept.events} new, {swept.again} here before, {swept.refused} refused."]
    refused = [
        f"Row at line {line.number}: {answer.message}"
        for line, answer in zip(lines, answers, strict=True)
        if isinstance(answer, Refused)
    ]
    if refused:
        said[0] += " The others were taken; send the refused ones anew."
    return "\n".join([*said, *refused[:MOST_SAID]])
