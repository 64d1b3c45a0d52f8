"""The outside of every message of ours: from whom, to whom, when, and under which name it is known."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Protocol

from clients.addressees import address_of
from clients.letters import title
from clients.smtp import Answer
from schemas.people import Person

Now = Callable[[], datetime]


class SendsMail(Protocol):
    """Hands one message to a mail server."""

    async def send(self, message: EmailMessage, sender: str, recipients: Sequence[str]) -> Answer:
        """Whom the server did not take it for. Raises PostDownError where it takes nothing now."""
        ...


class KnowsPeople(Protocol):
    """Who is in the directory."""

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...


def written_now() -> datetime:
    """The instant at which a letter is written, or was taken."""
    return datetime.now(UTC)  # noqa: TID251 - a client is an edge where an instant enters


@dataclass(frozen=True)
class Letterhead:
    """Whose letters they are: where their pages are, what the office is called, and when it writes."""

    public_url: str
    office: str
    mail_from: str
    now: Now = written_now

    @property
    def foot(self) -> str:
        """What a letter of plain text ends with."""
        return f"Sent by {self.office}. This message was sent by a program.\n"

    def page(self, path: str) -> str:
        """The whole address of a page of ours."""
        return self.public_url.rstrip("/") + path

    def identity(self, name: str) -> str:
        """A message's own name at our domain."""
        return f"<{name}@{self._domain()}>"

    def identity_for(self, key: str) -> str:
        """The same for the same key at all times: a message sent again is seen to be the same one."""
        return self.identity(hashlib.sha256(key.encode()).hexdigest()[:40])

    def identity_once(self) -> str:
        """A name for a message that is sent once and never again."""
        return make_msgid(domain=self._domain())

    def _domain(self) -> str:
        return self.mail_from.rpartition("@")[2]


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands above the words of a message."""

    letterhead: Letterhead
    to: Sequence[Address]
    copied: Sequence[Address] = ()
    subject: str
    identity: str
    thread: str = ""
    """The identity that this message and others hang together by."""
    more: Mapping[str, str] = field(default_factory=dict)

    def over(self, text: str, html: str = "") -> EmailMessage:
        """The message with these words, as text and, where there is one, in its HTML form."""
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(title(self.letterhead.office), addr_spec=self.letterhead.mail_from)
        message["To"] = tuple(self.to)
        if self.copied:
            message["Cc"] = tuple(self.copied)
        message["Subject"] = self.subject
        message["Date"] = format_datetime(self.letterhead.now())
        message["Message-ID"] = self.identity
        if self.thread:
            message["In-Reply-To"] = message["References"] = self.thread
        message["Auto-Submitted"] = "auto-generated"
        for name, value in self.more.items():
            message[name] = value
        message.set_content(text, cte="quoted-printable")
        if html:
            message.add_alternative(html, subtype="html", cte="quoted-printable")
        return message


def named(people: Iterable[Person]) -> tuple[Address, ...]:
    """The addresses of those who can be reached, each with its title."""
    return tuple(
        Address(title(one.title), addr_spec=address) for one in people if (address := address_of(one))
    )
