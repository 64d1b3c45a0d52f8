"""The mail server: takes one message for its recipients, refuses some of them, or is not to be had."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

import aiosmtplib

PERMANENT = 500
"""Answers from here on will be the same tomorrow (RFC 5321); smaller ones may not."""


class PostDownError(Exception):
    """The mail server cannot be reached or takes nothing now. It names no address: it ends up in logs."""


@dataclass(frozen=True)
class Answer:
    """What the mail server said: the addresses that it did not take, each with its code."""

    refused: Mapping[str, int]


class Smtp:
    """Hands messages to a mail server, one connection each."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        username: str | None = None,
        password: str | None = None,
        starttls: bool = False,
        patience: float = 10.0,
    ) -> None:
        self._host, self._port = host, port
        self._username, self._password = username, password
        self._starttls, self._patience = starttls, patience

    async def send(self, message: EmailMessage, sender: str, recipients: Sequence[str]) -> Answer:
        """Hand over one message; whom the server did not take it for.

        Raises: PostDownError: the server cannot be reached, or took nothing for another reason.
        """
        try:
            return await self._hand_over(bytes(message), sender, recipients)
        except aiosmtplib.SMTPResponseException as trouble:
            said = f"answers {trouble.code} ({type(trouble).__name__})"
        except (aiosmtplib.SMTPException, OSError) as trouble:
            said = f"cannot be reached ({type(trouble).__name__})"
        raise PostDownError(f"The mail server {said}. The notice is tried again.")

    async def _hand_over(self, message: bytes, sender: str, recipients: Sequence[str]) -> Answer:
        async with aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            timeout=self._patience,
            start_tls=self._starttls,
            username=self._username,
            password=self._password,
        ) as server:
            try:
                refused, _ = await server.sendmail(sender, list(recipients), message)
            except aiosmtplib.SMTPRecipientsRefused as all_refused:
                return Answer({one.recipient: one.code for one in all_refused.recipients})
            except aiosmtplib.SMTPDataError as unwanted:
                return Answer(dict.fromkeys(recipients, unwanted.code))
        return Answer({address: answer.code for address, answer in refused.items()})
