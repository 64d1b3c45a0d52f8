"""The mails of the next thirty days, before they are sent."""

from datetime import timedelta

from rules.clocks import instant
from rules.telling.coming import coming
from schemas.clocks import WorkingDays
from schemas.coming import ComingRow
from schemas.events import ReminderDelivered
from schemas.people import Role
from tests import scenario as s
from tests.rules import acts, findings_acts
from tests.rules.raising_acts import wake_me
from tests.rules.table import MONDAY, Table, day, opened, signed
from tests.rules.test_duties import asked_today


def ahead(table: Table, days: int = 30) -> tuple[ComingRow, ...]:
    """What is to come."""
    return coming(table.cycle, table.calendar, table.now, days)


def test_the_whole_ladder_is_seen_before_it_happens() -> None:
    """Each rung with its instant, its people and its reason; then the silence that it ends in."""
    found = ahead(asked_today())
    assert [(one.template, one.rung, one.at.date()) for one in found] == [
        ("evidence_reminder", -7, day("2026-06-04")),
        ("evidence_reminder", -2, day("2026-06-11")),
        ("evidence_reminder", 0, day("2026-06-15")),
        ("evidence_overdue", 1, day("2026-06-16")),
        ("evidence_overdue", 3, day("2026-06-18")),
        ("non_response", None, day("2026-06-29")),
    ]
    assert {one.lead for one in found} == {s.LEAD.person}
    assert [one.deputies for one in found[:5]] == [False, False, False, True, True]
    assert found[4].roles == (Role.FORCE_COORDINATION,)
    assert found[0].why == "7 working days before it is due, 15 June 2026."
    assert found[2].why == "It is due on this day, 15 June 2026."
    assert found[3].why == "1 working day after it was due, 15 June 2026."


def test_what_is_seen_is_what_happens() -> None:
    """If nobody acts, the engine does just this, at these instants."""
    table = opened(s.draft(due=WorkingDays(days=3)), s.draft(due=WorkingDays(days=12)))
    seen = [(one.at, one.request, one.rung) for one in ahead(table, 60) if one.rung is not None]
    table.run_to(MONDAY + timedelta(days=60))
    happened = [
        (one.at, one.event.request, one.event.rung)
        for one in table.entries
        if isinstance(one.event, ReminderDelivered)
    ]
    assert seen == happened
    assert len(seen) == 9


def test_a_planned_request_is_seen_with_the_ladder_that_follows() -> None:
    """What goes out tomorrow is reminded of next week."""
    table = opened(requests=1, ask="planned")
    found = ahead(table, 60)
    assert found[0].template == "evidence_requested"
    assert found[0].at == table.cycle.planned[0].ask_at
    assert [one.rung for one in found if one.rung is not None] == [-7, -2, 0, 1, 3]


def test_only_so_many_days_are_shown_and_nothing_of_the_past() -> None:
    """A duty that waits to be done is shown as now."""
    table = asked_today()
    assert len(ahead(table, 5)) == 1
    table.now = instant(day("2026-06-12"), "12:00")
    found = ahead(table)
    assert found[0].at == table.now
    assert found[0].rung == -2


def test_where_nothing_is_owed_nothing_comes() -> None:
    """Returned, paused or cancelled: silence."""
    table = asked_today()
    table.do(acts.pause())
    assert ahead(table) == ()
    table.do(acts.resume(), s.submit(acts.REF))
    assert ahead(table) == ()
    table.do(acts.cancel())
    assert ahead(table) == ()


def test_wakes_and_releases_are_among_them() -> None:
    """Each to whom it concerns, with its reason."""
    table = signed()
    at = table.after(3, "12:00")
    table.do(wake_me(s.date_after(table.now, 2)), findings_acts.schedule(at))
    found = ahead(table)
    assert [(one.template, one.to) for one in found] == [
        ("wake", (s.OFFICER.person,)),
        ("findings_published", (s.OFFICER.person,)),
    ]
    assert found[1].why == "The release that was scheduled goes out."
    assert found[1].at == at


def test_actions_are_asked_about() -> None:
    """The monthly question is seen."""
    table = opened(requests=0)
    table.do(acts.propose(day("2026-12-01")), acts.confirm())
    [one] = ahead(table)
    assert (one.template, one.lead, one.action) == ("progress_wanted", s.LEAD.person, acts.ACTION)
