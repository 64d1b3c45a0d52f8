"""The post room, against a real mail server."""

import asyncio
import socket
from datetime import UTC, date, datetime, timedelta

import pytest

from clients.addressees import addressees_of
from clients.message import Letterhead, Now
from clients.post import PUT_OFF_AT_MOST, PostRoom
from clients.smtp import PostDownError, Smtp
from schemas.notices import NoticeTemplate
from schemas.people import Role
from schemas.shape import Words
from tests.clients import built
from tests.mail_server import MailServer

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LEAD_ADDRESS = "acc.local.policing@force.example"
DEPUTY_ADDRESS = "acc.protecting.people@force.example"


def room(port: int, memory: built.Memory, now: Now = lambda: NOW) -> PostRoom:
    """A post room that sends to a port."""
    office = "Office of the Police and Crime Commissioner, Wést"
    letterhead = Letterhead("https://office.example/", office, "answerable@office.example", now)
    return PostRoom(Smtp("127.0.0.1", port, patience=2), memory, letterhead)


async def test_a_notice_is_sent_once_whatever_is_retried(server: MailServer) -> None:
    """Called again with the same key, also at the same time or by another process, nothing more is sent."""
    memory = built.Memory()
    post = room(server.port, memory)
    notice = built.notice("evidence_requested")
    first, second = await asyncio.gather(post.deliver(notice), post.deliver(notice))
    third = await room(server.port, memory, lambda: NOW + timedelta(days=1)).deliver(notice)
    assert first == second == third
    assert (first.delivered, first.told, first.at) == (True, ("acc-local-policing",), NOW)
    assert len(server.taken) == 1


async def test_the_mail_is_one_that_programs_and_people_understand(server: MailServer) -> None:
    """Text and HTML, the link, a name for the sender, and headers that stop automatic answers."""
    await room(server.port, built.Memory()).deliver(built.notice("evidence_requested"))
    (mail,) = server.taken
    assert mail["To"].addresses[0].addr_spec == LEAD_ADDRESS
    assert mail["From"].addresses[0].display_name == "Office of the Police and Crime Commissioner, Wést"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"] == (
        "Evidence requested by 17:00 on Friday 4 December 2026: Victim contact (HTA-2026-07)"
    )
    for form in ("plain", "html"):
        body = mail.get_body((form,))
        assert body is not None
        assert "https://office.example/tasks/HTA-2026-07/2" in body.get_content()


async def test_messages_have_stable_names_and_hang_together_by_request(server: MailServer) -> None:
    """The same notice has the same Message-ID at all times; notices of one request are one thread."""
    for _ in range(2):
        await room(server.port, built.Memory()).deliver(built.notice("evidence_requested"))
    await room(server.port, built.Memory()).deliver(built.notice("return_accepted"))
    await room(server.port, built.Memory()).deliver(built.notice("action_confirmed"))
    first, again, later, other = server.taken
    assert first["Message-ID"] == again["Message-ID"] != later["Message-ID"]
    assert first["In-Reply-To"] == later["In-Reply-To"] == later["References"] != other["In-Reply-To"]


async def test_hostile_words_make_no_headers(server: MailServer) -> None:
    """Line ends in titles and in the names of posts stay out of headers."""
    evil = built.PEOPLE["acc-local-policing"].model_copy(
        update={"title": "A\r\nBcc: all@example.test\r\n\r\nB"}
    )
    memory = built.Memory(built.page("\r\nBcc: all@example.test\r\n\r\n"), evil)
    await room(server.port, memory).deliver(built.notice("evidence_requested"))
    (mail,) = server.taken
    assert mail["Bcc"] is None
    assert server.recipients == [[LEAD_ADDRESS]]


async def test_deputies_and_roles_are_in_copy(server: MailServer) -> None:
    """An overdue reminder goes to the lead, and in copy to the deputy and the coordination unit."""
    notice = built.notice("evidence_overdue", copy_deputies=True, roles=(Role.FORCE_COORDINATION,))
    delivery = await room(server.port, built.Memory()).deliver(notice)
    assert delivery.told == ("acc-local-policing", "acc-protecting-people", "force-coordination")
    (mail,) = server.taken
    assert [one.addr_spec for one in mail["To"].addresses] == [LEAD_ADDRESS]
    assert len(mail["Cc"].addresses) == 2
    assert "Copied to: Assistant Chief Constable, Protecting People; Force" in mail.as_string()


async def test_a_refused_lead_is_a_bounce_even_if_the_copy_arrives(server: MailServer) -> None:
    """The deputy was told, the lead was not: that is no delivery."""
    server.answers[LEAD_ADDRESS] = "550 No such mailbox"
    memory = built.Memory()
    notice = built.notice("evidence_overdue", copy_deputies=True)
    delivery = await room(server.port, memory).deliver(notice)
    assert (delivery.delivered, delivery.told) == (False, ("acc-protecting-people",))
    assert memory.notes[notice.key] == delivery


@pytest.mark.parametrize("answer", ["550 No such mailbox", "554 Refused"])
async def test_a_refusal_for_good_is_a_bounce_and_is_noted(server: MailServer, answer: str) -> None:
    """Nobody is told, and the notice is not tried again."""
    server.answers[LEAD_ADDRESS] = answer
    memory = built.Memory()
    notice = built.notice("evidence_reminder")
    delivery = await room(server.port, memory).deliver(notice)
    assert (delivery.delivered, delivery.told) == (False, ())
    assert await room(server.port, memory).deliver(notice) == delivery


async def test_a_message_that_is_refused_as_a_whole_is_a_bounce(server: MailServer) -> None:
    """A 5xx after the words is final too."""
    server.data_answer = "554 We do not like it"
    delivery = await room(server.port, built.Memory()).deliver(built.notice("evidence_reminder"))
    assert not delivery.delivered


async def test_being_put_off_is_tried_again_for_some_hours(server: MailServer) -> None:
    """A full mailbox is not a bounce at once, and does not hold up its cycle for ever."""
    server.answers[LEAD_ADDRESS] = "452 Mailbox full"
    memory = built.Memory()
    notice = built.notice("evidence_reminder")
    hours = iter([NOW, NOW, NOW, *[NOW + PUT_OFF_AT_MOST] * 20])
    post = room(server.port, memory, lambda: next(hours))
    with pytest.raises(PostDownError):
        await post.deliver(notice)
    assert memory.notes == {}
    assert (await post.deliver(notice)).delivered is False


async def test_a_mail_server_that_is_down_is_tried_again() -> None:
    """It raises, names nobody, and nothing is noted."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    memory = built.Memory()
    with pytest.raises(PostDownError) as down:
        await room(port, memory).deliver(built.notice("evidence_reminder"))
    assert "@" not in str(down.value)
    assert memory.notes == {}


async def test_a_mail_server_that_says_nothing_is_given_up_in_time() -> None:
    """A silent server is a server that is down."""
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(PostDownError):
        await room(silent.getsockname()[1], built.Memory()).deliver(built.notice("evidence_reminder"))


@pytest.mark.parametrize(
    "address", [None, "", "not an address", "a@b@c", "x\r\nRCPT TO:<y@z>@e", "a..b@example.org"]
)
async def test_nobody_with_an_address_is_a_bounce(server: MailServer, address: str | None) -> None:
    """Where nobody can be reached, that is noted and nothing is sent."""
    lead = built.PEOPLE["acc-local-policing"].model_copy(update={"address": address})
    memory = built.Memory(None, lead)
    delivery = await room(server.port, memory).deliver(built.notice("evidence_reminder"))
    assert (delivery.delivered, delivery.told) == (False, ())
    assert server.taken == []


async def test_without_a_mail_server_nobody_is_told() -> None:
    """The record says so."""
    memory = built.Memory()
    post = PostRoom(None, memory, built.LETTERHEAD)
    assert not (await post.deliver(built.notice("return_received"))).delivered
    assert len(memory.notes) == 1


async def test_a_cycle_that_is_not_on_record_is_a_bug(server: MailServer) -> None:
    """It raises, so that it is seen."""
    with pytest.raises(LookupError):
        await room(server.port, built.Memory()).deliver(built.notice("return_received", cycle="HTA-2026-99"))


@pytest.mark.parametrize("template", built.TEMPLATES)
async def test_every_notice_can_be_sent(server: MailServer, template: NoticeTemplate) -> None:
    """Each template makes a message that a mail server takes."""
    delivery = await room(server.port, built.Memory()).deliver(built.notice(template))
    assert delivery.delivered


def test_a_notice_without_names_concerns_the_holders_of_its_roles() -> None:
    """Everybody in a role is found, in one order; unknown people are passed over."""
    notice = built.notice("findings_to_sign", to=(), roles=(Role.POLICY_OFFICER,))
    found = addressees_of(notice, built.PEOPLE)
    assert [one.id for one in found.concerned] == ["policy-officer", "second-policy-officer"]
    assert found.copied == ()
    assert addressees_of(built.notice("due_moved", to=("nobody",)), built.PEOPLE).concerned == ()


async def test_mail_is_sent_in_the_name_of_whoever_stands_on_its_day(server: MailServer) -> None:
    """From the day of a succession in the successor's, and the foot names both; before it as it was."""
    words = Words()
    names = {"was_name": words.ref("The Commissioner"), "to_name": words.ref("The Mayor")}
    page = built.page()
    taken = page.cycle.successions[0].model_copy(update={**names, "from_on": date(2026, 11, 20)})
    cycle = page.cycle.model_copy(update={"successions": (taken,)})
    memory = built.Memory()
    memory.page = page.model_copy(update={"cycle": cycle, "words": {**page.words, **words.kept}})
    post = room(server.port, memory)
    await post.deliver(built.notice("evidence_requested"))
    early = built.notice("evidence_requested", key="early", planned_at=datetime(2026, 11, 19, 9, tzinfo=UTC))
    await post.deliver(early)
    late, before = server.taken
    assert late["From"].addresses[0].display_name == "The Mayor"
    body = late.get_body(("plain",))
    assert body is not None
    assert "The Mayor (before 20 November 2026: The Commissioner)" in " ".join(body.get_content().split())
    assert before["From"].addresses[0].display_name.startswith("Office of")
