"""The post in a real PostgreSQL: receipts, what is sent again, digests, addresses of calendars, editions."""

from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from reference.catalogue import demonstration_people
from schemas.notices import Delivery, Notice
from schemas.posting import Again, Choice, Edition, Morning, Receipt, Waiting
from store.keeping import Keeping
from store.pool import Pool
from store.posting import Choosing, LetterEditions, Posting
from store.reads import Reads
from tests.store.told import write_down
from tests.web_public import sample as s

pytestmark = pytest.mark.real
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LEAD = "acc-local-policing"
NOTICE = Notice(
    key="n1", template="evidence_requested", cycle=s.REFERENCE, to=(LEAD,), request=1, planned_at=NOW
)
ONE, TWO = "a/1", "a/2"


async def sent(pool: Pool) -> Posting:
    """A notice that went to two people."""
    kept = Posting(pool)
    lines = [(ONE, LEAD, "old@force.example"), (TWO, "force-coordination", "unit@force.example")]
    for _ in range(2):
        await kept.sending(NOTICE, lines, NOW)
    for reference in (ONE, TWO):
        await kept.handed_over(reference, NOW, None)
    await Keeping(pool).keep_delivery(NOTICE, Delivery(delivered=True, told=(LEAD,), at=NOW))
    return kept


async def line(pool: Pool) -> tuple[str, str | None]:
    """What the notice's own line says."""
    (mail,) = await Reads(pool).mails(s.REFERENCE)
    return mail.delivery, mail.delivery_why


async def test_receipts_add_up_and_a_replay_changes_nothing(pool: Pool) -> None:
    """Delivered when all are; one that comes back makes a bounce of it, also after it was delivered."""
    kept = await sent(pool)
    assert await line(pool) == ("sent", None)
    assert await kept.received(Receipt(reference=ONE, state="delivered", at=NOW))
    assert await line(pool) == ("sent", None)
    assert await kept.received(Receipt(reference=TWO, state="delivered", at=NOW))
    assert await line(pool) == ("delivered", None)
    assert not await kept.received(Receipt(reference=TWO, state="delivered", at=NOW))
    assert not await kept.received(Receipt(reference="x/9", state="bounced", at=NOW, why="no such mailbox"))
    assert await kept.received(Receipt(reference=ONE, state="bounced", at=NOW, why="no such mailbox"))
    assert not await kept.received(Receipt(reference=ONE, state="delivered", at=NOW))
    assert await line(pool) == ("bounced", "no such mailbox")


async def test_an_address_put_right_is_sent_to_once_and_is_on_record(pool: Pool) -> None:
    """Directory, log and what is to be sent change in one step, by the hand of the pages."""
    await write_down(pool, s.told())
    kept = await sent(pool)
    await kept.received(Receipt(reference=ONE, state="bounced", at=NOW, why="no such mailbox"))
    officer = await pool.fetchval("select opened_by from cycles where reference = $1", s.REFERENCE)
    assert [one.reference for one in await kept.bounced_for(officer)] == [ONE]
    assert await kept.bounced_for("somebody-else") == []
    again = Again(
        notice=NOTICE.model_copy(update={"key": "n1/again/a/1"}), was="n1", reference=ONE,
        address_was="old@force.example", address="new@force.example", why="Told by telephone.",
        by=officer, at=NOW,
    )  # fmt: skip
    assert await kept.send_again(again, "policy_officer")
    assert not await kept.send_again(again, "policy_officer")
    assert (await Reads(pool).people())[LEAD].address == "new@force.example"
    assert await pool.fetchval("select reason from access_log") == "Told by telephone."
    (noted,) = await Reads(pool).people_changes(LEAD)
    assert (noted.by, noted.what, noted.reason) == (officer, ("address changed",), "Told by telephone.")
    assert await kept.to_send_again() == [again.notice]
    await kept.sent_again(again.notice.key, NOW)
    assert await kept.to_send_again() == []
    assert await kept.bounced_for(officer) == []
    assert await line(pool) == ("sent", None)
    found = await kept.posted_as(ONE)
    assert found is not None
    assert (found.again, found.notice) == (again.notice.key, NOTICE)


async def test_a_line_goes_into_one_digest(pool: Pool) -> None:
    """Daily each morning, weekly on Mondays, and whoever wants each again does not wait."""
    kept = Choosing(pool)
    people = sorted(demonstration_people())[:3]
    chosen: tuple[Choice, ...] = ("daily", "weekly", "each")
    for person, choice in zip(people, chosen, strict=True):
        await kept.choose(person, choice, NOW)
        await kept.choose(person, choice, NOW)
    lines = [
        Waiting(notice=f"n{n}", person=one, cycle=s.REFERENCE, subject="S", path="/x", at=NOW)
        for one in people
        for n in range(2)
    ]
    await kept.wait(lines)
    await kept.wait(lines)
    for _ in range(2):
        await kept.begin_digests(Morning(on=date(2026, 11, 24), weekly=False))
    found = await kept.digests()
    assert {one.person: len(one.lines) for one in found} == {people[0]: 2, people[2]: 2}
    for one in found:
        await kept.digest_sent(one.key, NOW)
    assert await kept.digests() == []
    await kept.begin_digests(Morning(on=date(2026, 11, 30), weekly=True))
    assert [one.key for one in await kept.digests()] == [f"digest/{people[1]}/2026-11-30"]


async def test_a_calendar_is_renewed_forwards_only(pool: Pool) -> None:
    """The same renewal twice is one; an older number changes nothing."""
    kept = Choosing(pool)
    assert await kept.calendar_number(LEAD) == 0
    for number in (1, 1, 2, 1):
        await kept.renew_calendar(LEAD, number, NOW)
    assert await kept.calendar_number(LEAD) == 2


async def test_editions_of_letters_are_never_altered(pool: Pool) -> None:
    """The next number is given once, the newest is in force, and none can be changed or removed."""
    kept = LetterEditions(pool)
    first = Edition(name="due_moved", version=1, text="Words", by="policy-officer", at=NOW, why="Clearer.")
    assert await kept.keep_edition(first)
    assert not await kept.keep_edition(first.model_copy(update={"text": "Other words"}))
    back = first.model_copy(update={"version": 2, "text": None, "at": NOW + timedelta(days=1)})
    assert await kept.keep_edition(back)
    assert await kept.in_force() == {"due_moved": back}
    assert await kept.editions("due_moved") == [back, first]
    for act in ("update letter_editions set text = 'x'", "delete from letter_editions"):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await pool.execute(act)
