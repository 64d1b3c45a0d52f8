"""What comes back: reports of mail servers that a message could not be delivered, dropped into a folder.

The folder may be a Maildir (new and cur) or any folder of messages. What was read is moved to `read`, what
is no report to `other`, so that somebody can look at it; nothing is deleted.
"""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from clients.references import reference_of, why_came_back
from schemas.posting import Receipt

PLACES = ("new", "cur", ".")
MOST_AT_ONCE = 100
MOST_BYTES = 2_000_000
CAME_TO = {"failed": "bounced", "delivered": "delivered"}
"""What an action of a report means (RFC 3464); delayed and relayed mean nothing yet."""


class BouncesFolder:
    """The folder into which reports are dropped."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def arrived(self) -> list[Path]:
        """The messages that lie there, oldest names first.

        Raises: OSError: the folder cannot be read.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        found = [
            one
            for place in PLACES
            if (self._folder / place).is_dir()
            for one in sorted((self._folder / place).iterdir())
            if one.is_file() and not one.name.startswith(".") and one.suffix not in (".tmp", ".part")
        ]
        return found[:MOST_AT_ONCE]

    def read(self, path: Path, now: datetime) -> list[Receipt]:
        """What a message says of ours; nothing where it is no report.

        Raises: OSError: it cannot be read.
        """
        with path.open("rb") as file:
            return receipts_of(file.read(MOST_BYTES), now)

    def put_aside(self, path: Path, *, known: bool) -> None:
        """Move a message out of the way.

        Raises: OSError: it cannot be moved.
        """
        folder = self._folder / ("read" if known else "other")
        folder.mkdir(exist_ok=True)
        target, number = folder / path.name, 1
        while target.exists():
            target, number = folder / f"{number}-{path.name}", number + 1
        path.rename(target)


def receipts_of(content: bytes, now: datetime) -> list[Receipt]:
    """What a delivery status report says of each address of a message of ours (RFC 3464)."""
    with contextlib.suppress(MessageError, ValueError, LookupError, AttributeError):
        message = message_from_bytes(content, policy=default)
        name = _original(message)
        if name:
            return list(_each(message, name, _when(message, now)))
    return []


def _each(message: Message, name: str, at: datetime) -> Iterator[Receipt]:
    for block in _status(message):
        state = CAME_TO.get(str(block.get("Action", "")).strip().lower())
        address = _address(block)
        if address and state == "delivered":
            yield Receipt(reference=reference_of(name, address), state="delivered", at=at)
        elif address and state == "bounced":
            why = why_came_back(str(block.get("Status", "")).partition(" ")[0])
            yield Receipt(reference=reference_of(name, address), state="bounced", at=at, why=why)


def _status(message: Message) -> Iterator[Message]:
    """The blocks of a report, one for each address, after the one about the message."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            yield from (one for one in payload if isinstance(one, Message))


def _address(block: Message) -> str:
    """Whom we wrote to: the address as we had it comes before what it was forwarded to."""
    said = block.get("Original-Recipient") or block.get("Final-Recipient") or ""
    return parseaddr(str(said).partition(";")[2].strip())[1]


def _original(message: Message) -> str:
    """The name of the message that came back, as it lies in the report."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                return str(inner[0].get("Message-ID", "")).strip()
        if part.get_content_type() == "text/rfc822-headers" and isinstance(part, EmailMessage):
            headers = message_from_bytes(part.get_content().encode(), policy=default)
            return str(headers.get("Message-ID", "")).strip()
    return ""


def _when(message: Message, now: datetime) -> datetime:
    try:
        at = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return now
    return min(at if at.tzinfo else at.replace(tzinfo=UTC), now)
