"""Clashes: what two cycles to come cannot both have."""

from datetime import date, timedelta

from rules.clocks import instant
from rules.programme.clashes import first_clash
from schemas.outcomes import Refused
from schemas.programme import SlotDraft
from tests import programme as p
from tests.rules.programme.paper import OPENS, YEAR, Paper, planned

OTHER = "SWM-REASSURE-05"
HEARD = p.working(OPENS, 25)


def clash(*drafts: SlotDraft) -> Refused | None:
    """The first clash of some drafts among themselves."""
    return first_clash((), {f"2026/{place:02d}": one for place, one in enumerate(drafts, start=1)})


def test_two_sessions_at_one_hour_clash_unless_they_share_a_meeting() -> None:
    """The own forum hears one cycle at a time; a meeting of the panel may hear several."""
    own, other = p.draft(OPENS), p.draft(OPENS, commitment=OTHER)
    found = clash(own, other)
    assert found
    assert "2026/01 and 2026/02" in found.message
    assert "at 14:00" in found.message
    panel = {"forum": "panel"}
    assert clash(own.model_copy(update=panel), other.model_copy(update=panel)) is None
    assert clash(own, other.model_copy(update=panel))
    later = {"session_at": instant(HEARD, "16:00")}
    assert clash(own, other.model_copy(update=later)) is None
    without = {"session_at": None}
    assert clash(own.model_copy(update=without), other.model_copy(update=without)) is None


def test_two_cycles_cannot_ask_about_one_commitment_at_the_same_time() -> None:
    """From opening to session, both days included; one behind the other is no clash."""
    first = p.draft(OPENS)
    same_day = p.draft(HEARD)
    found = clash(first, same_day)
    assert found
    assert "SWM-REASSURE-04" in found.message
    assert found.field == "commitments"
    assert clash(first, p.draft(p.working(HEARD, 1))) is None
    assert clash(first, p.draft(OPENS + timedelta(days=1), commitment=OTHER)) is None


def test_a_cycle_opens_before_its_session() -> None:
    """On the day itself is too late, in a year or by any change."""
    draft = p.draft(OPENS, session_at=instant(OPENS, "14:00"))
    found = clash(draft)
    assert found
    assert (found.code, found.field) == ("programme_clash", "opens_on")
    assert "not before its session" in found.message


def test_what_was_taken_out_clashes_with_nothing_and_what_was_opened_does() -> None:
    """A dropped cycle gives its hour back; one that is open keeps it."""
    paper = planned()
    again = p.propose(p.draft(OPENS), year=YEAR)
    paper.refused(again, "programme_clash", "session_at")
    paper.do(p.drop("2026/01"))
    paper.do(again)
    slots = [one.model_copy(update={"state": "opened"}) for one in paper.standing.slots[1:]]
    assert first_clash(slots, {"2026/03": p.draft(OPENS)})


def test_a_clash_of_other_years_is_found_too() -> None:
    """A cycle of the next year may begin in this one."""
    paper = Paper()
    across = date(2027, 3, 1)
    paper.do(p.propose(p.draft(across), year=2027))
    within = p.draft(date(2027, 2, 15))
    paper.refused(p.propose(within, year=2026), "programme_clash", "commitments")
