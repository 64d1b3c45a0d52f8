"""The digest: one mail with what could wait, in plain text, with a link to each page."""

from email.message import EmailMessage
from typing import Literal

from clients.addressees import address_of
from clients.letters import LONDON, day
from clients.message import Head, Now, SendsMail, identity_for, named, written_now
from clients.smtp import PostDownError
from schemas.people import Person
from schemas.posting import Digest

Became = Literal["delivered", "refused", "down"]


class DigestLetters:
    """Writes one digest to one person."""

    def __init__(
        self,
        sender: SendsMail | None,
        public_url: str,
        office: str,
        mail_from: str,
        *,
        now: Now = written_now,
    ) -> None:
        self._sender = sender
        self._public_url = public_url.rstrip("/")
        self._office = office
        self._from = mail_from
        self._now = now

    async def digest(self, digest: Digest, person: Person | None) -> Became:
        """Send it; somebody who cannot be reached counts as refused."""
        address = address_of(person) if person else None
        if self._sender is None or person is None or address is None:
            return "refused"
        message = self._message(digest, person)
        try:
            answer = await self._sender.send(message, self._from, [address])
        except PostDownError:
            return "down"
        return "refused" if answer.refused else "delivered"

    def _message(self, digest: Digest, person: Person) -> EmailMessage:
        count = len(digest.lines)
        head = Head(
            office=self._office,
            mail_from=self._from,
            to=named([person]),
            subject=f"Your digest: {count} thing{'' if count == 1 else 's'} that could wait",
            at=self._now(),
            identity=identity_for(self._from, digest.key),
        )
        return head.over(self._words(digest))

    def _words(self, digest: Digest) -> str:
        lines = [
            f"> {one.subject}\n{day(one.at.astimezone(LONDON).date())}\n{self._public_url}{one.path}\n"
            for one in digest.lines
        ]
        return (
            "This has happened since your last digest. None of it asks you for anything.\n\n"
            + "\n".join(lines)
            + "\nRequests, reminders, meetings and whatever has a legal deadline never wait for a\n"
            + "digest: they are sent to you at once. To have every\n"
            + f"letter at once: {self._public_url}/you\n\n"
            + f"--\nSent by {self._office}. This message was sent by a program.\n"
        )
