"""The letter that tells the office that nobody takes its events."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage

from clients.message import Letterhead
from clients.office_letters import OfficeLetters
from clients.smtp import Answer
from reference.catalogue import demonstration_people
from schemas.feed import Cursor
from schemas.people import Person
from schemas.subscriptions import Subscription

LETTERHEAD = Letterhead("https://answerable.example/", "The office", "office@example.org")
SINCE = datetime(2026, 11, 18, 9, tzinfo=UTC)
PAUSED = Subscription(
    id="tracker",
    url="https://tracker.example/secret-token",
    scope="office",
    reason="A tracker",
    made_by="chief-executive",
    made_at=SINCE,
    state="paused",
    last_failure="The receiver answered 500.",
    failing_since=SINCE,
    cursors={"cycles": Cursor()},
)


class Box:
    """A mail server that keeps what it is handed."""

    def __init__(self) -> None:
        self.sent: list[tuple[EmailMessage, list[str]]] = []

    async def send(self, message: EmailMessage, sender: str, recipients: Sequence[str]) -> Answer:
        """Take it."""
        assert sender == "office@example.org"
        self.sent.append((message, list(recipients)))
        return Answer(refused={})


class Everybody:
    """The people of the demonstration."""

    async def people(self) -> dict[str, Person]:
        """All of them."""
        return demonstration_people()


async def test_the_office_reads_what_failed_and_what_to_do() -> None:
    """To the chief executive and the officers, with the page, and without the receiver's address."""
    box = Box()
    letters = OfficeLetters(box, Everybody(), LETTERHEAD)
    await letters.paused(PAUSED)
    ((message, to),) = box.sent
    people = demonstration_people()
    assert people["chief-executive"].address in to
    assert people["acc-local-policing"].address not in to
    said = message.get_content()
    assert message["Subject"] == "Paused: events for tracker are not taken"
    assert "since 09:00 on Wednesday 18 November 2026" in said
    assert "The receiver answered 500." in said
    assert "https://answerable.example/subscriptions" in said
    assert "secret-token" not in message.as_string()


async def test_the_same_pause_is_the_same_letter() -> None:
    """Sent again after a crash it carries the same name, so that mail programs see one."""
    box = Box()
    letters = OfficeLetters(box, Everybody(), LETTERHEAD)
    await letters.paused(PAUSED)
    await letters.paused(PAUSED)
    assert box.sent[0][0]["Message-ID"] == box.sent[1][0]["Message-ID"]


async def test_without_a_mail_server_nothing_is_sent() -> None:
    """The page says it all the same."""
    letters = OfficeLetters(None, Everybody(), LETTERHEAD)
    await letters.paused(PAUSED)
