"""What the post room keeps beside its letters: to whom each message went, and what waits for a digest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol

from clients.message import Letterhead, Now
from clients.references import reference_of, why_refused
from clients.smtp import PERMANENT, Answer
from schemas.notices import Notice
from schemas.people import Person
from schemas.posting import Choice, Edition, Invitation, Waiting
from schemas.rows import CyclePage

CALENDAR = "X-Answerable-Calendar"
"""The header that says where the attached meeting can be fetched, for whoever carries no attachments."""


class NotesPost(Protocol):
    """Where it is noted what was handed over."""

    async def sending(self, notice: Notice, lines: Iterable[tuple[str, str, str]], at: datetime) -> None:
        """A message is about to be handed over: for each, its reference, the person, the address."""
        ...

    async def handed_over(self, reference: str, at: datetime, why: str | None) -> None:
        """The mail server took it, or why it did not."""
        ...

    async def summed_up(self, key: str) -> None:
        """Bring a notice's own line up to what became of its messages."""
        ...


class KeepsWaiting(Protocol):
    """How people want to hear of what may wait."""

    async def choices(self, people: Sequence[str]) -> dict[str, Choice]:
        """What these people chose; who is not named wants each letter."""
        ...

    async def wait(self, lines: Iterable[Waiting]) -> None:
        """Put letters by, each once."""
        ...


class KnowsEditions(Protocol):
    """The office's own words for letters."""

    async def in_force(self) -> dict[str, Edition]:
        """The newest edition of every letter that has one."""
        ...


@dataclass(frozen=True)
class Beside:
    """What goes with the letters; each part may be missing."""

    notes: NotesPost | None = None
    waiting: KeepsWaiting | None = None
    may_wait: frozenset[str] = field(default_factory=frozenset)
    """The letters that may wait for a digest (rules.telling.waiting)."""
    editions: KnowsEditions | None = None
    invites: Callable[[Notice, CyclePage, str], Invitation | None] | None = None
    """The invitation that a notice brings, from the office's address."""

    async def sending(
        self, notice: Notice, message: EmailMessage, to: Mapping[str, tuple[Person, ...]], now: Now
    ) -> None:
        """Note that a message is about to be handed over."""
        if self.notes:
            name = str(message["Message-ID"])
            lines = [(reference_of(name, one), people[0].id, one) for one, people in to.items()]
            await self.notes.sending(notice, lines, now())

    async def handed_over(
        self, message: EmailMessage, to: Mapping[str, tuple[Person, ...]], answer: Answer, now: Now
    ) -> None:
        """Note what the mail server said; whom it puts off is asked for again, so nothing is noted yet."""
        for address in to if self.notes else ():
            code = answer.refused.get(address)
            if self.notes and (code is None or code >= PERMANENT):
                why = None if code is None else why_refused(code)
                await self.notes.handed_over(reference_of(str(message["Message-ID"]), address), now(), why)

    async def summed_up(self, key: str) -> None:
        """Bring a notice's own line up to date."""
        if self.notes:
            await self.notes.summed_up(key)

    async def who_waits(self, notice: Notice, people: Sequence[str]) -> set[str]:
        """Those for whom this letter waits until their digest."""
        if self.waiting is None or notice.template not in self.may_wait:
            return set()
        chosen = await self.waiting.choices(people)
        return {one for one in people if chosen.get(one, "each") != "each"}

    async def put_by(self, notice: Notice, people: Iterable[str], subject: str, path: str) -> None:
        """Put it by for them."""
        if self.waiting:
            await self.waiting.wait(
                Waiting(notice=notice.key, person=one, cycle=notice.cycle, subject=subject, path=path,
                        at=notice.planned_at)
                for one in people
            )  # fmt: skip

    def attach(self, message: EmailMessage, notice: Notice, page: CyclePage, of: Letterhead) -> None:
        """Attach the invitation that a notice brings, and say where the same can be fetched."""
        found = self.invites(notice, page, of.mail_from) if self.invites else None
        if found is None:
            return
        message[CALENDAR] = of.page(found.path)
        message.add_attachment(
            found.content, "text", "calendar", filename="meeting.ics",
            params={"method": found.method, "charset": "utf-8"},
        )  # fmt: skip

    async def words(self) -> dict[str, str]:
        """The office's own words for letters that are in force now, by name."""
        if self.editions is None:
            return {}
        return {name: one.text for name, one in (await self.editions.in_force()).items() if one.text}
