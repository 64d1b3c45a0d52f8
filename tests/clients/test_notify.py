"""GOV.UK Notify as a carrier, against an HTTP server that answers as Notify's reference says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from clients.message import Now
from clients.notify import Notify, receipt_of
from clients.post import PUT_OFF_AT_MOST, PostRoom
from clients.posted import Beside
from clients.references import reference_of
from clients.sending import sender_of
from clients.smtp import PostDownError, Smtp
from engine.inviting import invitation
from schemas.posting import Receipt
from settings import SettingsWrong, load
from tests.clients import built
from tests.clients.notify_service import KEY, TEMPLATE, NotifyService, serving

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
OURS = "https://office.example"
GONE = "no such mailbox"
LEAD_ADDRESS = "acc.local.policing@force.example"


@pytest.fixture
def service() -> Iterator[NotifyService]:
    """The stand-in."""
    with serving() as one:
        yield one


def room(service: NotifyService, memory: built.Memory, now: Now = lambda: NOW, **more: Any) -> PostRoom:
    """A post room whose letters Notify carries."""
    carrier = Notify(KEY, TEMPLATE, OURS, base_url=service.url)
    return PostRoom(carrier, memory, replace(built.LETTERHEAD, now=now), **more)


async def test_a_letter_goes_out_in_its_places_with_its_reference(service: NotifyService) -> None:
    """Words are sanitised by Notify, the one link is ours, and the reference says nothing about anybody."""
    delivery = await room(service, built.Memory()).deliver(built.notice("evidence_requested"))
    assert delivery.told == ("acc-local-policing",)
    (sent,) = service.taken
    assert (sent["email_address"], sent["template_id"]) == (LEAD_ADDRESS, TEMPLATE)
    facts = sent["personalisation"]
    assert facts["subject"].startswith("Evidence requested by 17:00")
    assert facts["link_1"] == "https://office.example/tasks/HTA-2026-07/2"
    assert "What to do next" in facts["words_1"]
    assert "Sent to: Assistant Chief Constable" in facts["words_2"]
    assert facts["link_2"] == facts["words_3"] == ""
    assert set(sent["sanitise_content_for"]) == {"subject", "words_1", "words_2", "words_3"}
    assert "HTA" not in sent["reference"]
    assert "@force" not in sent["reference"]


async def test_what_people_typed_makes_no_link(service: NotifyService) -> None:
    """A link in somebody's title stays among the words, which Notify sanitises."""
    memory = built.Memory(built.page("# [Pay](https://evil.example) https://office.example/x\n* a"))
    await room(service, memory).deliver(built.notice("evidence_requested"))
    facts = service.taken[0]["personalisation"]
    assert facts["link_1"] == "https://office.example/tasks/HTA-2026-07/2"
    assert not any("evil" in facts[name] for name in ("link_1", "link_2"))


async def test_what_notify_has_already_is_not_sent_again(service: NotifyService) -> None:
    """A crash between Notify's yes and our note costs nobody a second letter."""
    notice = built.notice("evidence_overdue", copy_deputies=True)
    await room(service, built.Memory()).deliver(notice)
    await room(service, built.Memory()).deliver(notice)
    assert len(service.taken) == len({one["reference"] for one in service.taken}) == 2


@pytest.mark.parametrize("status", [403, 429, 500, 503])
async def test_where_notify_takes_nothing_the_engine_tries_again(status: int, service: NotifyService) -> None:
    """Over its limit, down, or not ours to use: nothing is noted, and no address is named."""
    memory = built.Memory()
    service.answers.append((status, "Error", f"no {LEAD_ADDRESS}"))
    with pytest.raises(PostDownError) as down:
        await room(service, memory).deliver(built.notice("evidence_requested"))
    assert "@" not in str(down.value)
    assert memory.notes == {}
    assert (await room(service, memory).deliver(built.notice("evidence_requested"))).delivered


async def test_an_unreachable_notify_is_tried_again() -> None:
    """Nobody listens."""
    with serving() as gone:
        pass
    with pytest.raises(PostDownError):
        await room(gone, built.Memory()).deliver(built.notice("evidence_requested"))


async def test_an_address_that_notify_refuses_is_a_bounce(service: NotifyService) -> None:
    """What will be the same tomorrow is noted at once."""
    service.answers.append((400, "ValidationError", "email_address Not a valid email address"))
    delivery = await room(service, built.Memory()).deliver(built.notice("evidence_requested"))
    assert (delivery.delivered, delivery.told) == (False, ())


async def test_a_wrong_template_holds_letters_back_but_not_for_ever(service: NotifyService) -> None:
    """Somebody may put the template right; a cycle does not wait longer than for a full mailbox."""
    service.answers += [(400, "BadRequestError", "Missing personalisation: words_3")] * 2
    times = [NOW]
    post = room(service, built.Memory(), lambda: times[-1])
    with pytest.raises(PostDownError):
        await post.deliver(built.notice("evidence_requested"))
    times.append(NOW + PUT_OFF_AT_MOST + timedelta(minutes=1))
    assert not (await post.deliver(built.notice("evidence_requested"))).delivered


async def test_a_meeting_is_linked_where_nothing_can_be_attached(service: NotifyService) -> None:
    """The same file as a mail server would carry lies behind the second link."""
    post = room(service, built.Memory(), beside=Beside(invites=invitation))
    await post.deliver(built.notice("session_fixed"))
    facts = service.taken[0]["personalisation"]
    assert facts["link_2"] == "https://office.example/cycles/HTA-2026-07/sessions/1/calendar.ics"
    assert "your calendar" in facts["words_2"]


@pytest.mark.parametrize(
    ("facts", "came"),
    [
        ({"status": "delivered"}, Receipt(reference="r", state="delivered", at=NOW)),
        (
            {"status": "permanent-failure", "completed_at": "2026-11-19T08:00:00+00:00"},
            Receipt(
                reference="r",
                state="bounced",
                at=datetime(2026, 11, 19, 8, tzinfo=UTC),
                why="no such mailbox",
            ),
        ),
        ({"status": "temporary-failure"}, "bounced"),
        ({"status": "technical-failure"}, "bounced"),
        ({"status": "sending"}, None),
        ({"status": None}, None),
        ({"status": "delivered", "reference": None}, None),
        ({"status": "delivered", "completed_at": "2999-01-01T00:00:00Z"}, "delivered"),
    ],
)
def test_what_a_callback_says(facts: dict[str, Any], came: Receipt | str | None) -> None:
    """Delivered and failed are taken; what is not over yet, or is not ours, is not; no future is believed."""
    found = receipt_of({"reference": "r", **facts}, NOW)
    if isinstance(came, str):
        assert found is not None
        assert (found.state, found.at) == (came, NOW)
    else:
        assert found == came


def test_a_reference_is_the_same_for_the_same_letter_and_address() -> None:
    """Capitals and angle brackets do not matter; another person of the same message has another."""
    assert reference_of("<a@b>", "One@X.example") == reference_of("a@b", "one@x.example ")
    assert reference_of("<a@b>", "one@x.example") != reference_of("<a@b>", "two@x.example")


def test_the_settings_say_who_carries_the_mail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Both without a choice is refused with what to set; with one, that one carries."""
    key = tmp_path / "key"
    key.write_text(KEY, encoding="utf-8")
    monkeypatch.setenv("ANSWERABLE_NOTIFY_KEY_FILE", str(key))
    with pytest.raises(SettingsWrong, match="ANSWERABLE_NOTIFY_TEMPLATE is missing"):
        load()
    monkeypatch.setenv("ANSWERABLE_NOTIFY_TEMPLATE", TEMPLATE)
    assert isinstance(sender_of(load()), Notify)
    monkeypatch.setenv("ANSWERABLE_SMTP_HOST", "mail.example")
    with pytest.raises(SettingsWrong, match="Set ANSWERABLE_POST to smtp or notify"):
        load()
    monkeypatch.setenv("ANSWERABLE_POST", "smtp")
    assert isinstance(sender_of(load()), Smtp)
    monkeypatch.delenv("ANSWERABLE_SMTP_HOST")
    with pytest.raises(SettingsWrong, match="ANSWERABLE_SMTP_HOST is missing"):
        load()
