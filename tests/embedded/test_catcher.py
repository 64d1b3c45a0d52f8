"""The mail server of one machine."""

import asyncio
import socket
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import aiosmtplib
import pytest

from embedded.catcher import catching, name_of, write_once


def message(identity: str | None, body: str) -> EmailMessage:
    """A mail with or without an identity."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "office@example.org", "lead@example.org", "A request"
    if identity:
        mail["Message-ID"] = identity
    mail.set_content(body)
    return mail


@pytest.fixture
def port() -> int:
    """A port that is free just now."""
    with socket.create_server(("127.0.0.1", 0)) as trial:
        return int(trial.getsockname()[1])


async def test_a_message_sent_twice_is_kept_once_as_it_was_first(tmp_path: Path, port: int) -> None:
    """The file is named by the digest of the Message-ID, and the first one stands."""
    async with catching(tmp_path / "mail", port):
        for body in ("first", "second"):
            await aiosmtplib.send(message("<r1.1@answerable>", body), hostname="127.0.0.1", port=port)
    (kept,) = (tmp_path / "mail").iterdir()
    assert kept.name == sha256(b"<r1.1@answerable>").hexdigest() + ".eml"
    assert "first" in kept.read_text(encoding="utf-8")
    assert "X-RcptTo: lead@example.org" in kept.read_text(encoding="utf-8")


async def test_many_senders_at_once_leave_one_whole_file(tmp_path: Path, port: int) -> None:
    """No half-written file is seen, and nothing else is left in the folder."""
    async with catching(tmp_path / "mail", port):
        mail = message("<r1.2@answerable>", "long\n" * 5000)
        await asyncio.gather(*(aiosmtplib.send(mail, hostname="127.0.0.1", port=port) for _ in range(10)))
    (kept,) = (tmp_path / "mail").iterdir()
    assert kept.read_text(encoding="utf-8").count("long") == 5000


async def test_what_the_disk_does_not_take_is_to_be_sent_again(tmp_path: Path, port: int) -> None:
    """A full disk is no bounce: the sender is asked to try later, and then the message is kept."""
    mail, folder = message("<r1.3@answerable>", "words"), tmp_path / "mail"
    async with catching(folder, port):
        folder.rmdir()
        with pytest.raises(aiosmtplib.SMTPDataError) as not_now:
            await aiosmtplib.send(mail, hostname="127.0.0.1", port=port)
        assert not_now.value.code == 452
        folder.mkdir()
        await aiosmtplib.send(mail, hostname="127.0.0.1", port=port)
    assert len(list(folder.iterdir())) == 1


def test_messages_without_an_identity_are_told_apart_by_what_they_say() -> None:
    """Two different mails without a Message-ID do not hide each other."""
    assert name_of(bytes(message(None, "one"))) != name_of(bytes(message(None, "two")))


def test_a_folded_identity_is_the_same_identity() -> None:
    """Spaces round the Message-ID, which mail programs add, change nothing."""
    assert name_of(b"Message-ID:   <a@b>\r\n\r\n1") == name_of(b"Message-ID: <a@b>\r\n\r\n2")


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    """What was kept is never written again."""
    path = tmp_path / "one.eml"
    write_once(path, b"first")
    write_once(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]
