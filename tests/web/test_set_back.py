"""A cycle of the demonstration, opened in the past: the pages show it by the true clock."""

from datetime import UTC, datetime, timedelta

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.apply import add_up
from rules.boards.needs import needs_of
from rules.decide import decide
from rules.deciding.moment import Moment
from rules.writing import act_of, entries_of
from schemas.outcomes import Allowed, Refused
from tests import scenario as s

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
BEHIND = timedelta(days=12)


def test_a_session_that_has_begun_is_seen_at_once() -> None:
    """Its clock has caught up with the true one, so being set back when it was opened moves nothing."""
    known = working_calendar(calendar().version)
    assert not isinstance(known, Refused)
    opened_at = NOW - BEHIND
    session = {"starts_at": NOW - timedelta(hours=1)}
    command = s.open_cycle("HTA-2026-77", opened_at, requests=0, session=session, set_back=BEHIND)
    decision = decide(None, command, Moment(now=opened_at, calendar=known))
    assert isinstance(decision, Allowed)
    cycle = add_up(entries_of(act_of(command), decision.events, opened_at, None))
    found = [one for one in needs_of(cycle) if one.whom == "policy_officer" and one.shows_at <= NOW]
    assert [one.what for one in found] == ["attendance"]
