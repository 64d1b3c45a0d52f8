"""What goes with the letters: who got which, what waits for a digest, and the meeting in the calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Any

from icalendar import Calendar

from clients.digest_letters import DigestLetters
from clients.letters.editing import ours
from clients.post import PostRoom
from clients.posted import Beside
from clients.references import reference_of
from clients.smtp import Answer, PostDownError
from engine.inviting import invitation
from engine.posting import PostRound
from rules.telling.waiting import MAY_WAIT, morning
from schemas.notices import Notice
from schemas.outside import Swept
from schemas.posting import Choice, Digest, Edition, Morning, Receipt, Waiting
from tests.clients import built

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
LEAD = "acc-local-policing"
ADDRESS = "acc.local.policing@force.example"


@dataclass
class Kept:
    """Notes, choices, editions and a mail server, in memory."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)
    became: dict[str, str | None] = field(default_factory=dict)
    summed: list[str] = field(default_factory=list)
    chosen: dict[str, Choice] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    begun: list[Morning] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    words: dict[str, Edition] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    down: bool = False
    taken: list[EmailMessage] = field(default_factory=list)
    to_send: list[Notice] = field(default_factory=list)

    async def sending(self, _notice: Notice, lines: Iterable[tuple[str, str, str]], _at: datetime) -> None:
        self.lines += lines

    async def handed_over(self, reference: str, _at: datetime, why: str | None) -> None:
        self.became[reference] = why

    async def summed_up(self, key: str) -> None:
        self.summed.append(key)

    async def choices(self, people: Sequence[str]) -> dict[str, Choice]:
        return {one: self.chosen[one] for one in people if one in self.chosen}

    async def wait(self, lines: Iterable[Waiting]) -> None:
        self.waiting += [one for one in lines if one not in self.waiting]

    async def in_force(self) -> dict[str, Edition]:
        return self.words

    async def send(self, message: EmailMessage, _sender: str, _recipients: Sequence[str]) -> Answer:
        if self.down:
            raise PostDownError
        self.taken.append(message)
        return Answer(self.refused)

    async def begin_digests(self, day: Morning) -> None:
        self.begun.append(day)

    async def digests(self, most: int = 200) -> list[Digest]:
        found = Digest(key="digest/x", person=LEAD, lines=tuple(self.waiting[:most]))
        return [found] if self.begun and found.key not in self.done else []

    async def digest_sent(self, key: str, _at: datetime) -> None:
        self.done.append(key)

    async def to_send_again(self, most: int = 50) -> list[Notice]:
        return self.to_send[:most]

    async def sent_again(self, key: str, _at: datetime) -> None:
        self.to_send = [one for one in self.to_send if one.key != key]

    async def received(self, _receipt: Receipt) -> bool:
        return True

    async def look(self) -> Swept:
        return Swept()

    async def look_ahead(self) -> Swept:
        return Swept()


def room(kept: Kept, memory: built.Memory | None = None) -> PostRoom:
    """A post room with everything beside it."""
    beside = Beside(notes=kept, waiting=kept, may_wait=frozenset(MAY_WAIT), editions=kept, invites=invitation)
    return PostRoom(kept, memory or built.Memory(), replace(built.LETTERHEAD, now=lambda: NOW), beside=beside)


def rounds(kept: Kept) -> PostRound:
    """The post's own round."""
    letters = DigestLetters(kept, replace(built.LETTERHEAD, now=lambda: NOW))
    return PostRound(
        kept, room(kept), posting=kept, waiting=kept, letters=letters, knows=built.Memory(), now=lambda: NOW
    )


async def test_it_is_noted_who_was_written_to_and_what_became_of_it() -> None:
    """Before it is handed over, so that a quick receipt finds it; refused for good is a bounce at once."""
    kept = Kept(refused={ADDRESS: 550})
    await room(kept).deliver(built.notice("evidence_requested"))
    ((reference, person, address),) = kept.lines
    assert (person, address) == (LEAD, ADDRESS)
    assert reference == reference_of(str(kept.taken[0]["Message-ID"]), ADDRESS)
    assert kept.became == {reference: "no such mailbox"}
    assert kept.summed == [built.notice("evidence_requested").key]


async def test_what_may_wait_waits_for_whoever_wants_it_so() -> None:
    """It counts as told and is sent to nobody; a request is sent at once, whatever was chosen."""
    kept = Kept(chosen={LEAD: "weekly"})
    delivery = await room(kept).deliver(built.notice("return_accepted"))
    assert (delivery.delivered, delivery.told, kept.taken) == (True, (LEAD,), [])
    assert [(one.person, one.path) for one in kept.waiting] == [(LEAD, "/tasks/HTA-2026-07/2")]
    await room(kept).deliver(built.notice("evidence_requested"))
    assert len(kept.taken) == 1
    assert not MAY_WAIT & {
        "evidence_requested",
        "evidence_reminder",
        "session_fixed",
        "due_moved",
        "non_response",
    }


async def test_a_digest_goes_out_once_and_waits_for_a_mail_server_that_is_down() -> None:
    """Begun in the morning, sent in that round or the next, under a name that never changes."""
    kept = Kept(chosen={LEAD: "daily"})
    await room(kept).deliver(built.notice("return_accepted"))
    kept.down = True
    await rounds(kept).look_ahead()
    assert kept.done == []
    kept.down = False
    for _ in range(2):
        await rounds(kept).look()
    (mail,) = kept.taken
    assert mail["Subject"] == "Your digest: 1 thing that could wait"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "https://office.example/tasks/HTA-2026-07/2" in body.get_content()
    assert kept.begun == [morning(date(2026, 11, 23))]
    assert kept.begun[0].weekly


async def test_what_is_to_be_sent_again_is_sent_in_the_next_round() -> None:
    """To that person alone, under a key of its own."""
    kept = Kept(to_send=[built.notice("evidence_requested").model_copy(update={"key": "k/again/x"})])
    for _ in range(2):
        await rounds(kept).look()
    assert len(kept.taken) == 1
    assert kept.to_send == []


async def test_a_meeting_comes_with_its_invitation() -> None:
    """Asked when it is fixed or moved, under the name that the calendar feed has; others bring none."""
    kept = Kept()
    await room(kept).deliver(built.notice("session_fixed"))
    await room(kept).deliver(built.notice("evidence_requested"))
    first, other = kept.taken
    (part,) = first.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    made: Any = Calendar.from_ical(part.get_content())
    (event,) = made.walk("VEVENT")
    assert str(event["uid"]) == "hta-2026-07-session-1@west-mercia-opcc"
    assert b"DTSTART:20" in event.to_ical()
    assert event.decoded("organizer") == "mailto:office@office.example"
    assert list(other.iter_attachments()) == []


async def test_the_office_words_in_force_are_sent_from_the_next_letter_on() -> None:
    """Without a new start."""
    kept, post = Kept(), None
    post = room(kept)
    await post.deliver(built.notice("return_accepted"))
    text = ours("action_confirmed").replace("{% block subject %}", "{% block subject %}Our own words ")
    kept.words["action_confirmed"] = Edition(
        name="action_confirmed", version=1, text=text, by="policy-officer", at=NOW, why="x"
    )
    await post.deliver(built.notice("action_confirmed"))
    assert [str(one["Subject"]).startswith("Our own words") for one in kept.taken] == [False, True]
