"""Released changes: what another calendar and other standards do to a cycle under way."""

from datetime import UTC, datetime
from typing import Any

import pytest

from reference.catalogue import standards
from rules.clocks import LONDON, instant, named_day
from rules.duties import duties
from rules.standards import fault
from rules.telling.notices import notices
from schemas.changes import CalendarChanged, StandardsChanged
from schemas.clocks import BeforeSession, OnDate, WorkingDays
from schemas.standards import Rung, Standards
from tests import editions
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import MONDAY, Table, opened, opening

PERFORMANCE = standards()["performance"]


def five() -> Table:
    """Requests of every kind of budget: ten days, before the session, a named day, extended, accepted."""
    named = s.date_after(MONDAY, 20)
    budgets = (WorkingDays(days=10), BeforeSession(days=5), OnDate(on=named), WorkingDays(days=10))
    table = opened(*(s.draft(due=one) for one in (*budgets, WorkingDays(days=10))))
    later = s.date_after(table.now, 15)
    table.do(acts.ask_time(later, 4), acts.decide_time(4), s.submit(acts.REF, 5), s.accept(acts.REF, 5))
    return table


def changed(table: Table, *days: int, **facts: Any) -> CalendarChanged:
    """The new edition, with holidays so many working days from now, is released."""
    table.calendar = editions.working(*(s.date_after(table.now, n) for n in days))
    [event] = table.do(acts.change_calendar(**facts))
    assert isinstance(event, CalendarChanged)
    return event


def test_a_proclaimed_holiday_moves_what_is_counted_and_nothing_else() -> None:
    """One day more forward; named, extended and accepted days stand; the session's own day stands."""
    table = five()
    event = changed(table, 8)
    [one] = event.moved
    assert (one.request, one.was and one.was.on) == (1, s.date_after(MONDAY, 10))
    assert one.due
    assert one.due.on == s.date_after(MONDAY, 11)
    assert one.due.calendar == editions.VERSION
    request = table.request(1)
    assert (request.due, request.due_set_at) == (one.due, table.now)


def test_what_is_planned_back_from_the_session_moves_earlier() -> None:
    """A holiday between the due day and the session takes a day from the front."""
    event = changed(five(), 27)
    [one] = event.moved
    assert one.due
    assert (one.request, one.due.on) == (2, s.date_after(MONDAY, 24))


def test_every_clock_that_may_be_needed_counts_by_the_new_edition() -> None:
    """The cycle, its open clocks and its actions; what is accepted stays explained by the old one."""
    table = five()
    table.do(acts.propose(s.date_after(table.now, 30)))
    was = table.cycle.calendar
    changed(table, 8)
    cycle = table.cycle
    assert cycle.calendar == editions.VERSION
    assert [one.clock.calendar for one in cycle.requests] == [editions.VERSION] * 4 + [was]
    assert {one.due.calendar for one in cycle.requests if one.due and one.open} == {editions.VERSION}
    assert cycle.actions[0].clock.calendar == editions.VERSION
    assert cycle.actions[0].due.on == s.date_after(table.now, 30)


def test_the_rungs_follow() -> None:
    """The miss and every reminder are where the new edition puts them."""
    table = opened(s.draft(due=WorkingDays(days=10)))
    before = [(one.kind, one.at) for one in duties(table.cycle, table.calendar)]
    changed(table, 8)
    after = [(one.kind, one.at) for one in duties(table.cycle, table.calendar)]
    assert [kind for kind, _ in before] == [kind for kind, _ in after]
    moved = [(old, new) for (_, old), (_, new) in zip(before, after, strict=True)]
    assert all(new >= old for old, new in moved)
    assert sum(new > old for old, new in moved) == len(moved) - 1  # the first rung is before the holiday


def test_each_person_whose_date_moved_is_told_once() -> None:
    """The lead of what moved, with its new day; nobody else."""
    table = five()
    event = changed(table, 8)
    [notice] = notices(table.entries[-1], table.cycle)
    assert (notice.template, notice.to, notice.request) == ("due_moved", (s.LEAD.person,), 1)
    assert event.moved[0].due
    assert notice.due_on == event.moved[0].due.on


def test_an_edition_that_moves_nothing_tells_nobody() -> None:
    """It is on record all the same."""
    table = five()
    assert changed(table).moved == ()
    assert notices(table.entries[-1], table.cycle) == ()


def test_nothing_becomes_late_by_a_release() -> None:
    """A holiday that is taken back pulls a date into the past: the date stays. The other way it moves on."""
    table = Table()
    table.calendar = editions.working(s.date_after(MONDAY, 5))
    table.do(opening(s.draft(due=WorkingDays(days=5)), session=None))
    falls = table.request().due
    assert falls
    table.now = instant(s.date_after(MONDAY, 6), "10:00")
    table.calendar = editions.working()
    changed = table.do(acts.change_calendar("england-and-wales/2099-02-01"))[0]
    assert isinstance(changed, CalendarChanged)
    assert changed.moved == ()
    assert table.request().due is not None


def test_a_planned_request_goes_out_by_the_new_edition() -> None:
    """Its day is counted backwards from the session over the new holiday."""
    table = opened(requests=1, ask="planned")
    was = table.goes_out()
    changed(table, 20)
    assert table.goes_out() < was
    assert f"{table.goes_out().astimezone(LONDON):%H:%M}" == "09:00"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("england-and-wales/2026-11-22", "same_edition"),
        ("england-and-wales/2026-01-01", "older_edition"),
        ("scotland/2099-01-01", "other_calendar"),
    ],
)
def test_only_a_later_edition_of_the_same_calendar(to: str, code: str) -> None:
    """Neither the same again, nor an older one, nor another country's."""
    opened().refuse(acts.change_calendar(to), code)


def test_a_release_that_cannot_count_says_so() -> None:
    """Beyond the horizon nothing is guessed."""
    table = opened()
    known = editions.proclaimed()
    table.calendar = type(table.calendar)(known.model_copy(update={"horizon_on": MONDAY.date()}))
    table.refuse(acts.change_calendar(), "beyond_horizon")


def test_new_standards_move_the_hour_and_the_rungs() -> None:
    """Due an hour earlier on the same day; the ladder is the new one; the lead is told once."""
    table = opened(s.draft(due=WorkingDays(days=10)))
    ladder = (Rung(offset=-3, to=("lead",)), Rung(offset=2, to=("lead", "deputy")))
    [event] = table.do(acts.change_standards(due_hour="16:00", ladder=ladder))
    assert isinstance(event, StandardsChanged)
    assert event.was_edition == 1
    due = table.request().due
    assert due
    assert f"{due.at.astimezone(LONDON):%H:%M}" == "16:00"
    assert [one.rung for one in duties(table.cycle, table.calendar) if one.kind == "remind"] == [-3, 2]
    assert [one.template for one in notices(table.entries[-1], table.cycle)] == ["due_moved"]


def test_a_rung_that_is_added_behind_us_stays_silent() -> None:
    """Nobody is chased because a ladder was changed."""
    table = opened(s.draft(due=WorkingDays(days=10)))
    table.now = instant(s.date_after(MONDAY, 5), "12:00")
    ladder = (Rung(offset=-6, to=("lead",)), *PERFORMANCE.ladder[1:])
    table.do(acts.change_standards(ladder=ladder))
    assert [one.rung for one in duties(table.cycle, table.calendar) if one.kind == "remind"] == [-2, 0, 1, 3]


def test_standards_of_another_kind_or_an_older_edition_are_refused() -> None:
    """And those that cannot be meant."""
    table = opened()
    rapid = standards()["rapid"].model_copy(update={"edition": 2})
    table.refuse(acts.act("ChangeStandards", s.OFFICER, standards=rapid), "other_standards")
    table.refuse(acts.change_standards(edition=1), "older_standards")
    table.refuse(acts.change_standards(review_days=0), "standards_wrong")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"review_days": 0}, "review_days"),
        ({"overdue_escalates_after": 261}, "overdue_escalates_after"),
        ({"extension": {"most_days": 3, "most_times": -1}}, "extension.most_times"),
        ({"findings": {"draft_days": 9, "publish_days": 8}}, "findings.publish_days"),
        ({"ladder": [{"offset": -300, "to": ["lead"]}]}, "ladder.1.offset"),
        ({"ladder": [{"offset": 1, "to": []}]}, "ladder.1.to"),
        ({"ladder": [{"offset": 1, "to": ["lead"]}, {"offset": 1, "to": ["deputy"]}]}, "ladder"),
        ({"ladder": [{"offset": 1, "to": ["lead"]}, {"offset": 0, "to": ["lead"]}]}, "ladder"),
    ],
)
def test_standards_that_cannot_be_meant(changes: dict[str, Any], field: str) -> None:
    """Each fault names its field."""
    found = fault(Standards.model_validate({**PERFORMANCE.model_dump(), **changes}))
    assert found
    assert found[0] == field


def test_what_ships_is_sound() -> None:
    """Every kind, and the first edition is not written out: old records read and write the same."""
    assert [fault(one) for one in standards().values()] == [None] * len(standards())
    assert "edition" not in PERFORMANCE.model_dump(mode="json")
    assert PERFORMANCE.model_copy(update={"edition": 2}).model_dump(mode="json")["edition"] == 2


def test_a_day_is_named_until_the_clock_starts_again() -> None:
    """An extension names a day; sending back counts anew."""
    table = opened(s.draft(due=WorkingDays(days=10)))
    table.do(acts.ask_time(s.date_after(table.now, 15)), acts.decide_time())
    assert named_day(table.request().clock)
    table.do(s.submit(acts.REF), s.send_back(acts.REF))
    assert not named_day(table.request().clock)
    assert table.now == datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
