"""The soonest days of a cycle that nobody planned beforehand."""

from datetime import date

import pytest

from reference.catalogue import calendar, demonstration_people, plan, standards
from rules.clocks import instant
from rules.programme.doorway import Known, check_days
from rules.programme.soonest import soonest
from schemas.outcomes import Refused
from tests import programme as p

BEFORE_CHRISTMAS = date(2026, 12, 22)


def test_it_opens_two_working_days_on_and_leaves_five_to_spare() -> None:
    """Over Christmas the days off are not counted."""
    found = soonest(standards()["thematic"], p.days(), BEFORE_CHRISTMAS)
    assert not isinstance(found, Refused)
    opens_on, held_at = found
    kind = standards()["thematic"]
    needed = kind.requests_out_before_due + kind.returns_due_before_session + 5
    assert opens_on == date(2026, 12, 24)
    assert held_at == instant(p.working(opens_on, needed), "14:00")


@pytest.mark.parametrize("kind", sorted(standards()))
def test_the_days_of_every_kind_pass_the_door(kind: str) -> None:
    """What a form is filled in with is never refused for its days."""
    found = soonest(standards()[kind], p.days(), BEFORE_CHRISTMAS)
    assert not isinstance(found, Refused)
    known = Known(people=demonstration_people(), plan=plan(), kinds=standards(), calendar=p.days())
    draft = p.draft(found[0], session_at=found[1], cycle_kind=kind)
    assert check_days(draft, known) is None


def test_beyond_the_known_bank_holidays_it_says_so() -> None:
    """No day is made up where none can be counted."""
    found = soonest(standards()["thematic"], p.days(), calendar().horizon_on)
    assert isinstance(found, Refused)
    assert found.code == "beyond_horizon"
