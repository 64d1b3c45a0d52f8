"""The post room: finds the people whom a notice is for, writes the letter, sends it once, and notes it.

A notice is one message to all its people, so that a retry can never reach some of them twice. A crash between
the mail server's yes and our note repeats the message under the same Message-ID; nothing can rule that out.
"""

import asyncio
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Protocol
from weakref import WeakValueDictionary

from clients.letters import LONDON, Envelope, Letter, path_of, title, write
from clients.smtp import PERMANENT, Answer, PostDownError
from schemas.notices import Delivery, Notice
from schemas.people import Person, Role
from schemas.rows import CyclePage

WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = re.compile(rf"{WORD}(\.{WORD})*@{LABEL}(\.{LABEL})*")
PUT_OFF_AT_MOST = timedelta(hours=4)
"""A mailbox that puts us off for longer counts as refused: later notices of its cycle wait behind it."""


class SendsMail(Protocol):
    """Hands one message to a mail server."""

    async def send(self, message: EmailMessage, sender: str, recipients: Sequence[str]) -> Answer:
        """Whom the server did not take it for. Raises PostDownError where it takes nothing now."""
        ...


class LooksUp(Protocol):
    """What the post room has to know, and where it notes what became of a notice."""

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle with its words."""
        ...

    async def delivery(self, key: str) -> Delivery | None:
        """What became of a notice; None if it has not been sent."""
        ...

    async def keep_delivery(self, notice: Notice, delivery: Delivery) -> None:
        """Note what became of a notice; the first note stands."""
        ...


@dataclass(frozen=True)
class Addressees:
    """Whom a notice goes to: those it concerns, and those in copy."""

    concerned: tuple[Person, ...]
    copied: tuple[Person, ...]

    def reachable(self) -> dict[str, tuple[Person, ...]]:
        """Everybody who has an address, by address."""
        found: dict[str, tuple[Person, ...]] = {}
        for person in (*self.concerned, *self.copied):
            if person.address and ADDRESS.fullmatch(person.address):
                found[person.address] = (*found.get(person.address, ()), person)
        return found


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a client reads the clock: this is when the mail server took it


class PostRoom:
    """Carries notices by mail. Without a mail server it notes that nobody could be told."""

    def __init__(
        self,
        sender: SendsMail | None,
        look_up: LooksUp,
        public_url: str,
        office_name: str,
        mail_from: str,
        *,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._sender = sender
        self._look_up = look_up
        self._public_url = public_url.rstrip("/")
        self._office = office_name
        self._from = mail_from
        self._now = now
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._put_off_since: dict[str, datetime] = {}

    async def deliver(self, notice: Notice) -> Delivery:
        """Send a notice unless it was sent; who was told, and when the mail server took it.

        It counts as delivered when one of those it concerns was reached; people in copy do not count.

        Raises:
            PostDownError: the mail server takes nothing now; to be tried again.
            LookupError: the notice is about a cycle that is not on record.
        """
        turn = self._turns.setdefault(notice.key, asyncio.Lock())  # a retry may overtake a slow attempt
        async with turn:
            if known := await self._look_up.delivery(notice.key):
                return known
            delivery = await self._send(notice)
            await self._look_up.keep_delivery(notice, delivery)
            self._put_off_since.pop(notice.key, None)
            return delivery

    async def _send(self, notice: Notice) -> Delivery:
        page = await self._look_up.cycle(notice.cycle)
        if page is None:
            raise LookupError(f"{notice.cycle} is not on record: {notice.key} cannot be written")
        people = await self._look_up.people()
        addressees = addressees_of(notice, people)
        reachable = addressees.reachable()
        if self._sender is None or not reachable:
            return Delivery(delivered=False, told=(), at=self._now())
        office = page.names_on("body", notice.planned_at.astimezone(LONDON).date())
        letter = write(notice, page, people, self._envelope(notice, addressees, str(office or self._office)))
        message = self._message(notice, letter, addressees, office.name if office else self._office)
        answer = await self._sender.send(message, self._from, list(reachable))
        self._unless_put_off(notice, answer, reachable)
        reached = {
            one.id for address in reachable if address not in answer.refused for one in reachable[address]
        }
        told = tuple(one.id for one in (*addressees.concerned, *addressees.copied) if one.id in reached)
        delivered = any(one.id in reached for one in addressees.concerned)
        return Delivery(delivered=delivered, told=told, at=self._now())

    def _unless_put_off(self, notice: Notice, answer: Answer, reachable: Mapping[str, object]) -> None:
        """Raise where nobody was reached but somebody may be later, up to a limit."""
        later = any(code < PERMANENT for code in answer.refused.values())
        if len(answer.refused) < len(reachable) or not later:
            return
        since = self._put_off_since.setdefault(notice.key, self._now())
        if self._now() - since < PUT_OFF_AT_MOST:
            raise PostDownError("The mail server puts us off. The notice is tried again.")

    def _envelope(self, notice: Notice, addressees: Addressees, office: str) -> Envelope:
        return Envelope(
            office=office,
            url=self._public_url + path_of(notice),
            sent_to=tuple(title(one.title) for one in addressees.concerned),
            copied_to=tuple(title(one.title) for one in addressees.copied),
        )

    def _message(self, notice: Notice, letter: Letter, addressees: Addressees, office: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(title(office), addr_spec=self._from)
        to = _addresses(addressees.concerned) or _addresses(addressees.copied)
        message["To"] = to
        if (copied := _addresses(addressees.copied)) and copied != to:
            message["Cc"] = copied
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(self._now())
        message["Message-ID"] = self._identity(notice.key)
        message["In-Reply-To"] = message["References"] = self._identity(thread_of(notice))
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text, cte="quoted-printable")
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        return message

    def _identity(self, name: str) -> str:
        """The same for the same name at all times: a message sent again is seen to be the same one."""
        return f"<{hashlib.sha256(name.encode()).hexdigest()[:40]}@{self._from.rpartition('@')[2]}>"


def addressees_of(notice: Notice, people: Mapping[str, Person]) -> Addressees:
    """The people whom a notice names, and in copy their deputies and everybody in its roles.

    Where it names nobody, it concerns those in its roles. What bounced from a lead concerns a deputy. Roles
    and deputies are those of the day of the notice.
    """
    day = notice.planned_at.astimezone(LONDON).date()
    named = [people[one] for one in notice.to if one in people]
    if notice.route == "deputy":
        return Addressees(concerned=_deputies(named, people, day), copied=())
    deputies = _deputies(named, people, day) if notice.copy_deputies else ()
    holders = [people[one] for one in sorted(people) if _is_told(people[one], notice.roles, day)]
    if not notice.to:
        return Addressees(concerned=tuple(holders), copied=())
    concerned = tuple({one.id: one for one in named}.values())
    copied = {one.id: one for one in (*deputies, *holders) if one not in concerned}
    return Addressees(concerned=concerned, copied=tuple(copied.values()))


def _is_told(person: Person, roles: Sequence[Role], day: date) -> bool:
    """Whether somebody holds one of these roles on a day; an acting commissioner fills the commissioner's."""
    held = person.roles_on(day)
    if Role.COMMISSIONER in roles and Role.ACTING_COMMISSIONER in held:
        return True
    return not held.isdisjoint(roles)


def _deputies(named: Sequence[Person], people: Mapping[str, Person], day: date) -> tuple[Person, ...]:
    return tuple(
        people[one]
        for lead in named
        for one in sorted(people)
        if one != lead.id and people[one].deputises_for(lead, day)
    )


def thread_of(notice: Notice) -> str:
    """What a notice's messages hang together by: its request, its action, or its cycle."""
    about = notice.request or notice.action or ""
    return f"{notice.cycle}/thread/{about}"


def _addresses(people: Sequence[Person]) -> tuple[Address, ...]:
    return tuple(
        Address(title(one.title), addr_spec=one.address)
        for one in people
        if one.address and ADDRESS.fullmatch(one.address)
    )
