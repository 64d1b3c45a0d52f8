"""A letter sent to whoever is writing it, to see how it looks where it arrives."""

from email.headerregistry import Address

from clients.addressees import ADDRESS
from clients.letters import title
from clients.message import Head, Now, SendsMail, identity_once, written_now
from clients.smtp import PostDownError


class TrialLetters:
    """Sends one letter to one address at once, and says whether it was taken."""

    def __init__(
        self, sender: SendsMail | None, office: str, mail_from: str, *, now: Now = written_now
    ) -> None:
        self._sender = sender
        self._office = office
        self._from = mail_from
        self._now = now

    async def to_me(self, subject: str, text: str, html: str, address: str) -> bool:
        """Send it, marked as a trial; False where nobody took it."""
        if self._sender is None or not ADDRESS.fullmatch(address):
            return False
        head = Head(
            office=self._office,
            mail_from=self._from,
            to=[Address(addr_spec=address)],
            subject=title(f"Trial: {subject}", 140),
            at=self._now(),
            identity=identity_once(self._from),
        )
        try:
            answer = await self._sender.send(head.over(text, html), self._from, [address])
        except PostDownError:
            return False
        return not answer.refused
