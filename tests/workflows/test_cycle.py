"""A whole cycle on the real engine with a real PostgreSQL, in skipped time."""

from datetime import timedelta

import pytest

from schemas.commands import AnyCommand
from schemas.outcomes import Outcome, Receipt, Refused
from schemas.people import Actor, Role
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts
from tests.workflows import tools

pytestmark = pytest.mark.real


async def done(office: Office, command: AnyCommand) -> Receipt:
    """Send a command that must be accepted."""
    outcome: Outcome = await office.desk.send(command, s.WORDS)
    assert isinstance(outcome, Receipt), outcome
    return outcome


async def test_a_whole_cycle_from_question_to_published_and_followed_up(office: Office) -> None:
    """Three requests, one sent back, session, two actions, publication: all in the ledger, then closed."""
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
    due_on = s.date_after(now + timedelta(days=50), 20)
    for action in ("2026/001", "2026/002"):
        await tools.done(office, ref, acts.propose(due_on, action), acts.confirm(action))
    await done(office, s.findings(ref))
    await done(office, s.approve(ref, s.CHIEF_EXECUTIVE))
    await done(office, s.approve(ref, s.COMMISSIONER))
    await done(office, s.publish(ref))
    for action in ("2026/001", "2026/002"):
        covers_to = s.date_after(now, 3)
        await tools.done(office, ref, acts.claim(covers_to, action), acts.verify(action))
    page = await office.reads.cycle(ref)
    assert page is not None
    assert page.stage == "closed"
    assert (await office.reads.publication(ref)) is not None


async def test_the_author_of_findings_can_neither_approve_nor_publish_them(office: Office) -> None:
    """Whoever wrote the findings is refused, in another role too, and the ledger stays as it was."""
    ref = s.fresh_reference()
    await done(office, s.open_cycle(ref, s.wall_now(), requests=0))
    await office.skip(ref, 50)
    await done(office, s.attendance(ref))
    drafted = await done(office, s.findings(ref))
    in_another_role = s.OFFICER.model_copy(update={"role": Role.CHIEF_EXECUTIVE})
    for command in (s.approve(ref, in_another_role), s.publish(ref, actor=as_publisher())):
        outcome = await office.desk.send(command, s.WORDS)
        assert isinstance(outcome, Refused)
        assert outcome.code == "needs_second_person"
    assert len(await office.ledger.entries(ref)) == drafted.version


def as_publisher() -> Actor:
    """The author, acting as publication officer."""
    return s.OFFICER.model_copy(update={"role": Role.PUBLICATION_OFFICER})
