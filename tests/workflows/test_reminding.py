"""A reminder sent by hand, on the real engine: one letter for one key, and the ladder goes on."""

import pytest

from tests import scenario as s
from tests.conftest import Office
from tests.rules.raising_acts import remind
from tests.workflows.test_clock import opened
from tests.workflows.tools import clock, done, entries, refused, send

pytestmark = pytest.mark.real


async def test_a_reminder_by_hand_is_one_letter_and_the_ladder_goes_on(office: Office) -> None:
    """Sent twice under its key it is one act; another on its day is refused and writes nothing."""
    ref = await opened(office)
    await office.skip(ref, 2)
    command = remind()
    first = await done(office, ref, command)
    assert await send(office, ref, command) == first
    on = (await clock(office, ref)).date()
    await refused(office, ref, remind(s.CHIEF_EXECUTIVE), "reminded_today")
    [reminded] = await entries(office, ref, "RequestReminded")
    assert (reminded.at.date(), reminded.actor.person) == (on, s.OFFICER.person)
    await office.skip(ref, 60)
    mine = [
        one
        for one in office.post.sent
        if one.cycle == ref and one.key == f"{ref}/v{reminded.version}/evidence_reminder/1"
    ]
    assert [(one.to, one.rung) for one in mine] == [((s.LEAD.person,), None)]
    assert len(await entries(office, ref, "ReminderDelivered")) > 0
