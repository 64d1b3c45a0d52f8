"""A letter sent to whoever is writing it, to see how it looks where it arrives."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from clients.addressees import ADDRESS
from clients.letters import title
from clients.post import SendsMail
from clients.smtp import PostDownError


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a client reads the clock: this is when the letter is written


class TrialLetters:
    """Sends one letter to one address at once, and says whether it was taken."""

    def __init__(
        self, sender: SendsMail | None, office: str, mail_from: str, *, now: Callable[[], datetime] = _now
    ) -> None:
        self._sender = sender
        self._office = office
        self._from = mail_from
        self._now = now

    async def to_me(self, subject: str, text: str, html: str, address: str) -> bool:
        """Send it, marked as a trial; False where nobody took it."""
        if self._sender is None or not ADDRESS.fullmatch(address):
            return False
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(title(self._office), addr_spec=self._from)
        message["To"] = Address(addr_spec=address)
        message["Subject"] = title(f"Trial: {subject}", 140)
        message["Date"] = format_datetime(self._now())
        message["Message-ID"] = make_msgid(domain=self._from.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text, cte="quoted-printable")
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        try:
            answer = await self._sender.send(message, self._from, [address])
        except PostDownError:
            return False
        return not answer.refused
