"""Mails to followers: plain words, one address each, stopped in one click, known again when sent twice."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from clients.follower_letters import FollowerLetters
from clients.message import Letterhead
from clients.smtp import Answer, PostDownError
from reference.catalogue import demonstration_people
from schemas.following import Due, Follower, PublicQuestion
from schemas.people import Person

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
URL = "https://findings.example.org"


class Server:
    """A mail server that takes everything, nothing, or says a code."""

    def __init__(self, code: int | None = None) -> None:
        self.code = code
        self.taken: list[EmailMessage] = []

    async def send(self, message: EmailMessage, sender: str, recipients: Sequence[str]) -> Answer:
        """Take it, or not."""
        assert sender == "office@example.org"
        if self.code == 421:
            raise PostDownError("down")
        self.taken.append(message)
        return Answer(dict.fromkeys(recipients, self.code) if self.code else {})


class People:
    """The demonstration's."""

    async def people(self) -> dict[str, Person]:
        """Everybody."""
        return demonstration_people()


def letters(server: Server) -> FollowerLetters:
    """Letters of an office."""
    return FollowerLetters(server, People(), Letterhead(URL, "The office", "office@example.org", lambda: NOW))


def due(**changes: object) -> Due:
    """News for a follower."""
    facts: dict[str, object] = {
        "follower": 7, "address": "a@example.org", "follows": "all", "token": "tok", "news": 3,
        "cycle": "HTA-2026-07", "version": 1, "what": "published", "about": "", "at": NOW,
        "title": "Calls\r\nBcc: x@example.org", "answer": "Partly.", "notice": "",
    }  # fmt: skip
    return Due.model_validate({**facts, **changes})


async def test_news_can_be_stopped_in_one_click_and_is_known_when_it_comes_again() -> None:
    """RFC 8058's two headers; the same Message-ID twice; no picture, no HTML, no header out of a title."""
    server = Server()
    for _ in range(2):
        assert await letters(server).tell(due(), "all findings") == "delivered"
    one, two = server.taken
    assert one["List-Unsubscribe"] == f"<{URL}/follow/tok/stop>"
    assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert one["Message-ID"] == two["Message-ID"]
    assert (one["To"], one["Bcc"], one.get_content_type()) == ("a@example.org", None, "text/plain")
    said = one.get_content()
    assert "The answer in a sentence: Partly." in said
    assert f"{URL}/findings/hta-2026-07" in said
    assert f"To stop: {URL}/follow/tok/stop" in said


@pytest.mark.parametrize(
    ("changes", "subject", "said"),
    [
        ({"what": "corrected", "title": "Calls"}, "Corrected: Calls (HTA-2026-07)", "were corrected: Calls"),
        ({"what": "withdrawn", "title": "Calls", "answer": "", "notice": "A name."},
         "Withdrawn: Calls (HTA-2026-07)", "Why: A name."),
        ({"what": "checkpoint", "cycle": "", "title": "", "version": 12, "about": "ab" * 32},
         "Checkpoint: 12 of the record", f"12:{'ab' * 32}"),
        ({"what": "late", "about": "action/1|2026-11-13|Publish it"},
         "Late: Publish it (HTA-2026-07)", f"{URL}/late"),
    ],
)  # fmt: skip
async def test_each_kind_of_news_says_what_it_is(changes: dict[str, object], subject: str, said: str) -> None:
    """In the subject, and with the page that has it."""
    server = Server()
    await letters(server).tell(due(**changes), "all findings")
    assert server.taken[0]["Subject"] == subject
    assert said in server.taken[0].get_content()
    assert "Partly." in server.taken[0].get_content() or changes["what"] != "corrected"


@pytest.mark.parametrize(
    ("code", "became"), [(None, "delivered"), (550, "refused"), (450, "later"), (421, "down")]
)
async def test_what_the_mail_server_says_is_what_became_of_it(code: int | None, became: str) -> None:
    """Taken, refused for good, put off, or nothing taken at all; the link is in the first mail."""
    server = Server(code)
    follower = Follower(id=1, address="a@example.org", what="all", token="tok", asked_at=NOW)
    assert await letters(server).invite(follower, "all findings") == became
    assert all(f"{URL}/follow/tok\n" in one.get_content() for one in server.taken)


async def test_the_office_is_told_what_the_public_asks() -> None:
    """Each policy officer by themselves, the question set off so that none of it can pass for ours."""
    server = Server()
    question = PublicQuestion(key="k", meeting="m", held_at=NOW, question="Why?\nWhat to do next", name="")
    assert await letters(server).asked(question) == "delivered"
    assert server.taken
    assert "> Why?\n> What to do next" in server.taken[0].get_content()
    assert "Somebody who gave no name" in server.taken[0].get_content()
