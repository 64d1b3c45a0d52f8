"""Reminders that a mail server refuses, on their way to a deputy and to coordination, against a real one."""

import pytest

from clients.letters import Envelope, write
from schemas.notices import NoticeTemplate
from schemas.people import Role
from tests.clients import built
from tests.clients.test_post import DEPUTY_ADDRESS, LEAD_ADDRESS, room
from tests.mail_server import MailServer

REFUSED = "550 No such mailbox"
ENVELOPE = Envelope(office="The office", url="https://office.example", sent_to=("Somebody",), copied_to=())


async def test_a_reminder_that_is_refused_reaches_the_deputy_alone(server: MailServer) -> None:
    """The lead's mailbox is gone; the same rung under another name goes to the deputy, and to nobody else."""
    server.answers[LEAD_ADDRESS] = REFUSED
    memory = built.Memory()
    first = built.notice("evidence_reminder", rung=-7, route="lead", key="rung")
    second = first.model_copy(update={"route": "deputy", "key": "rung/deputy"})
    assert not (await room(server.port, memory).deliver(first)).delivered
    delivery = await room(server.port, memory).deliver(second)
    assert (delivery.delivered, delivery.told) == (True, ("acc-protecting-people",))
    assert server.recipients == [[DEPUTY_ADDRESS]]


async def test_a_lead_without_a_deputy_leaves_the_attempt_bounced(server: MailServer) -> None:
    """Nobody to try: on record as bounced, so that coordination is next."""
    alone = built.PEOPLE["acc-local-policing"].model_copy(update={"deputy": None})
    memory = built.Memory(None, alone)
    delivery = await room(server.port, memory).deliver(
        built.notice("evidence_reminder", rung=-7, route="deputy")
    )
    assert (delivery.delivered, delivery.told) == (False, ())
    assert server.taken == []


async def test_coordination_is_written_to_in_the_end(server: MailServer) -> None:
    """By role, with nobody in copy."""
    notice = built.notice(
        "evidence_overdue", rung=3, route="coordination", to=(), roles=(Role.FORCE_COORDINATION,)
    )
    delivery = await room(server.port, built.Memory()).deliver(notice)
    assert (delivery.delivered, delivery.told) == (True, ("force-coordination",))


@pytest.mark.parametrize("template", ["evidence_reminder", "evidence_overdue"])
def test_the_letter_says_why_it_comes_to_somebody_else(template: NoticeTemplate) -> None:
    """Whom it could not be delivered to; nothing of the kind where it goes to the lead."""
    said = {
        route: " ".join(
            write(
                built.notice(template, rung=1, route=route),
                built.page(),
                built.PEOPLE,
                ENVELOPE,
            ).text.split()
        )
        for route in ("lead", "deputy", "coordination")
    }
    lead = built.PEOPLE["acc-local-policing"].title
    assert f"could not be delivered to {lead}, so it goes to you" in said["deputy"]
    assert f"could not be delivered to {lead}, nor to a deputy, so it goes to you" in said["coordination"]
    assert "could not be delivered" not in said["lead"]
