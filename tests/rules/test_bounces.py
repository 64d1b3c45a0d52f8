"""Reminders that reach nobody, rungs on two days running, and what was done late."""

from datetime import timedelta

import pytest

from reference.catalogue import standards
from rules.clocks import civil, instant
from rules.duties import Duty, as_before, duties, fired_late, noted, pending_rungs, reminder
from rules.duties.lateness import spelled
from rules.telling.notices import notices
from schemas.clocks import WorkingDays
from schemas.events import AnyEvent, DutyFiredLate, ReminderBounced, ReminderDelivered
from schemas.notices import Delivery, Notice
from schemas.people import Role
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, day, opened
from tests.rules.test_duties import DUE, asked_today, notice

ROUTES = ("lead", "deputy", "coordination")


def at_first_rung() -> Table:
    """The moment of the first reminder."""
    table = asked_today()
    table.now = duties(table.cycle, table.calendar)[0].at
    return table


def bounce(table: Table) -> tuple[AnyEvent, ...]:
    """The reminder that is due reaches nobody."""
    events = table.deliver(notice(table), delivered=False)
    table.engine(*events)
    return events


def test_what_bounces_goes_at_once_to_the_deputy_and_then_to_coordination() -> None:
    """Three notices under three names for one rung; each attempt is on record."""
    table = at_first_rung()
    seen = []
    for _ in ROUTES:
        one = notice(table)
        seen.append((one.key, one.to, one.roles, one.route))
        assert duties(table.cycle, table.calendar)[0].kind == "remind"
        bounce(table)
    key = f"{acts.REF}/1/rung-7/{DUE}"
    lead = (s.LEAD.person,)
    assert seen == [
        (key, lead, (), "lead"),
        (f"{key}/deputy", lead, (), "deputy"),
        (f"{key}/coordination", (), (Role.FORCE_COORDINATION,), "coordination"),
    ]
    tried = [one.event for one in table.entries if isinstance(one.event, ReminderBounced)]
    assert [one.route for one in tried] == list(ROUTES)
    assert [one.route for one in table.request().bounced] == list(ROUTES)


def test_after_the_last_bounce_the_rung_is_given_up_and_the_officer_told() -> None:
    """It never fires again, and the next rung begins with the lead."""
    table = at_first_rung()
    for _ in ROUTES:
        bounce(table)
    told = [one for entry in table.entries for one in notices(entry, table.cycle)]
    [given_up] = [one for one in told if one.template == "reminder_undeliverable"]
    assert (given_up.to, given_up.request, given_up.rung) == ((s.OFFICER.person,), 1, None)
    assert reminder(table.cycle, 1, table.calendar, table.now) is None
    table.now = duties(table.cycle, table.calendar)[0].at
    assert (notice(table).rung, notice(table).route) == (-2, "lead")


def test_there_is_one_delivery_of_a_rung_whoever_gets_it() -> None:
    """The deputy's delivery ends it, and no later answer of the post adds another."""
    table = at_first_rung()
    first = notice(table)
    bounce(table)
    second = notice(table)
    table.engine(*table.deliver(second))
    [delivered] = [one.event for one in table.entries if isinstance(one.event, ReminderDelivered)]
    assert (delivered.route, delivered.to) == ("deputy", ("lead",))
    for late in (first, second):
        assert table.deliver(late) == table.deliver(late, delivered=False) == ()


def test_the_same_bounce_is_written_down_once() -> None:
    """An attempt that is told twice stands once."""
    table = at_first_rung()
    first = notice(table)
    bounce(table)
    assert table.deliver(first, delivered=False) == ()


def test_rungs_passed_over_stay_so_when_the_last_attempt_bounces() -> None:
    """After an outage the latest rung is tried with everybody, and no other comes back."""
    table = asked_today()
    table.now = instant(day("2026-06-16"), "12:00")
    for _ in ROUTES:
        bounce(table)
    assert [rung.offset for rung, _ in pending_rungs(table.cycle, table.request(), table.calendar)] == [3]


def moved_to(table: Table, on: str) -> None:
    """More time, to a day."""
    table.do(acts.ask_time(day(on)), acts.decide_time())


def test_a_day_that_moves_reminds_nobody_on_two_days_running() -> None:
    """Reminded on the old day; the new ladder's rung on the next morning is silent, and named nowhere."""
    table = asked_today()
    table.run_to(instant(DUE, "10:00"))
    moved_to(table, "2026-06-18")
    assert [rung.offset for rung, _ in pending_rungs(table.cycle, table.request(), table.calendar)] == [
        0,
        1,
        3,
    ]
    table.run_to(instant(day("2026-07-10"), "10:00"))
    on = [civil(one.at) for one in table.entries if isinstance(one.event, ReminderDelivered)]
    assert day("2026-06-16") not in on


def test_a_rung_that_goes_further_is_sent_on_the_next_day_all_the_same() -> None:
    """The day itself and the day after: the second tells the deputy too."""
    table = asked_today()
    table.run_to(instant(day("2026-06-16"), "10:00"))
    rungs = [one.event.rung for one in table.entries if isinstance(one.event, ReminderDelivered)]
    assert rungs[-2:] == [0, 1]


@pytest.mark.parametrize("kind", sorted(standards()))
def test_no_shipped_ladder_silences_itself(kind: str) -> None:
    """Every rung of every kind of cycle is delivered where nothing comes."""
    chosen = standards()[kind]
    table = opened(s.draft(due=WorkingDays(days=10)), standards=chosen)
    table.run_to(instant(day("2026-12-01"), "12:00"))
    rungs = [one.event.rung for one in table.entries if isinstance(one.event, ReminderDelivered)]
    assert rungs == [one.offset for one in chosen.ladder]


def test_old_records_of_reminders_silence_and_reroute_nothing() -> None:
    """Entries of before have no day and no route: a bounce ended the rung, a delivery silenced no other."""
    table = at_first_rung()
    before = as_before(notice(table))
    assert (before.route, before.reach, before.key) == (None, (), notice(table).key)
    table.engine(*table.deliver(before, delivered=False))
    [one] = table.request().reminded
    assert (one.rung, one.on, table.request().bounced) == (-7, None, ())
    table.now = duties(table.cycle, table.calendar)[0].at
    table.engine(*table.deliver(as_before(notice(table))))
    assert table.request().reminded[-1].on is None
    assert table.entries[-1].event.model_dump(mode="json").keys().isdisjoint({"to", "route"})


def test_what_is_done_late_is_written_down_with_by_how_much() -> None:
    """From more than five minutes on."""
    at = instant(DUE, "17:00")
    assert fired_late("miss/1", at, at + timedelta(minutes=5)) == ()
    [late] = fired_late("miss/1", at, at + timedelta(minutes=6))
    assert late == DutyFiredLate(duty="miss/1", planned_at=at, late_by=timedelta(minutes=6))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(6, "6 minutes"), (60, "1 hour"), (179, "2 hours"), (1440, "1 day"), (7000, "4 days")],
)
def test_how_late_it_was_is_said_in_words(minutes: int, words: str) -> None:
    """In the largest whole unit."""
    assert spelled(timedelta(minutes=minutes)) == words


def test_a_late_reminder_is_as_late_as_its_delivery() -> None:
    """Only the rung that was sent counts, not those passed over; a bounce did nothing yet."""
    table = asked_today()
    table.now = instant(day("2026-06-16"), "12:00")
    bounced = table.deliver(notice(table), delivered=False)
    assert [one.kind for one in bounced] == ["ReminderBounced"]
    table.engine(*bounced)
    sent = table.deliver(notice(table))
    assert [one.kind for one in sent] == ["ReminderDelivered", "DutyFiredLate"]
    assert isinstance(sent[1], DutyFiredLate)
    assert (sent[1].duty, sent[1].late_by) == ("remind/1", timedelta(hours=3))


def test_a_demonstration_in_the_past_does_nothing_late() -> None:
    """Its clock is set back; the post's is not."""
    table = asked_today()
    table.now = duties(table.cycle, table.calendar)[0].at
    back = table.cycle.model_copy(update={"set_back": timedelta(days=300)})
    delivery = Delivery(delivered=True, told=(), at=table.now + timedelta(days=300))
    assert [one.kind for one in noted(back, notice(table), delivery)] == ["ReminderDelivered"]


def test_a_notice_that_only_tells_leaves_no_entry() -> None:
    """Letters of what happened are sent and not written down."""
    table = asked_today()
    letter = Notice(key="x", template="evidence_requested", cycle=acts.REF, request=1, planned_at=table.now)
    assert noted(table.cycle, letter, Delivery(delivered=True, told=(), at=table.now)) == ()
    assert Duty(kind="lapse", at=table.now, request=1, claim=2).name == "lapse/1/2"
