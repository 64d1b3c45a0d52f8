"""A whole cycle on the real engine with a real PostgreSQL, in skipped time."""

import time
from datetime import timedelta

import pytest

from schemas.commands import ClaimDone, ConfirmAction, ProposeAction, VerifyDone
from schemas.evidence import WrittenItem
from schemas.outcomes import Outcome, Receipt, Refused
from tests import scenario as s
from tests.conftest import Office

pytestmark = pytest.mark.real


async def done(office: Office, command: s.Any) -> Receipt:
    """Send a command that must be accepted."""
    outcome: Outcome = await office.desk.send(command, s.WORDS)
    assert isinstance(outcome, Receipt), outcome
    return outcome


async def test_a_whole_cycle_from_question_to_published_and_followed_up(office: Office) -> None:
    """Three requests, one sent back, session, two actions, publication: all in the ledger, then closed."""
    began = time.perf_counter()
    ref = s.fresh_reference()
    now = s.wall_now()
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
    for n in (1, 2):
        action = f"2026/{n:03d}"
        await done(
            office,
            ProposeAction(
                cycle=ref,
                key=s.key(),
                actor=s.OFFICER,
                action=action,
                what=s.say("Do it"),
                owner=s.LEAD.person,
                due_on=s.date_after(now + timedelta(days=50), 20),
            ),
        )
        await done(office, ConfirmAction(cycle=ref, key=s.key(), actor=s.COORDINATION, action=action))
    await done(office, s.findings(ref))
    await done(office, s.approve(ref, s.CHIEF_EXECUTIVE))
    await done(office, s.approve(ref, s.COMMISSIONER))
    await done(office, s.publish(ref))
    for n in (1, 2):
        action = f"2026/{n:03d}"
        await done(
            office,
            ClaimDone(
                cycle=ref,
                key=s.key(),
                actor=s.LEAD,
                action=action,
                proof=(WrittenItem(text=s.say("Done.")),),
                covers_to=s.date_after(now, 3),
            ),
        )
        await done(office, VerifyDone(cycle=ref, key=s.key(), actor=s.OFFICER, action=action))
    page = await office.reads.cycle(ref)
    assert page is not None
    assert page.stage == "closed"
    assert (await office.reads.publication(ref)) is not None
    print("took", time.perf_counter() - began)


async def test_the_author_of_findings_cannot_approve_them(office: Office) -> None:
    """A refusal has a code and a sentence, and leaves the ledger as it was."""
    ref = s.fresh_reference()
    await done(office, s.open_cycle(ref, s.wall_now()))
    outcome = await office.desk.send(s.publish(ref), s.WORDS)
    assert isinstance(outcome, Refused)
    assert outcome.code == "no_findings"
