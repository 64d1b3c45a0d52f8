"""Several cycles rehearsed at once on one engine: each as if it were alone."""

from datetime import date

import pytest

from reference.catalogue import standards
from rehearsal.conduct import Answering, ScriptedAction
from rehearsal.happenings import happenings
from rehearsal.script import Script
from rehearsal.stage import RehearsalError, Rehearsed, rehearse
from rehearsal.year import rehearse_year, script_for
from rules.clocks import civil
from rules.stages import stage
from tests import scenario as s
from tests.conftest import temporal_cli

pytestmark = pytest.mark.real
LEAD, OTHER = "acc-local-policing", "acc-protecting-people"


def slot(opens_on: date, session_on: date) -> Script:
    """One slot of a programme: two requests, one answered late, and one action."""
    return script_for(
        opens_on,
        session_on,
        f"Session of {session_on}",
        {"On time": LEAD, "Late": OTHER},
        standards()["performance"],
        answering={OTHER: Answering("late", 2)},
        actions=(ScriptedAction("Do it", LEAD, 10, Answering()),),
    )


async def test_cycles_side_by_side_are_as_each_alone() -> None:
    """Months apart, on one engine: every day of each is that of a rehearsal of its own."""
    scripts = [
        slot(date(2027, 1, 11), date(2027, 3, 10)),
        slot(date(2027, 6, 7), date(2027, 7, 21)),
        slot(date(2027, 9, 6), date(2027, 11, 3)),
    ]
    year = await rehearse_year(scripts, temporal_cli(), s.wall_now())
    assert [one.reference for one in year] == ["HTA-2027-01", "HTA-2027-02", "HTA-2027-03"]
    assert {stage(one.cycle) for one in year} == {"closed"}
    alone = await rehearse(scripts[1], temporal_cli(), s.wall_now())

    def told(found: Rehearsed) -> list[tuple[date, str]]:
        return sorted((civil(one.at), one.what) for one in happenings(found))

    assert told(year[1]) == told(alone)
    assert len(year[1].kept.sent) == len(alone.kept.sent)


async def test_every_request_of_a_slot_goes_out_and_falls_due_as_its_standards_say() -> None:
    """Planned backwards from the session: twenty working days out, five before it due."""
    kind = standards()["performance"]
    (found,) = await rehearse_year([slot(date(2027, 6, 7), date(2027, 7, 21))], temporal_cli(), s.wall_now())
    days = {one.kind: civil(one.at) for one in happenings(found) if "On time" in one.what}
    assert (kind.returns_due_before_session, days["Due"]) == (5, date(2027, 7, 14))
    assert days["ReturnSubmitted"] == date(2027, 7, 14)


async def test_no_letter_is_told_late_because_a_clock_is_set() -> None:
    """A rehearsal that lies ahead writes nothing down as done late."""
    (found,) = await rehearse_year([slot(date(2027, 6, 7), date(2027, 7, 21))], temporal_cli(), s.wall_now())
    assert "DutyFiredLate" not in {one.event.kind for one in found.kept.ledger}


async def test_one_script_that_cannot_be_played_ends_them_all() -> None:
    """With the sentence of the refusal; nobody gets half a year."""
    good, wrong = slot(date(2027, 1, 11), date(2027, 3, 10)), slot(date(2027, 1, 11), date(2027, 1, 4))
    with pytest.raises(RehearsalError, match="is past"):
        await rehearse_year([good, wrong], temporal_cli(), s.wall_now())
