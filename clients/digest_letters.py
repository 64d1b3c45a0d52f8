"""The digest: one mail with what could wait, in plain text, with a link to each page."""

from email.message import EmailMessage
from typing import Literal

from clients.addressees import address_of
from clients.letters import LONDON, day
from clients.message import Head, Letterhead, SendsMail, named
from clients.smtp import PostDownError
from schemas.people import Person
from schemas.posting import Digest

Became = Literal["delivered", "refused", "down"]


class DigestLetters:
    """Writes one digest to one person."""

    def __init__(self, sender: SendsMail | None, letterhead: Letterhead) -> None:
        self._sender = sender
        self._letterhead = letterhead

    async def digest(self, digest: Digest, person: Person | None) -> Became:
        """Send it; somebody who cannot be reached counts as refused."""
        address = address_of(person) if person else None
        if self._sender is None or person is None or address is None:
            return "refused"
        message = self._message(digest, person)
        try:
            answer = await self._sender.send(message, self._letterhead.mail_from, [address])
        except PostDownError:
            return "down"
        return "refused" if answer.refused else "delivered"

    def _message(self, digest: Digest, person: Person) -> EmailMessage:
        count = len(digest.lines)
        head = Head(
            letterhead=self._letterhead,
            to=named([person]),
            subject=f"Your digest: {count} thing{'' if count == 1 else 's'} that could wait",
            identity=self._letterhead.identity_for(digest.key),
        )
        return head.over(self._words(digest))

    def _words(self, digest: Digest) -> str:
        page = self._letterhead.page
        lines = [
            f"> {one.subject}\n{day(one.at.astimezone(LONDON).date())}\n{page(one.path)}\n"
            for one in digest.lines
        ]
        return (
            "This has happened since your last digest. None of it asks you for anything.\n\n"
            + "\n".join(lines)
            + "\nRequests, reminders, meetings and whatever has a legal deadline never wait for a\n"
            + "digest: they are sent to you at once. To have every\n"
            + f"letter at once: {page('/you')}\n\n--\n{self._letterhead.foot}"
        )
