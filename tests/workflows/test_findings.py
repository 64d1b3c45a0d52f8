"""Findings on the real engine: redacted, published as the copy, corrected and withdrawn after closing."""

import pytest

from engine.desk import Desk
from rules.law.elections import Freeze
from schemas.outcomes import Refused
from store.keeping import Keeping
from store.pool import Pool
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts
from tests.rules import findings_acts as about
from tests.workflows.tools import cycle_of, done, refused

pytestmark = pytest.mark.real


async def drafted(office: Office) -> str:
    """A cycle with a draft of its findings."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 0))
    await office.skip(ref, 50)
    await done(office, ref, s.attendance(ref), s.findings(ref))
    return ref


async def test_the_copy_is_published_and_the_original_stays_in_the_office(office: Office) -> None:
    """Checked word for word at the door, by a second person after it, and signed by two."""
    ref = await drafted(office)
    await refused(office, ref, about.redact(body=s.say("Something else")), "copy_differs")
    await done(office, ref, about.redact())
    await refused(office, ref, s.approve(ref, s.CHIEF_EXECUTIVE), "redactions_unchecked")
    await done(office, ref, about.check(), s.approve(ref, s.CHIEF_EXECUTIVE), s.approve(ref, s.COMMISSIONER))
    await done(office, ref, s.publish(ref))
    row = await office.reads.publication(ref)
    assert row is not None
    assert row.say(row.facts["findings"]) == "## What we found\n\n[withheld: personal data]"
    assert s.say(about.BODY) not in row.words
    assert [one["what"] for one in row.facts["withheld"]] == ["passage"]


async def test_a_closed_cycle_is_corrected_and_withdrawn(office: Office) -> None:
    """Each in a run of its own; the fingerprint on record is that of the row."""
    ref = await drafted(office)
    await done(office, ref, s.approve(ref, s.CHIEF_EXECUTIVE), s.approve(ref, s.COMMISSIONER), s.publish(ref))
    await done(office, ref, about.correction(), s.approve(ref, s.CHIEF_EXECUTIVE, 2))
    await done(office, ref, s.approve(ref, s.COMMISSIONER, 2), about.correct())
    row = await office.reads.publication(ref)
    assert row is not None
    assert row.version == 2
    assert (await cycle_of(office, ref)).findings[-1].fingerprint == row.fingerprint
    await done(office, ref, about.withdraw(2))
    for version in (1, 2):
        taken = await office.reads.publication(ref, version)
        assert taken is not None
        assert taken.withdrawn_at is not None


async def test_before_a_poll_the_desk_asks_why_it_cannot_wait(office: Office, pool: Pool) -> None:
    """A reason is put on record with the publication."""
    ref = await drafted(office)
    await done(office, ref, s.approve(ref, s.CHIEF_EXECUTIVE), s.approve(ref, s.COMMISSIONER))
    today = s.wall_now().date()
    period = Freeze(today, s.date_after(s.wall_now(), 5))
    desk = Desk(office.engine.client, office.queue, Keeping(pool), office.reads, periods=(period,))
    outcome = await desk.send(s.publish(ref))
    assert isinstance(outcome, Refused)
    assert outcome.code == "pre_election"
    why = s.say("People have to know before they vote")
    command = acts.act("Publish", s.PUBLISHER, version=1, despite_election=why)
    await desk.send(command.model_copy(update={"cycle": ref}), s.WORDS)
    assert (await cycle_of(office, ref)).published()
