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


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands above the words of a message."""

    office: str
    mail_from: str
    to: Sequence[Address]
    copied: Sequence[Address] = ()
    subject: str
    at: datetime
    identity: str
    thread: str = ""
    """The identity that this message and others hang together by."""
    more: Mapping[str, str] = field(default_factory=dict)

    def over(self, text: str, html: str = "") -> EmailMessage:
        """The message with these words, as text and, where there is one, in its HTML form."""
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(title(self.office), addr_spec=self.mail_from)
        message["To"] = tuple(self.to)
        if self.copied:
            message["Cc"] = tuple(self.copied)
        message["Subject"] = self.subject
        message["Date"] = format_datetime(self.at)
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


def identity(mail_from: str, name: str) -> str:
    """A message's own name at our domain."""
    return f"<{name}@{_domain(mail_from)}>"


def identity_for(mail_from: str, key: str) -> str:
    """The same for the same key at all times: a message sent again is seen to be the same one."""
    return identity(mail_from, hashlib.sha256(key.encode()).hexdigest()[:40])


def identity_once(mail_from: str) -> str:
    """A name for a message that is sent once and never again."""
    return make_msgid(domain=_domain(mail_from))


def written_now() -> datetime:
    """The instant at which a letter is written, or was taken."""
    return datetime.now(UTC)  # noqa: TID251 - a client is an edge where an instant enters


def _domain(mail_from: str) -> str:
    return mail_from.rpartition("@")[2]
