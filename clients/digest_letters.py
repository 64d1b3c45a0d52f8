"""The digest: one mail with what could wait, in plain text, with a link to each page."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal

from clients.addressees import ADDRESS
from clients.letters import day, title
from clients.letters.typesetting import LONDON
from clients.post import SendsMail
from clients.smtp import PostDownError
from schemas.people import Person
from schemas.posting import Digest

Became = Literal["delivered", "refused", "down"]


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a client reads the clock: this is when the letter is written


class DigestLetters:
    """Writes one digest to one person."""

    def __init__(
        self,
        sender: SendsMail | None,
        public_url: str,
        office: str,
        mail_from: str,
        *,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._sender = sender
        self._public_url = public_url.rstrip("/")
        self._office = office
        self._from = mail_from
        self._now = now

    async def digest(self, digest: Digest, person: Person | None) -> Became:
        """Send it; somebody who cannot be reached counts as refused."""
        address = person.address if person else None
        if self._sender is None or person is None or not address or not ADDRESS.fullmatch(address):
            return "refused"
        message = self._message(digest, person, address)
        try:
            answer = await self._sender.send(message, self._from, [address])
        except PostDownError:
            return "down"
        return "refused" if answer.refused else "delivered"

    def _message(self, digest: Digest, person: Person, address: str) -> EmailMessage:
        count = len(digest.lines)
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(title(self._office), addr_spec=self._from)
        message["To"] = Address(title(person.title), addr_spec=address)
        message["Subject"] = f"Your digest: {count} thing{'' if count == 1 else 's'} that could wait"
        message["Date"] = format_datetime(self._now())
        name = hashlib.sha256(digest.key.encode()).hexdigest()[:40]
        message["Message-ID"] = f"<{name}@{self._from.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self._words(digest), cte="quoted-printable")
        return message

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
