"""The mails that the product sent, as its catcher has them."""

import time
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cache
from pathlib import Path

from tests.chaos.product import Running


def mail_to(running: Running, address: str, about: str) -> EmailMessage:
    """The newest mail to somebody about something, once it has come."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = [one for one in mails(running) if about in str(one["Subject"])]
        theirs: list[EmailMessage] = [one for one in found if address in str(one["X-RcptTo"])]
        if theirs:
            return theirs[-1]
        time.sleep(0.2)
    raise AssertionError(f"no mail to {address} about {about}")


def mails(running: Running) -> list[EmailMessage]:
    """Every mail that was caught, oldest first."""
    paths = sorted((running.home / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime)
    return [_read(path) for path in paths]


@cache
def _read(path: Path) -> EmailMessage:
    """One mail: what the catcher has written is never written again."""
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes())


def words(mail: EmailMessage) -> str:
    """What a mail says, in both its forms."""
    bodies = [mail.get_body((form,)) for form in ("plain", "html")]
    return "\n".join(str(one.get_content()) for one in bodies if one)
