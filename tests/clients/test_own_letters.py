# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""Letters of somebody's own: a link for each reader, the receipt of a return, and what is sent at once."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

import pytest

from clients.link_letters import LinkLetters
from clients.post import PostRoom
from clients.smtp import Answer, PostDownError, Smtp
from schemas.people import Role
from tests.clients import built
from tests.clients.test_post import DEPUTY_ADDRESS, LEAD_ADDRESS, NOW
from tests.mail_server import MailServer

FACTS = {"ref": built.REF, "cycle": "Victim contact", "request": "A paper", "due_at": NOW, "until": "09:10"}

RETURNED = built.notice("return_received", to=("policy-officer",))


@dataclass
class Made:
    """Makes links that are easy to read, and remembers which letters went out."""

    gone: set[tuple[str, str]] = field(default_factory=set)

    async def make(
        self, letter: str, cycle: str, request: int, person: str, *, at: datetime, by: str | None = None
    ) -> tuple[str, bool]:
        """A token that says whose it is."""
        return f"own-{person}-{letter.replace('/', '-')}", (letter, person) in self.gone

    async def sent(self, letter: str, person: str, at: datetime) -> None:
        """Remember it."""
        self.gone.add((letter, person))


def room(server: MailServer, memory: built.Memory, made: Made | None) -> PostRoom:
    """A post room whose letters carry links."""
    sender = Smtp("127.0.0.1", server.port, patience=2)
    return PostRoom(sender, memory, built.LETTERHEAD, links=made)


def words(mail: EmailMessage) -> str:
    """What a mail says, in both forms."""
    bodies = [mail.get_body((form,)) for form in ("plain", "html")]
    return "\n".join(str(one.get_content()) for one in bodies if one)


async def test_the_lead_gets_a_link_of_their_own(server: MailServer) -> None:
    """The mail leads to /t/ with the lead's own token, says that no account is needed, and in both forms."""
    made = Made()
    delivery = await room(server, built.Memory(), made).deliver(built.notice("evidence_requested"))
    assert delivery.told == ("acc-local-policing",)
    (mail,) = server.taken
    said = words(mail)
    assert said.count("https://office.example/t/own-acc-local-policing-") == 3
    assert said.count("needs no account") == 2
    assert "/tasks/" not in said
    assert made.gone


async def test_everybody_of_the_force_gets_their_own_and_nobody_elses(server: MailServer) -> None:
    """A deputy and the coordination unit in copy have links of their own; each mail has one recipient."""
    notice = built.notice("evidence_overdue", copy_deputies=True, roles=(Role.FORCE_COORDINATION,))
    delivery = await room(server, built.Memory(), Made()).deliver(notice)
    assert delivery.told == ("acc-local-policing", "acc-protecting-people", "force-coordination")
    assert [len(one) for one in server.recipients] == [1, 1, 1]
    assert len({one["Message-ID"] for one in server.taken}) == 3
    for mail, who in zip(server.taken, delivery.told, strict=True):
        assert f"/t/own-{who}-" in words(mail)
        assert words(mail).count("/t/own-") == 3
        assert "Copied to: Assistant Chief Constable" in " ".join(words(mail).split())


async def test_letters_to_the_office_carry_no_link_to_a_task(server: MailServer) -> None:
    """An officer has an account; a question of a lead goes to the cycle's page in one message as before."""
    await room(server, built.Memory(), Made()).deliver(built.notice("clarification_asked"))
    assert "/t/" not in words(server.taken[0])


async def test_a_retry_passes_over_those_who_have_their_letter(server: MailServer) -> None:
    """The mail server falls half-way: those before it get nothing twice, and all are told in the end."""
    made, memory = Made(), built.Memory()
    notice = built.notice("evidence_overdue", copy_deputies=True)
    post = room(server, memory, made)

    class Falls(Smtp):
        async def send(self, message: EmailMessage, sender: str, recipients: Sequence[str]) -> Answer:
            if DEPUTY_ADDRESS in recipients:
                raise PostDownError("gone")
            return await super().send(message, sender, recipients)

    whole = post._sender
    post._sender = Falls("127.0.0.1", server.port, patience=2)
    with pytest.raises(PostDownError):
        await post.deliver(notice)
    assert memory.notes == {}
    post._sender = whole
    delivery = await post.deliver(notice)
    assert delivery.told == ("acc-local-policing", "acc-protecting-people")
    assert server.recipients == [[LEAD_ADDRESS], [DEPUTY_ADDRESS]]


async def test_a_lead_who_cannot_be_reached_is_not_noted_as_sent(server: MailServer) -> None:
    """A bounce is a bounce, and the link says that nobody has it."""
    server.answers[LEAD_ADDRESS] = "550 No such mailbox"
    made = Made()
    delivery = await room(server, built.Memory(), made).deliver(built.notice("evidence_requested"))
    assert not delivery.delivered
    assert made.gone == set()


async def test_whoever_sent_a_return_gets_its_receipt(server: MailServer) -> None:
    """Version, hour and what was received, with a link; the office's letter stays as it was."""
    delivery = await room(server, built.Memory(), Made()).deliver(RETURNED)
    assert "policy-officer" in delivery.told
    receipt, office = sorted(server.taken, key=lambda one: "Your receipt" not in one["Subject"])
    assert [one.addr_spec for one in receipt["To"].addresses] == [LEAD_ADDRESS]
    said = " ".join(words(receipt).split())
    for part in (
        "has received what you sent",
        "Version: 1",
        "A written answer",
        "/t/own-acc-local-policing-",
    ):
        assert part in said
    assert "SECRET" not in said
    assert "/t/" not in words(office)


async def test_a_receipt_that_bounces_does_not_hold_up_the_office(server: MailServer) -> None:
    """The officer is told whatever the lead's mailbox says."""
    server.answers[LEAD_ADDRESS] = "452 Mailbox full"
    delivery = await room(server, built.Memory(), Made()).deliver(RETURNED)
    assert delivery.delivered


async def test_a_code_stands_in_the_mail_and_not_in_its_subject(server: MailServer) -> None:
    """Six digits, until when they hold, and that nobody asks for them by telephone."""
    letters = LinkLetters(Smtp("127.0.0.1", server.port, patience=2), built.Memory(), built.LETTERHEAD)
    assert await letters.code("acc-local-policing", "012345", "/t/token/code", dict(FACTS))
    (mail,) = server.taken
    assert "012345" not in str(mail["Subject"]) + str(mail["Message-ID"])
    said = " ".join(words(mail).split())
    for part in ("Your code: 012345", "It holds until: 09:10", "https://office.example/t/token/code"):
        assert part in said
    assert server.recipients == [[LEAD_ADDRESS]]


async def test_what_cannot_be_sent_is_said(server: MailServer) -> None:
    """No mail server, one that is down, a mailbox that is not there, no address: no, and no exception."""
    homeless = built.PEOPLE["chief-constable"].model_copy(update={"address": None})
    with socket.create_server(("127.0.0.1", 0)) as gone:
        down = Smtp("127.0.0.1", gone.getsockname()[1], patience=1)
    server.answers[LEAD_ADDRESS] = "550 No such mailbox"
    for sender in (None, down, Smtp("127.0.0.1", server.port, patience=1)):
        letters = LinkLetters(sender, built.Memory(None, homeless), built.LETTERHEAD)
        assert await letters.new_link("acc-local-policing", "/t/token", dict(FACTS)) is False
        assert await letters.code("chief-constable", "123456", "/t/token", dict(FACTS)) is False


async def test_a_wish_goes_to_whoever_asked_or_else_to_the_officers(server: MailServer) -> None:
    """It names by title who asks and where to send a new link from; an address is known in any spelling."""
    sender = Smtp("127.0.0.1", server.port, patience=2)
    letters = LinkLetters(sender, built.Memory(), built.LETTERHEAD)
    asks = await letters.person_at(f" {LEAD_ADDRESS.upper()} ")
    assert asks
    for officer in ("policy-officer", "somebody-who-left"):
        assert await letters.wish(officer, asks.id, "/cycles/HTA-2026-07/requests/2/links", dict(FACTS))
    assert [len(one) for one in server.recipients] == [1, 2]
    said = " ".join(words(server.taken[0]).split())
    assert "Assistant Chief Constable, Local Policing asks for a new link" in said
    assert "https://office.example/cycles/HTA-2026-07/requests/2/links" in said
    assert str(server.taken[0]["Subject"]).endswith(f"({built.REF})")
    assert await letters.person_at("nobody@force.example") is None
