"""The post room: finds the people whom a notice is for, writes the letter, sends it once, and notes it.

A notice is one message to all its people, so that a retry can never reach some of them twice. Whoever gets a
link of their own (ADR 0019) gets a message of their own, noted by itself. A crash between the mail server's
yes and our note repeats a message under the same Message-ID; nothing can rule that out.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Protocol
from weakref import WeakValueDictionary

from clients.addressees import Addressees, addressees_of
from clients.letters import LONDON, Envelope, Letter, path_of, title, write
from clients.message import Head, KnowsPeople, Letterhead, SendsMail, named
from clients.own_letters import MakesLinks, Own, own_letters, receipts
from clients.posted import Beside
from clients.smtp import PERMANENT, Answer, PostDownError
from schemas.notices import Delivery, Notice
from schemas.people import Person
from schemas.rows import CyclePage

PUT_OFF_AT_MOST = timedelta(hours=4)
"""A mailbox that puts us off for longer counts as refused: later notices of its cycle wait behind it."""


class LooksUp(KnowsPeople, Protocol):
    """What the post room has to know, and where it notes what became of a notice."""

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
class Mail:
    """One message, to whom it goes, and the letter of somebody's own that it is, if it is one."""

    message: EmailMessage
    recipients: Mapping[str, tuple[Person, ...]]
    own: Own | None


class PostRoom:
    """Carries notices by mail. Without a mail server it notes that nobody could be told."""

    def __init__(
        self,
        sender: SendsMail | None,
        look_up: LooksUp,
        letterhead: Letterhead,
        *,
        links: MakesLinks | None = None,
        beside: Beside | None = None,
    ) -> None:
        self._sender = sender
        self._beside = beside or Beside()
        self._links = links
        self._look_up = look_up
        self._letterhead = letterhead
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
            await self._beside.summed_up(notice.key)
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
            return Delivery(delivered=False, told=(), at=self._letterhead.now())
        reached = await self._put_by(notice, page, people, addressees)
        mails = await self._mails(notice, page, people, addressees.without(reached))
        refused: dict[str, int] = {}
        for one in mails:
            refused |= await self._hand_over(self._sender, notice, one)
        reachable = addressees.without(reached).reachable()
        self._unless_put_off(notice, Answer(refused), reachable)
        reached |= {one.id for address in reachable if address not in refused for one in reachable[address]}
        told = tuple(one.id for one in (*addressees.concerned, *addressees.copied) if one.id in reached)
        delivered = any(one.id in reached for one in addressees.concerned)
        return Delivery(delivered=delivered, told=told, at=self._letterhead.now())

    async def _put_by(
        self, notice: Notice, page: CyclePage, people: dict[str, Person], addressees: Addressees
    ) -> set[str]:
        """Keep the letter for the digest of those who want it so; who they are."""
        them = [one.id for ones in addressees.reachable().values() for one in ones]
        waiting = await self._beside.who_waits(notice, them)
        if waiting:
            envelope = self._envelope(addressees, self._letterhead.office, path_of(notice))
            letter = write(notice, page, people, envelope, words=await self._beside.words())
            await self._beside.put_by(notice, sorted(waiting), letter.subject, path_of(notice))
        return waiting

    async def _mails(
        self, notice: Notice, page: CyclePage, people: dict[str, Person], addressees: Addressees
    ) -> tuple[Mail, ...]:
        """What is sent for a notice: first to those who get a letter of their own, then to the others."""
        day = notice.planned_at.astimezone(LONDON).date()
        body = page.names_on("body", day)
        ours = self._letterhead.office
        name, office = str(body or ours), body.name if body else ours
        some = tuple(one for ones in addressees.reachable().values() for one in ones)
        own = await own_letters(self._links, notice, some, day, self._letterhead.now)
        others = addressees.without({one.person.id for one in own})
        envelope, words = self._envelope(addressees, name, path_of(notice)), await self._beside.words()
        mails = []
        for one in (*own, *await receipts(self._links, notice, page, people, self._letterhead.now)):
            about = replace(envelope, url=self._letterhead.page(one.path), own=True)
            letter = write(notice, page, people, about, one.template, words=words)
            only = Addressees((one.person,), ())
            message = self._message(notice, f"{one.letter}/{one.person.id}", letter, only, office)
            mails.append(Mail(message, only.reachable(), one))
        if others.reachable():
            letter = write(notice, page, people, envelope, words=words)
            message = self._message(notice, notice.key, letter, others, office)
            self._beside.attach(message, notice, page, self._letterhead)
            mails.append(Mail(message, others.reachable(), None))
        return tuple(mails)

    async def _hand_over(self, sender: SendsMail, notice: Notice, mail: Mail) -> dict[str, int]:
        """Send one message unless an earlier attempt has; whom it was refused for."""
        if mail.own and mail.own.sent:
            return {}
        named = notice.model_copy(update={"key": mail.own.letter}) if mail.own else notice
        await self._beside.sending(named, mail.message, mail.recipients, self._letterhead.now)
        answer = await sender.send(mail.message, self._letterhead.mail_from, list(mail.recipients))
        await self._beside.handed_over(mail.message, mail.recipients, answer, self._letterhead.now)
        if mail.own and self._links and not answer.refused:
            await self._links.sent(mail.own.letter, mail.own.person.id, self._letterhead.now())
        return dict(answer.refused)

    def _unless_put_off(self, notice: Notice, answer: Answer, reachable: Mapping[str, object]) -> None:
        """Raise where nobody was reached but somebody may be later, up to a limit."""
        later = any(code < PERMANENT for code in answer.refused.values())
        if not later or any(address not in answer.refused for address in reachable):
            return
        since = self._put_off_since.setdefault(notice.key, self._letterhead.now())
        if self._letterhead.now() - since < PUT_OFF_AT_MOST:
            raise PostDownError("The mail server puts us off. The notice is tried again.")

    def _envelope(self, addressees: Addressees, office: str, path: str) -> Envelope:
        return Envelope(
            office=office,
            url=self._letterhead.page(path),
            sent_to=tuple(title(one.title) for one in addressees.concerned),
            copied_to=tuple(title(one.title) for one in addressees.copied),
        )

    def _message(
        self, notice: Notice, name: str, letter: Letter, addressees: Addressees, office: str
    ) -> EmailMessage:
        concerned, copied = named(addressees.concerned), named(addressees.copied)
        to = concerned or copied
        head = Head(
            letterhead=replace(self._letterhead, office=office),
            to=to,
            copied=() if copied == to else copied,
            subject=letter.subject,
            identity=self._letterhead.identity_for(name),
            thread=self._letterhead.identity_for(thread_of(notice)),
        )
        return head.over(letter.text, letter.html)


def thread_of(notice: Notice) -> str:
    """What a notice's messages hang together by: its request, its action, or its cycle."""
    about = notice.request or notice.action or ""
    return f"{notice.cycle}/thread/{about}"
