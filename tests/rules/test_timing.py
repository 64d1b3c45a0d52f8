"""How a cycle ran: steps, holders, answers and lateness, in working days; and what many come to."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from rules.timing.crowding import clashing, overloaded
from rules.timing.following import run_of
from rules.timing.planned import planned_ends, targets
from rules.timing.spans import (
    along,
    days_within,
    last_of_month,
    month_after,
    months_between,
    quarter_of,
    quarters_back,
    weeks_of,
)
from rules.timing.summing import enough, share, shares
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, opened, signed, working

NINE = datetime(2026, 11, 23, 14, tzinfo=UTC)


def answered(days: int, *, back: bool = False) -> Table:
    """A cycle of one request that came so many calendar days after it was asked, and was sent back or not."""
    table = opened(requests=1)
    table.now += timedelta(days=days)
    table.do(s.submit(acts.REF))
    if back:
        table.now += timedelta(days=1)
        table.do(s.send_back(acts.REF))
        table.now += timedelta(days=2)
        table.do(s.submit(acts.REF))
    return table


def test_steps_and_holders_follow_each_other_without_a_gap() -> None:
    """Where one stretch ends the next begins; only the last goes on."""
    run = run_of(signed().entries, working())
    for spells in (run.steps, run.held):
        assert spells
        for one, after in pairwise(spells):
            assert one.to_at == after.from_at
            assert one.days is not None
        assert spells[-1].to_at is None


def test_a_return_that_was_sent_back_is_with_the_force_twice() -> None:
    """The request goes to and fro, and the loop is counted."""
    run = run_of(answered(3, back=True).entries, working())
    assert [one.holder for one in run.asked] == ["force", "office", "force", "office"]
    assert (run.sent_back, run.more_time) == (1, 0)
    assert [one.step for one in run.steps].count("evidence") == 2


def test_an_answer_in_time_is_not_late_and_one_after_its_day_is_by_working_days() -> None:
    """The first full return counts against the day that it was owed by."""
    in_time = run_of(answered(1).entries, working()).answered[0]
    assert (in_time.late, in_time.late_days) == (False, 0)
    table = opened(requests=1)
    due = table.request().due
    assert due
    table.now = due.at + timedelta(days=7)
    table.do(s.submit(acts.REF))
    late = run_of(table.entries, working()).answered[0]
    assert (late.late, late.late_days) == (True, 5)
    spell = run_of(table.entries, working()).asked[0]
    assert spell.late_days == 5


def test_what_is_still_owed_is_late_as_far_as_it_is_by_now() -> None:
    """With an instant the lasting spell is late up to it; without one it is not."""
    table = opened(requests=1)
    due = table.request().due
    assert due
    assert run_of(table.entries, working()).asked[0].late_days == 0
    assert run_of(table.entries, working(), due.at + timedelta(days=14)).asked[0].late_days == 10


def test_a_withdrawn_request_was_neither_in_time_nor_late() -> None:
    """It is in no count of answers, and with nobody any more."""
    table = opened(requests=2)
    table.now += timedelta(days=1)
    table.do(acts.one_of_each(table.now)["WithdrawRequest"].model_copy(update={"request": 2}))
    run = run_of(table.entries, working())
    assert [one.request for one in run.answered if one.request == 2] == []


def test_a_run_of_a_ledger_that_is_not_whole_is_refused() -> None:
    """Nothing adds up to nothing, and a gap is an error."""
    with pytest.raises(LookupError):
        run_of([], working())
    with pytest.raises(LookupError):
        run_of(signed().entries[3:], working())


def test_plans_end_with_requests_session_and_standards() -> None:
    """Evidence ends on the last due day, the meeting on its own, publication so many working days later."""
    cycle = opened(requests=2).cycle
    planned = planned_ends(cycle, working())
    assert planned["evidence"] == max(one.due.on for one in cycle.requests if one.due)
    session = next(one for one in cycle.sessions if one.coming)
    assert planned["meeting"] == session.starts_at.date()
    publish = working().after(session.starts_at.date(), cycle.standards.findings.publish_days)
    assert planned["publish"] == publish
    assert targets(cycle.standards)["review"] == cycle.standards.review_days


@pytest.mark.parametrize(("part", "whole", "said"), [(0, 0, None), (1, 8, 13), (1, 3, 33), (7, 7, 100)])
def test_shares_are_whole_per_cents(part: int, whole: int, said: int | None) -> None:
    """Halves go up, and a share of nothing is nothing."""
    assert share(part, whole) == said


def test_shares_of_a_whole_add_up_to_a_hundred() -> None:
    """What rounding leaves goes to the largest remainders."""
    assert shares({"a": 1, "b": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}
    assert shares({"a": 0}) == {"a": 0}
    assert (enough(4), enough(5)) == (False, True)


def test_sessions_of_one_hour_clash_unless_they_share_a_meeting_or_a_forum_that_hears_several() -> None:
    """Two holding-to-account sessions never stand together; two of one meeting do."""
    forum = "holding_to_account"
    alone = ("HTA-2026-01", NINE, forum, None), ("HTA-2026-02", NINE, forum, None)
    assert clashing(alone) == {"HTA-2026-01", "HTA-2026-02"}
    shared = tuple((one, at, held, "MTG-2026-01") for one, at, held, _ in alone)
    assert clashing(shared) == frozenset()
    together = ("HTA-2026-01", NINE, "panel", None), ("HTA-2026-02", NINE, "panel", None)
    assert clashing(together) == frozenset()
    assert clashing((*alone[:1], ("HTA-2026-03", NINE, "panel", None))) == {"HTA-2026-01", "HTA-2026-03"}
    assert clashing(alone[:1]) == frozenset()


def test_a_day_is_too_full_beyond_three_sessions_or_ten_things() -> None:
    """The third session and the tenth thing still fit."""
    day = date(2026, 11, 23)
    assert overloaded({day: 3}, {day: 10}) == frozenset()
    assert overloaded({day: 4}, {}) == {day}
    assert overloaded({}, {day: 11}) == {day}


def test_months_quarters_and_weeks_cross_the_years() -> None:
    """December goes on with January, a programme's fourth quarter begins it, February ends when it ends."""
    assert month_after(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert month_after(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert last_of_month(date(2028, 2, 3)) == date(2028, 2, 29)
    assert quarter_of(date(2026, 12, 31)) == date(2026, 10, 1)
    assert quarters_back(date(2026, 2, 1), 2) == (date(2025, 10, 1), date(2026, 1, 1))
    assert months_between(date(2026, 11, 30), date(2027, 1, 1))[-1] == date(2027, 1, 1)
    assert all(len(week) == 7 for week in weeks_of(2026, 2))
    assert len(days_within(date(2026, 2, 27), date(2026, 3, 1))) == 3


@pytest.mark.parametrize(
    ("on", "where"), [(date(2025, 1, 1), 0), (date(2026, 1, 6), 0.5), (date(2030, 1, 1), 1)]
)
def test_a_day_lies_along_a_span_and_never_outside(on: date, where: float) -> None:
    """Before it at its beginning, after it at its end."""
    assert along(date(2026, 1, 1), date(2026, 1, 11), on) == where
