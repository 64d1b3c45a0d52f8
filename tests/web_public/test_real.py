"""The public pages over a cycle that was really worked through and published."""

import hashlib
import io
from datetime import timedelta

import pikepdf
import pytest
from icalendar import Calendar

from schemas.commands import AnyCommand, ConfirmAction, ProposeAction
from schemas.outcomes import Receipt
from tests import scenario as s
from tests.conftest import Office
from tests.web_public.conftest import SECRET, Visit
from web.secretariat.addresses import secret_of

pytestmark = pytest.mark.real


async def done(office: Office, command: AnyCommand) -> None:
    """Send a command that must be accepted."""
    outcome = await office.desk.send(command, s.WORDS)
    assert isinstance(outcome, Receipt), outcome


async def published(office: Office) -> str:
    """A whole cycle on the real engine, up to its published findings with one action."""
    ref, now = s.fresh_reference(), s.wall_now()
    await done(office, s.open_cycle(ref, now))
    for request in (1, 2, 3):
        await done(office, s.submit(ref, request))
    await done(office, s.send_back(ref, 1))
    await done(office, s.submit(ref, 1))
    for request in (1, 2, 3):
        await done(office, s.accept(ref, request))
    await office.skip(ref, 50)
    await done(office, s.attendance(ref))
    await done(office, s.judge(ref))
    on = s.date_after(now + timedelta(days=50), 20)
    facts = {"cycle": ref, "action": "2026/001"}
    await done(
        office,
        ProposeAction(
            **facts, key=s.key(), actor=s.OFFICER, what=s.say("Do it"), owner=s.LEAD.person, due_on=on
        ),
    )
    await done(office, ConfirmAction(**facts, key=s.key(), actor=s.COORDINATION))
    await done(office, s.findings(ref))
    await done(office, s.approve(ref, s.CHIEF_EXECUTIVE))
    await done(office, s.approve(ref, s.COMMISSIONER))
    await done(office, s.publish(ref))
    return ref


async def test_what_was_worked_through_can_be_read_printed_and_checked(office: Office, visit: Visit) -> None:
    """Page, data, paper, feed and calendar of a cycle that the engine ran, with a fingerprint that holds."""
    ref = await published(office)
    slug = ref.lower()
    async with visit(office.reads) as visitor:
        page = await visitor.get(f"/findings/{slug}")
        data = (await visitor.get(f"/findings/{ref}.json")).json()
        paper = await visitor.get(f"/findings/{slug}.pdf")
        listed = await visitor.get("/findings?words=quarterly")
        feed = await visitor.get("/findings.atom")
        plan = await visitor.get("/plan")
        calendar = await visitor.get(f"/calendar/{secret_of(s.LEAD.person, SECRET)}.ics")
    assert "Partly." in page.text
    assert "Version 1 of the findings was published" in page.text
    assert hashlib.sha256(data["canonical"].encode()).hexdigest() == data["fingerprint"]
    assert data["fingerprint"] in page.text
    with pikepdf.open(io.BytesIO(paper.content)) as opened:
        assert "findings.json" in opened.attachments
    assert ref in listed.text
    assert slug in feed.text
    assert slug in plan.text
    assert len(Calendar.from_ical(calendar.content).walk("VEVENT")) >= 4
