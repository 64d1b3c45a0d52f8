"""A letter sent to whoever is writing it, to see how it looks where it arrives."""

from email.headerregistry import Address

from clients.addressees import ADDRESS
from clients.letters import title
from clients.message import Head, Letterhead, SendsMail
from clients.smtp import PostDownError


class TrialLetters:
    """Sends one letter to one address at once, and says whether it was taken."""

    def __init__(self, sender: SendsMail | None, letterhead: Letterhead) -> None:
        self._sender = sender
        self._letterhead = letterhead

    async def to_me(self, subject: str, text: str, html: str, address: str) -> bool:
        """Send it, marked as a trial; False where nobody took it."""
        if self._sender is None or not ADDRESS.fullmatch(address):
            return False
        head = Head(
            letterhead=self._letterhead,
            to=[Address(addr_spec=address)],
            subject=title(f"Trial: {subject}", 140),
            identity=self._letterhead.identity_once(),
        )
        message = head.over(text, html)
        try:
            answer = await self._sender.send(message, self._letterhead.mail_from, [address])
        except PostDownError:
            return False
        return not answer.refused
