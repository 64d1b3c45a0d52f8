"""What comes back from mail servers, as they really write it, dropped into a folder."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from clients.bounces import BouncesFolder, receipts_of
from clients.references import reference_of

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
NAME = "<0123456789abcdef0123456789abcdef01234567@office.example>"
TO = "ACC.Local.Policing@force.example"
REPORT = """From: MAILER-DAEMON@mail.office.example
To: answerable@office.example
Subject: Undelivered Mail Returned to Sender
Date: Fri, 20 Nov 2026 08:58:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I'm sorry to have to inform you.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.office.example

{blocks}
--B
Content-Type: {kind}

{original}
--B--
"""
HEADERS = f"From: answerable@office.example\nTo: {TO}\nSubject: Evidence requested\nMessage-ID: {NAME}\n"


def report(
    *, action: str = "failed", status: str = "5.1.1", to: str = TO, kind: str = "message/rfc822",
    original: str = HEADERS, more: str = "",
) -> bytes:  # fmt: skip
    """A delivery status report."""
    block = f"Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\n"
    return REPORT.format(blocks=more or block, kind=kind, original=original + "\nText\n").encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_the_message_the_person_and_why(kind: str) -> None:
    """With the whole message in it or its headers alone."""
    (found,) = receipts_of(report(kind=kind), NOW)
    assert found.reference == reference_of(NAME, TO)
    assert (found.state, found.why) == ("bounced", "no such mailbox")
    assert found.at == datetime(2026, 11, 20, 8, 58, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "why"),
    [("5.2.2", "the mailbox is full"), ("4.4.7", "their mail server could not be reached for days"),
     ("5.7.1", "their mail server does not take mail from us"), ("5.9.9", "their mail server refused it"),
     ("rubbish", "their mail server refused it")],
)  # fmt: skip
def test_the_status_is_said_in_words(status: str, why: str) -> None:
    """What a code means; an unknown one says only that it was refused."""
    assert receipts_of(report(status=status), NOW)[0].why == why


@pytest.mark.parametrize(("action", "count"), [("delayed", 0), ("relayed", 0), ("Failed", 1)])
def test_only_what_is_over_counts(action: str, count: int) -> None:
    """A delay is no failure."""
    assert len(receipts_of(report(action=action), NOW)) == count


def test_each_address_of_a_report_has_its_own_receipt() -> None:
    """The address as we had it comes before what it was forwarded to."""
    more = (
        f"Original-Recipient: rfc822;{TO}\nFinal-Recipient: rfc822; elsewhere@example.net\nAction: failed\n"
        "Status: 5.1.1\n\nFinal-Recipient: rfc822; deputy@force.example\nAction: delivered\nStatus: 2.0.0\n"
    )
    first, second = receipts_of(report(more=more), NOW)
    assert first.reference == reference_of(NAME, TO)
    assert (second.reference, second.state) == (reference_of(NAME, "deputy@force.example"), "delivered")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"Subject: Out of office\n\nI am away.", report(original="Subject: no name\n"),
     report(to=""), b"Content-Type: multipart/report; boundary=\n\n--", report()[:300]],
)  # fmt: skip
def test_what_is_no_report_says_nothing(content: bytes) -> None:
    """Rubbish, an answer from holiday, a report about nothing of ours."""
    assert receipts_of(content, NOW) == []


def test_a_maildir_and_a_plain_folder_are_read_and_moved_aside(tmp_path: Path) -> None:
    """Nothing is deleted: what was read lies in one folder, what is no report in another."""
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1.host").write_bytes(report())
    (tmp_path / "plain.eml").write_bytes(report())
    message = EmailMessage()
    message.set_content("Hello")
    (tmp_path / "hello.eml").write_bytes(bytes(message))
    (tmp_path / "half.tmp").write_bytes(b"")
    folder = BouncesFolder(tmp_path)
    for path in folder.arrived():
        folder.put_aside(path, known=bool(folder.read(path, NOW)))
    assert sorted(one.name for one in (tmp_path / "read").iterdir()) == ["1.host", "plain.eml"]
    assert [one.name for one in (tmp_path / "other").iterdir()] == ["hello.eml"]
    assert folder.arrived() == []
    (tmp_path / "plain.eml").write_bytes(report())
    folder.put_aside(folder.arrived()[0], known=True)
    assert (tmp_path / "read" / "1-plain.eml").exists()
